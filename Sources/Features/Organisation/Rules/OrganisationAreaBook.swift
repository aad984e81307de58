/// Everything the profile of an area holds besides its name and place.
package struct AreaBook: Codable, Sendable, Equatable {
    /// The newest first.
    package let years: [AreaYear]
    /// Working ones by name, then ended ones.
    package let groups: [AreaGroup]
    /// The newest first.
    package let conventions: [Convention]
    package let models: [AreaModel]
    /// In the order of the year.
    package let occasions: [Occasion]
    /// Of its organisations, by year, the newest first.
    package let strengths: [AreaStrengths]

    package init(
        years: [AreaYear], groups: [AreaGroup], conventions: [Convention], models: [AreaModel], occasions: [Occasion],
        strengths: [AreaStrengths] = []
    ) {
        self.years = years
        self.groups = groups
        self.conventions = conventions
        self.models = models
        self.occasions = occasions
        self.strengths = strengths
    }
}
