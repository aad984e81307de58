/// What one person may see: the territories of their roles with everything below. Lists and look-ups take one;
/// the Database module turns it into the condition of a query. What it does not cover is absent, so nothing leaks.
package struct Sight: Sendable, Equatable {
    package let person: ID
    /// The uppermost territories of the person's roles, in order.
    package let roots: [ID]

    package init(person: ID, roots: [ID]) {
        self.person = person
        self.roots = roots
    }
}
