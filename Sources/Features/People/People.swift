import Core
/// People.
package enum PeopleFeature {}
