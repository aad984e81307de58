import Core
import Organisation
import Testing

@testable import Portal

@Suite("Portal: what of a profile is public") struct PortalProfileTests {
    private let today = Day(iso: "2026-11-10") ?? .first

    private func day(_ text: String) -> Day { Day(iso: text) ?? .first }

    private func book(
        groups: [AreaGroup] = [], models: [AreaModel] = [], occasions: [Occasion] = []
    ) -> AreaBook {
        AreaBook(years: [], groups: groups, conventions: [], models: models, occasions: occasions)
    }

    @Test(arguments: [(nil, nil, false), (0, 0, false), (1, nil, true), (4, nil, true), (5, 5, false), (36, 36, false)])
    func aGroupOfOneToFourHouseholdsIsTold(_ households: Int?, _ shown: Int?, _ isUnderFive: Bool) {
        let group = AreaGroup(
            id: ID(high: 1, low: 1), name: "Tổ 1", kind: .mediation, households: households, since: nil, endedOn: nil)
        let told = PortalProfile(book(groups: [group]), on: today).groups.first
        #expect(told?.households == shown && told?.isUnderFive == isUnderFive)
    }

    @Test func dissolvedGroupsAndStoppedModelsAreNotTold() {
        let groups = [Day?.none, day("2026-11-10"), day("2026-12-01")].map {
            AreaGroup(id: ID(high: 1, low: 1), name: "Tổ", kind: .security, households: 20, since: nil, endedOn: $0)
        }
        let models = [true, false, nil].map { (alive: Bool?) in
            AreaModel(
                id: ID(high: 1, low: 1), name: "Mô hình \(alive == true)", since: nil,
                lookedOn: alive == nil ? nil : today, isAlive: alive)
        }
        let told = PortalProfile(book(groups: groups, models: models), on: today)
        #expect(told.groups.count == 2)
        #expect(told.models.map(\.name) == ["Mô hình true"])
    }

    @Test func worshipIsNobodysBusinessOutsideAndWhatIsOverIsGone() {
        func occasion(_ kind: OccasionKind, _ on: String, yearly: Bool) -> Occasion {
            Occasion(
                id: ID(high: 1, low: 1), kind: kind, name: kind.rawValue, from: day(on), until: day(on),
                isYearly: yearly, note: nil)
        }
        let told = PortalProfile(
            book(occasions: [
                occasion(.worship, "2026-12-25", yearly: true), occasion(.market, "2026-11-10", yearly: false),
                occasion(.examination, "2026-06-11", yearly: false), occasion(.harvest, "2020-02-20", yearly: true),
            ]), on: today)
        #expect(told.occasions.map(\.kind) == [.market, .harvest])
    }
}
