import App
import Core
import Criteria
import Database
import Documents
import Organisation
import Recognition
import TestKit
import Testing

@testable import Offices

@Suite("Offices: another office in one's place") struct OfficesSuccessionRuleTests {
    private let grid = ID(high: 1, low: 1)
    private let old = ID(high: 2, low: 1)
    private let new = ID(high: 2, low: 2)

    /// What ends, and what is asked, when `choice` is chosen for a supplier of I.1 and I.2.
    private func outcome(
        _ choice: ID??, held: [String: Int] = [:], _ figures: Offices.Figures? = nil
    ) -> (ends: [String], keys: [String], fields: [String]) {
        var chosen: [Int: ID?] = [:]
        if let choice { chosen.updateValue(choice, forKey: 3) }
        let (ending, refusals) = Offices.successions(
            asked: [
                3: Offices.Answerable(
                    grid: grid, organisation: old, name: "Công an", codes: ["I.1", "I.2"], held: held)
            ], chosen: chosen, figures: figures.map { [3: $0] } ?? [:])
        return (
            ending.map { "\($0.codes.joined(separator: " "))\($0.heir == nil ? "" : " >")" },
            refusals.map { String($0.key.dropFirst("offices.assignment.refusal.".count)) },
            refusals.compactMap(\.field)
        )
    }

    @Test func nothingEndsWhereNothingWasChosenOrTheSame() {
        #expect(outcome(nil).ends.isEmpty && outcome(.some(old)).ends.isEmpty)
        #expect(outcome(.some(old), held: ["I.1": 4]).keys.isEmpty)
    }

    @Test func blankColumnsEndAtOnce() {
        #expect(outcome(.some(new)).ends == ["I.1 I.2"])
        #expect(outcome(.some(nil)).ends == ["I.1 I.2"], "also when nobody is asked any more")
    }

    @Test func aboutFiguresThePersonIsAsked() {
        let held = ["I.2": 4]
        let asked = outcome(.some(new), held: held)
        #expect(asked.keys == ["figures"] && asked.fields == ["figures.3"] && asked.ends == ["I.1"])
        #expect(outcome(.some(new), held: held, .handOver).ends == ["I.1", "I.2 >"])
        #expect(outcome(.some(new), held: held, .keep).ends == ["I.1"])
        #expect(outcome(.some(nil), held: held, .keep).keys.isEmpty)
        let alone = outcome(.some(nil), held: held, .handOver)
        #expect(alone.keys == ["noHeir"] && alone.fields == ["office.3"])
    }
}

@Suite("Offices: another office is chosen", .databases) struct OfficesSuccessionTests {
    private typealias S = OfficesScene

    private func codes(_ database: Database) async throws -> [ID: [String]] {
        try await database.read { reader in
            let grids = try OfficesStore.grids(of: Place.donDuong.id, year: 2026, reader)
            let codes = try OfficesStore.codes(ofGrids: grids.map(\.id), reader)
            return Dictionary(uniqueKeysWithValues: grids.map { ($0.organisation, codes[$0.id] ?? []) })
        }
    }

    private func begin(_ engine: TestEngine) async throws -> (TestSite, ID, ID) {
        let site = try await TestSite(engine, clock: TestClock(S.day("2026-08-17")))
        let set = try await S.begin(site.database)
        let grids = try await site.database.unattended(.seed, giving: { try S.assign(set, $0) })
        return (site, set, grids.police)
    }

    @Test(arguments: TestEngine.all) func theOldOfficeIsNoLongerAsked(on engine: TestEngine) async throws {
        let (site, _, police) = try await begin(engine)
        let kaHuong = try await site.signIn(.kaHuong)
        let page = try await kaHuong.open("/offices/assignments/new?year=2026").expectStatus(200)
        let form = try page.form("/offices/assignments")
        #expect(form.values["office.2"] == "\(S.police)")
        let done = try await kaHuong.send(
            form.filled(["office.0": "none", "office.2": "\(Body.frontOfDonDuong.id)"])
        ).expectStatus(200)
        #expect(done.says("Cơ quan cũ không còn được giao") && done.says("Không còn được giao"))
        let after = try await codes(site.database)
        #expect(after[S.police] == [] && after[Body.frontOfDonDuong.id] == ["IV.1", "IV.2"])
        #expect(after[S.insurance] == ["II.2"], "who was not touched stays")
        // Its page lives, and nothing is typed there any more.
        let clerk = try await site.signIn(S.policeClerk)
        try await clerk.open("/offices/\(police)").expectStatus(200)
        let late = try await clerk.json(
            "/offices/\(police)/values", sending: "{\"cell.\(Place.thongXanh.id).IV.2\": \"yes\"}")
        #expect(late.status == 422)
        site.clock.move(to: S.day("2026-09-01"))
        try await site.runJobs()
        let reminders = try await site.database.read { try OfficesStore.reminders(of: [police], $0) }
        #expect(reminders.isEmpty, "nobody is reminded of what is not asked")
    }

    @Test(arguments: TestEngine.all) func figuresGoOverOrStayAsThePersonSays(on engine: TestEngine) async throws {
        let (site, set, police) = try await begin(engine)
        let dossier = try await site.database.unattended(.seed, giving: { try S.register(set, $0) })
        let save = try await site.database.unattended(
            .seed,
            giving: { tx in
                let saved = try S.put(.yes(true), "IV.2", in: police, tx)
                let grid = try OfficesStore.grid(police, unattended: tx)
                _ = try OfficesStore.add(
                    Offices.NewDocument(
                        address: ContentAddress(of: [1]), fileKind: "pdf", fileName: "a.pdf", bytes: 1),
                    caption: "Xác nhận", codes: ["IV.1", "IV.2"], to: grid, S.deed(tx), tx)
                let held = try #require(
                    try OfficesStore.cells(of: grid, tx)[Offices.Cell(area: Place.thongXanh.id, code: "IV.2")])
                _ = try OfficesStore.object(
                    to: held, in: grid, claimed: .yes(false), reason: "Chưa có tổ.", S.deed(tx), tx)
                return saved.save
            })
        let kaHuong = try await site.signIn(.kaHuong)
        let page = try await kaHuong.open("/offices/assignments/new?year=2026").expectStatus(200)
        #expect(page.says("Đã ghi 1 số") && page.says("Nếu đổi cơ quan thì số đã ghi"))
        let form = try page.form("/offices/assignments")
        let asked = try await kaHuong.send(form.filled(["office.2": "\(Body.frontOfDonDuong.id)"])).expectStatus(422)
        #expect(asked.says("Công an xã Đơn Dương đã ghi 1 số ở IV.2"))
        #expect(try asked.form("/offices/assignments").values["office.2"] == "\(Body.frontOfDonDuong.id)")
        let nobody = try await kaHuong.send(form.filled(["office.2": "none", "figures.2": "handOver"])).expectStatus(
            422)
        #expect(nobody.says("không có cơ quan nào để chuyển"))
        #expect(try await codes(site.database)[S.police] == ["IV.1", "IV.2"], "nothing happened yet")

        try await kaHuong.send(
            form.filled(["office.2": "\(Body.frontOfDonDuong.id)", "figures.2": "handOver"])
        ).expectStatus(200)
        let after = try await codes(site.database)
        #expect(after[S.police] == [] && after[Body.frontOfDonDuong.id] == ["IV.1", "IV.2"])
        try await site.database.unattended(.seed) { tx in
            let held = try OfficesStore.held(areas: [Place.thongXanh.id], set: set, year: 2026, tx)
            let figure = try #require(held[Place.thongXanh.id]?["IV.2"])
            #expect(figure.organisation == Body.frontOfDonDuong.id && figure.value == .yes(true))
            let heir = try #require(figure.grid)
            #expect(try S.own(dossier, "IV.2", tx)?.office == "Công an xã Đơn Dương", "the dossier says who said it")
            let papers = try OfficesStore.papers(ofGrids: [heir, police], tx)
            #expect(papers[heir]?.map(\.codes) == [["IV.2"]] && papers[police]?.count == 1)
            #expect(try OfficesStore.openObjections(toGrids: [heir, police], tx) == [heir: 1])
            // The new office mends it, the old one cannot take its save back.
            try S.put(.yes(false), "IV.2", in: heir, tx)
            #expect(try S.own(dossier, "IV.2", tx)?.value == .yes(false))
            let (old, grid) = try S.save(save, in: police, tx)
            #expect(try OfficesStore.refusalToUndo(old, in: grid, tx)?.key == "offices.save.refusal.ended")
            return Receipt()
        }
    }

    @Test(arguments: TestEngine.all) func keptFiguresStayWithTheOldOffice(on engine: TestEngine) async throws {
        let (site, _, police) = try await begin(engine)
        try await site.database.unattended(.seed) { tx in
            try S.put(.yes(true), "IV.2", in: police, tx)
            return Receipt()
        }
        let kaHuong = try await site.signIn(.kaHuong)
        let form = try await kaHuong.open("/offices/assignments/new?year=2026").form("/offices/assignments")
        try await kaHuong.send(
            form.filled(["office.2": "\(Body.frontOfDonDuong.id)", "figures.2": "keep"])
        ).expectStatus(200)
        let after = try await codes(site.database)
        #expect(after[S.police] == ["IV.2"] && after[Body.frontOfDonDuong.id] == ["IV.1", "IV.2"])
        let again = try await kaHuong.open("/offices/assignments/new?year=2026").expectStatus(200)
        #expect(again.says("Cũng giao:"), "that two are asked is said")
        let terms = try await kaHuong.open("/offices/\(police)/assignment").expectStatus(200)
        #expect(terms.says("Cũng giao:"))
    }
}
