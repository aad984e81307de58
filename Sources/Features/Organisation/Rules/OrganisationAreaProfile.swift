/// The numbers of an area.
package struct AreaProfile: Sendable, Equatable, Codable {
    package var households: Int?
    package var people: Int?
    package var areaClass: String?
    package var region: String?
    /// The year of the numbers.
    package var asOf: Int?
    /// There is no such area: it belongs to the demonstration.
    package var isInvented: Bool

    package init(
        households: Int? = nil, people: Int? = nil, areaClass: String? = nil, region: String? = nil, asOf: Int? = nil,
        isInvented: Bool = false
    ) {
        self.households = households
        self.people = people
        self.areaClass = areaClass
        self.region = region
        self.asOf = asOf
        self.isInvented = isInvented
    }

    /// The numbers as those of their year; nil when nobody said of which year they are.
    var year: AreaYear? {
        asOf.map {
            AreaYear(year: $0, households: households, people: people, areaClass: areaClass, region: region)
        }
    }
}
