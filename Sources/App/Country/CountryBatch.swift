import Core
import Organisation
import Recognition

/// What goes into one transaction: communes, their areas, the bodies of both, and some dossiers.
struct CountryBatch: Sendable {
    struct Office: Sendable {
        let role: Role
        let organisation: ID
        let territory: ID
    }

    /// An area with the bodies that act on its dossier.
    struct Area {
        let id: ID
        let areaClass: String
        let committee: ID
        let front: ID
    }

    private(set) var units: [NewTerritory] = []
    private(set) var bodies: [NewOrganisation] = []
    private(set) var dossiers: [Recognition.ToldDossier] = []
    /// In the first commune and in its first area.
    private(set) var offices: [Office] = []
    private var areaCount = 0
    private let ids: IDSource
    private let place: CountryPlace
    private let begin: Day
    private let year: Int

    /// - Parameters:
    ///   - begin: the day on which communes and their bodies began.
    ///   - year: of the areas' figures.
    init(ids: IDSource, place: CountryPlace, begin: Day, year: Int) {
        self.ids = ids
        self.place = place
        self.begin = begin
        self.year = year
    }

    /// - Parameter dossier: makes the dossier of the so many-th area of the batch, or none.
    mutating func add(_ commune: Country.Commune, dossier: (Area, Int) -> Recognition.ToldDossier?) {
        let (unit, front) = (ids.next(), ids.next())
        let name = (commune.designation == .ward ? "phường " : "xã ") + commune.name
        units.append(NewTerritory(id: unit, commune.designation, commune.name, parent: place.province, from: begin))
        bodies += [
            NewOrganisation(
                id: ids.next(), .peoplesCommittee, "Ủy ban nhân dân \(name)", territory: unit, from: begin),
            NewOrganisation(
                id: front, .frontCommittee, "Ủy ban MTTQ Việt Nam \(name)", territory: unit, parent: place.front,
                from: begin),
        ]
        if offices.isEmpty { offices.append(Office(role: .communeFrontChair, organisation: front, territory: unit)) }
        for (index, plan) in commune.areas.enumerated() {
            let area = add(plan, order: index + 1, under: unit, front)
            areaCount += 1
            if let dossier = dossier(area, areaCount) { dossiers.append(dossier) }
        }
    }

    private mutating func add(_ plan: Country.AreaPlan, order: Int, under unit: ID, _ front: ID) -> Area {
        let area = Area(id: ids.next(), areaClass: plan.areaClass, committee: ids.next(), front: front)
        units.append(
            NewTerritory(
                id: area.id, plan.designation, plan.name, parent: unit, order: order,
                profile: AreaProfile(
                    households: plan.households, people: plan.people, areaClass: plan.areaClass, asOf: year,
                    isInvented: true)))
        bodies.append(
            NewOrganisation(
                id: area.committee, .frontWorkCommittee,
                "Ban Công tác Mặt trận \(CountryBatch.word(plan.designation)) \(plan.name)", territory: area.id,
                parent: front))
        if offices.count == 1 {
            offices.append(
                Office(role: .frontWorkCommitteeHead, organisation: area.committee, territory: area.id))
        }
        return area
    }

    /// How the name of an area's body calls the area.
    private static func word(_ designation: Designation) -> String {
        switch designation {
        case .ap: "ấp"
        case .ban: "bản"
        case .buon: "buôn"
        case .xom: "xóm"
        case .khom: "khóm"
        case .khuPho: "khu phố"
        case .toDanPho: "tổ dân phố"
        default: "thôn"
        }
    }
}
