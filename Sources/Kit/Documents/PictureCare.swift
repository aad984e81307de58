/// What somebody who looked answers about one thing in a picture that is to go out to the public: children's faces,
/// number plates (rules for people, 10). Neither question is answered by the product.
package enum PictureCare: String, Sendable, CaseIterable, Codable {
    /// There is none on it.
    case none
    /// There was, and it is covered.
    case covered
    /// There is, and it can be seen.
    case shown

    /// The questions, by the names of their form fields and columns, in the order in which they are asked.
    package static let questions = ["children", "plates"]

    /// What keeps a picture closed: of `questions` those at which something can still be seen. Empty when it may go out,
    /// provided that both were answered.
    package static func standing(children: PictureCare?, plates: PictureCare?) -> [String] {
        zip(questions, [children, plates]).compactMap { question, answer in answer == .shown ? question : nil }
    }
}
