import Core
import Database
import TestKit
import Testing

@testable import Organisation

@Suite("What may change in the trees") struct ChangeRuleTests {
    private let today = Day(iso: "2026-11-10")!

    private func unit(_ number: UInt64, _ designation: Designation, parent: UInt64? = nil, ended: Bool = false)
        -> Territory
    {
        let id = ID(high: 5, low: number)
        return Territory(
            id: id, kind: designation.kind, designation: designation, name: "X", code: nil,
            parent: parent.map { ID(high: 5, low: $0) }, validFrom: .first, validUntil: ended ? today : nil,
            revision: 1,
            place: [id])
    }

    private func key(_ refusal: Refusal?) -> String? {
        refusal?.key.split(separator: ".").last.map(String.init)
    }

    @Test(
        arguments: [
            ("2026-11-10", nil), ("2026-11-11", "dayAhead"), ("2025-07-01", nil), ("2025-06-30", "dayBehind"),
        ] as [(String, String?)])
    func aChangeLiesBetweenThePresentStateAndToday(_ day: String, _ refusal: String?) {
        let found = OrganisationChangeRule.refusal(
            on: Day(iso: day)!, today: today, began: Day(iso: "2025-07-01")!, ended: nil, in: .vi)
        #expect(key(found) == refusal)
        if refusal == "dayBehind" { #expect(found?.arguments["day"] == "01/07/2025") }
    }

    @Test func whatHasEndedDoesNotChange() {
        #expect(
            key(OrganisationChangeRule.refusal(on: today, today: today, began: .first, ended: today, in: .vi))
                == "ended")
    }

    @Test(
        arguments: [
            (Designation.thon, Designation.commune, nil), (.thon, .ward, nil), (.thon, .province, "wrongLevel"),
            (.thon, .thon, "wrongLevel"), (.commune, .province, nil), (.commune, .district, nil),
            (.commune, .country, "wrongLevel"), (.commune, .thon, "wrongLevel"), (.district, .province, nil),
            (.province, .country, nil), (.province, .commune, "wrongLevel"),
        ] as [(Designation, Designation, String?)])
    func aUnitLiesInOneOfALevelAbove(_ what: Designation, _ under: Designation, _ refusal: String?) {
        #expect(key(OrganisationChangeRule.refusal(moving: unit(1, what, parent: 9), under: unit(2, under))) == refusal)
    }

    @Test func aUnitDoesNotMoveToWhereItIsOrToWhatHasEnded() {
        #expect(
            key(OrganisationChangeRule.refusal(moving: unit(1, .thon, parent: 2), under: unit(2, .commune)))
                == "samePlace")
        #expect(
            key(OrganisationChangeRule.refusal(moving: unit(1, .thon), under: unit(2, .commune, ended: true)))
                == "parentEnded")
    }

    @Test func aUnitEndsWhenNothingStandsInItAndIntoOneOfItsLevel() {
        let commune = unit(1, .commune)
        #expect(key(OrganisationChangeRule.refusal(ending: commune, standing: 3, into: nil)) == "unitsStand")
        #expect(OrganisationChangeRule.refusal(ending: commune, standing: 0, into: nil) == nil)
        #expect(OrganisationChangeRule.refusal(ending: commune, standing: 0, into: unit(2, .ward)) == nil)
        #expect(
            key(OrganisationChangeRule.refusal(ending: commune, standing: 0, into: unit(2, .thon))) == "successorLevel")
        #expect(key(OrganisationChangeRule.refusal(ending: commune, standing: 0, into: commune)) == "successorEnded")
    }

    @Test func aPlanNeedsOneSuccessor() {
        let (one, other) = (ID(high: 5, low: 1), ID(high: 5, low: 2))
        #expect(StrandedPlan.of(successors: [], twin: nil) == .choose)
        #expect(StrandedPlan.of(successors: [one, other], twin: nil) == .choose)
        #expect(StrandedPlan.of(successors: [one], twin: nil) == .move(to: one))
        #expect(StrandedPlan.of(successors: [one], twin: other) == .end(into: other))
    }

    @Test func everyKindOfOrganisationStandsInATree() {
        let trees = Dictionary(grouping: OrganisationKind.allCases, by: \.tree)
        #expect(trees[.party]?.contains(.partyCell) == true && trees[.state]?.contains(.peoplesCommittee) == true)
        #expect(trees[.front]?.contains(.frontWorkCommittee) == true)
    }
}

@Suite("Changes of organisations in the store", .databases) struct ChangeStoreTests {
    @Test(arguments: TestEngine.all) func aPlacementIsKeptWithItsDays(on engine: TestEngine) async throws {
        try await OrganisationFixture.with(engine) { tree in
            let cell = OrganisationImport.Known.id(51)
            let day = Day(iso: "2026-02-01")!
            try await tree.write {
                try OrganisationStore.moveOrganisation(cell, to: tree.donDuong, under: nil, on: day, $0)
            }
            let places = try await tree.read { try OrganisationStore.places(of: cell, $0) }
            #expect(places.map(\.territory.name) == ["Đơn Dương", "Thông Xanh"])
            #expect(places.map(\.validUntil) == [nil, day] && places.map(\.parent) == [nil, "Đảng ủy xã Đơn Dương"])
            // On the same day it is corrected, not doubled.
            try await tree.write {
                try OrganisationStore.moveOrganisation(cell, to: tree.kaDo, under: nil, on: day, $0)
            }
            let corrected = try await tree.read { try OrganisationStore.places(of: cell, $0).map(\.territory.name) }
            #expect(corrected == ["Ka Đô", "Thông Xanh"])
            let found = try await tree.read {
                try OrganisationStore.findOrganisations(["chi", "bo"], tree.sight(tree.kaDo), 9, $0).map(\.id)
            }
            #expect(found == [cell], "the index follows")
        }
    }

    @Test(arguments: TestEngine.all) func whatStoodBelowGoesOnBelowTheSuccessor(on engine: TestEngine) async throws {
        try await OrganisationFixture.with(engine) { tree in
            let (committee, cell, next) = (
                OrganisationImport.Known.id(50), OrganisationImport.Known.id(51), OrganisationImport.Known.id(52)
            )
            try await tree.write { tx in
                try OrganisationStore.addOrganisation(
                    NewOrganisation(id: next, .partyCommittee, "Đảng ủy xã mới", territory: tree.donDuong), tx)
                try OrganisationStore.endOrganisation(committee, on: Day(iso: "2026-03-01")!, into: next, tx)
            }
            let (parent, successor) = try await tree.read { reader in
                (
                    try OrganisationStore.publicOrganisation(cell, reader).parent,
                    try OrganisationStore.successor(of: committee, reader)?.id
                )
            }
            #expect(parent == next && successor == next)
        }
    }

    @Test(arguments: TestEngine.all) func organisationsOnEndedTerritoryAreNamedWithAPlan(
        on engine: TestEngine
    ) async throws {
        try await OrganisationFixture.with(engine) { tree in
            let (front, school, twin) = (ID(high: 6, low: 1), ID(high: 6, low: 2), ID(high: 6, low: 3))
            let day = Day(iso: "2026-01-01")!
            try await tree.write { tx in
                try OrganisationStore.addOrganisations(
                    [
                        NewOrganisation(id: front, .frontCommittee, "MTTQ xã Ka Đô", territory: tree.kaDo),
                        NewOrganisation(id: school, .school, "Trường Ka Đô", territory: tree.kaDo),
                        NewOrganisation(id: twin, .frontCommittee, "MTTQ xã Đơn Dương", territory: tree.donDuong),
                    ], tx)
                try OrganisationStore.move(OrganisationImport.Known.id(20), under: tree.donDuong, on: day, tx)
                try OrganisationStore.end(tree.kaDo, on: day, .merge, into: [tree.donDuong], tx)
            }
            let sight = tree.sight(tree.province)
            let stranded = try await tree.read { try OrganisationStore.stranded(seenBy: sight, $0) }
            #expect(stranded.map(\.organisation.id) == [front, school])
            #expect(stranded.map(\.plan) == [.end(into: twin), .move(to: tree.donDuong)])
            try await tree.write { tx in
                for one in stranded { try OrganisationStore.settle(one, one.plan, on: day, tx) }
            }
            let (left, moved, ended) = try await tree.read { reader in
                (
                    try OrganisationStore.stranded(seenBy: sight, reader).count,
                    try OrganisationStore.publicOrganisation(school, reader).territory,
                    try OrganisationStore.publicOrganisation(front, reader).validUntil
                )
            }
            #expect(left == 0 && moved == tree.donDuong && ended == day)
        }
    }
}

@Suite("The trees through their pages", .databases) struct ChangeStoryTests {
    @Test(arguments: TestEngine.all) func anAdministratorRenamesMovesAndEndsAndTheOldIsKept(
        on engine: TestEngine
    ) async throws {
        let site = try await TestSite(engine)
        let administrator = try await site.signIn(.ngoTanPhat)
        let area = "/territories/\(Place.taLy.id)"
        func send(_ path: String, _ typed: [String: String]) async throws -> Shown {
            let action = String(path.prefix { $0 != "?" })
            let page = try await administrator.open(path)
            // The first form of a page with choices looks for further ones.
            let form = try #require(page.forms.last { $0.action == action })
            return try await administrator.send(form.filled(typed))
        }
        let early = try await send("\(area)/name", ["name": "Ta Ly", "day": "30/06/2025"]).expectStatus(422)
        #expect(early.error(beside: "day")?.contains("01/07/2025") == true)
        let bare = try await send("\(area)/name", ["name": "", "day": "01/01/2027"]).expectStatus(422)
        #expect(bare.error(beside: "name") != nil && bare.error(beside: "day") != nil, "all at once")
        let homeless = try await send("\(area)/placement?q=don+duong", ["day": "01/01/2027"]).expectStatus(422)
        #expect(homeless.error(beside: "parent") != nil && homeless.error(beside: "day") != nil)
        let renamed = try await send("\(area)/name", ["name": "Ta Ly Mới", "day": "01/03/2026"]).expectStatus(200)
        #expect(renamed.says("Thôn Ta Ly Mới") && renamed.says("Thôn Ta Ly 1") && renamed.says("01/03/2026"))
        let moved = try await send(
            "\(area)/placement?q=don+duong", ["parent": "\(Place.donDuong.id)", "day": "01/04/2026"]
        ).expectStatus(200)
        #expect(moved.says("Xã Đơn Dương") && moved.says("Xã Ka Đô"))

        let commune = "/territories/\(Place.kaDo.id)/end"
        let ended = try await send(commune, ["successor": "\(Place.donDuong.id)", "day": "01/05/2026"]).expectStatus(
            200)
        #expect(ended.says("không còn từ ngày 01/05/2026"))
        let full = try await send(
            "/territories/\(Place.donDuong.id)/end", ["day": "01/06/2026"]
        ).expectStatus(422)
        #expect(full.says("đang đứng bên dưới"))
    }

    @Test(arguments: TestEngine.all) func anOrganisationOnEndedTerritoryIsListedAndMovedAtOnce(
        on engine: TestEngine
    ) async throws {
        let site = try await TestSite(engine)
        let administrator = try await site.signIn(.ngoTanPhat)
        #expect(
            try await administrator.open("/organisations/stranded").expectStatus(200).says(
                "Không có tổ chức nào cần chuyển"))
        try await site.database.unattended(.seed) { tx in
            try OrganisationStore.end(
                Place.taLy.id, on: Day(iso: "2026-05-01")!, .merge, into: [Place.suoiThong.id], tx)
            return Receipt()
        }
        let list = try await administrator.open("/organisations/stranded").expectStatus(200)
        #expect(list.says("Ban Công tác Mặt trận thôn Ta Ly 1") && list.says("Chuyển sang thôn Suối Thông B1"))
        let before = try await administrator.send(
            list.form("/organisations/stranded").filled(["day": "30/04/2026"]))
        before.expectStatus(422)
        #expect(before.error(beside: "day")?.contains("01/05/2026") == true)
        let done = try await administrator.send(
            list.form("/organisations/stranded").filled(["day": "01/05/2026"])
        ).expectStatus(200)
        #expect(done.says("Đã thực hiện.") && done.says("Không có tổ chức nào cần chuyển"))
        let body = try await administrator.open("/organisations/\(Body.frontWorkOfTaLy.id)").expectStatus(200)
        #expect(body.says("Suối Thông B1") && body.says("Thôn Ta Ly 1") && body.says("đến hết 30/04/2026"))
    }

    @Test(arguments: TestEngine.all) func treesStandSideBySideAndOnlyWhatIsSeenOpens(on engine: TestEngine) async throws
    {
        let site = try await TestSite(engine)
        let chair = try await site.signIn(.kaHuong)
        let trees = try await chair.open("/organisations").expectStatus(200)
        #expect(trees.says("Đảng ủy xã Đơn Dương") && trees.says("Ủy ban nhân dân xã Đơn Dương"))
        #expect(trees.says("Chi bộ thôn Thông Xanh") && !trees.says("Cần chuyển hoặc kết thúc"))
        try await chair.open("/organisations?at=\(Place.dongThong.id)").expectStatus(404)
        try await chair.open("/organisations/stranded").expectStatus(403)
        try await chair.open("/organisations/\(Body.cellOfThongXanh.id)/end").expectStatus(403)
    }
}
