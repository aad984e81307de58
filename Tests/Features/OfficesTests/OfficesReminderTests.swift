import App
import Core
import Criteria
import Database
import Organisation
import People
import TestKit
import Testing

@testable import Offices

@Suite("Offices: reminders of the last day") struct OfficesReminderRuleTests {
    private let due = OfficesScene.day("2026-08-31")

    @Test func eachIsSaidInTheMorningOfItsDay() {
        let days = Offices.Reminder.allCases.map { $0.moment(due: due) }
        let wanted = ["2026-08-24", "2026-08-30", "2026-09-01"].map { OfficesScene.day($0).start + .hours(7) }
        #expect(days == wanted)
    }

    @Test(arguments: [
        ("2026-08-24", "week"), ("2026-08-29", "week"), ("2026-08-30", "day"), ("2026-08-31", "day"),
        ("2026-09-01", "overdue"), ("2026-12-31", "overdue"),
    ])
    func onAnyDayOneOfThemIsTrue(_ today: String, _ wanted: String) {
        let said = Offices.Reminder.allCases.filter { $0.isTrue(due: due, on: OfficesScene.day(today)) }
        #expect(said.map(\.rawValue) == [wanted])
    }
}

@Suite("Offices: reminders by job", .databases) struct OfficesReminderTests {
    private typealias S = OfficesScene

    private struct Crash: Error {}

    private func run(_ database: Database, failing: Bool = false) async throws {
        let remind = try #require(OfficesJobs.effects[OfficesJobs.kind])
        let effect: JobRunner.Effect = { job, tx in
            try remind(job, tx)
            if failing { throw Crash() }
        }
        let runner = JobRunner(database, effects: [OfficesJobs.kind: effect], log: .silent)
        while try await runner.runOne() {}
    }

    private func reminded(_ grid: ID, _ database: Database) async throws -> [Offices.Reminded] {
        try await database.read { try OfficesStore.reminders(of: [grid], $0)[grid] ?? [] }
    }

    private func begin(_ engine: TestEngine) async throws -> (TestDatabase, ID, ID) {
        let data = try await TestDatabase(engine, .cast, clock: TestClock(S.day("2026-08-17")))
        let set = try await S.begin(data.database)
        let grids = try await data.database.unattended(.seed, giving: { try S.assign(set, $0) })
        return (data, grids.insurance, grids.police)
    }

    @Test(arguments: TestEngine.all) func theClerkIsToldOnceWhateverCrashes(on engine: TestEngine) async throws {
        let (data, insurance, police) = try await begin(engine)
        try await run(data.database)
        #expect(try await reminded(insurance, data.database).isEmpty, "not before its hour")
        data.clock.move(to: S.day("2026-08-24"), hour: 7)
        // The program dies after the reminder was written and before the job was noted as done.
        try await run(data.database, failing: true)
        #expect(try await reminded(insurance, data.database).isEmpty, "what was not finished did not happen")
        try data.reopen()
        data.clock.advance(by: .hours(1))
        try await run(data.database)
        try await run(data.database)
        let told = try await reminded(insurance, data.database)
        #expect(told.map(\.kind) == [.week] && told.map(\.missing) == [2])
        #expect(told.first?.people == ["Lý Thị Hoa Mai"])
        #expect(try await reminded(police, data.database).map(\.people) == [["Hà Văn Suối"]])
        // Asked again for the same day, nothing is said twice.
        try await data.database.unattended(.seed) { tx in
            let grid = try OfficesStore.grid(insurance, unattended: tx)
            try OfficesStore.assign(
                [Offices.Assignment(organisation: S.insurance, codes: ["II.2"])], territory: Place.donDuong.id,
                set: grid.criteriaSet, year: 2026, due: grid.due, objectionsUntil: grid.objectionsUntil, S.deed(tx), tx)
            return Receipt()
        }
        try await run(data.database)
        #expect(try await reminded(insurance, data.database).count == 1)
        let jobs = try await data.database.read {
            try $0.one("SELECT count(*) AS many FROM job WHERE kind = \(OfficesJobs.kind)").integer("many")
        }
        #expect(jobs == 6, "three for each of two grids")
    }

    @Test(arguments: TestEngine.all) func afterStandingStillOnlyWhatIsTrueIsSaid(on engine: TestEngine) async throws {
        let (data, insurance, police) = try await begin(engine)
        try await data.database.unattended(.seed) { tx in
            for place in [Place.thongXanh, .suoiThong] {
                try S.put(S.percent(95_000), "II.2", of: place, in: insurance, tx)
            }
            return Receipt()
        }
        data.clock.move(to: S.day("2026-09-05"))
        try await run(data.database)
        #expect(try await reminded(insurance, data.database).isEmpty, "who has filled in everything is not told")
        #expect(try await reminded(police, data.database).map(\.kind) == [.overdue])
    }

    @Test(arguments: TestEngine.all) func aDayThatWasMovedIsRemindedOfAnew(on engine: TestEngine) async throws {
        let (data, insurance, _) = try await begin(engine)
        try await data.database.unattended(.seed) { tx in
            let grid = try OfficesStore.grid(insurance, unattended: tx)
            try OfficesStore.change(
                grid, codes: ["II.2"], due: S.day("2026-09-20"), objectionsUntil: S.day("2026-09-25"), tx)
            // Nobody of the insurance office is here any more.
            try tx.execute(
                "UPDATE role_assignment SET valid_until = \(tx.now.day) WHERE organisation_id = \(S.insurance)")
            return Receipt()
        }
        data.clock.move(to: S.day("2026-09-10"))
        try await run(data.database)
        #expect(try await reminded(insurance, data.database).isEmpty, "the old day is not spoken of")
        data.clock.move(to: S.day("2026-09-13"))
        try await run(data.database)
        let told = try await reminded(insurance, data.database)
        #expect(told.map(\.kind) == [.week] && told.map(\.due) == [S.day("2026-09-20")])
        #expect(told.first?.people == [Member.nguyenThiMaiLoan.name], "the culture officer enters for it")
    }

    @Test(arguments: TestEngine.all) func homeAndTheGridSayIt(on engine: TestEngine) async throws {
        let site = try await TestSite(engine, clock: TestClock(S.day("2026-08-17")))
        let set = try await S.begin(site.database)
        let grid = try await site.database.unattended(.seed, giving: { try S.assign(set, $0).insurance })
        let clerk = try await site.signIn(S.insuranceClerk)
        #expect(try await clerk.open("/").says("Ghi số liệu năm 2026 cho các khu dân cư của xã Đơn Dương"))
        site.clock.move(to: S.day("2026-08-24"))
        try await site.runJobs()
        #expect(try await clerk.open("/").says("Còn một tuần: ghi số liệu năm 2026"))
        let page = try await clerk.open("/offices/\(grid)").expectStatus(200)
        #expect(page.says("Nhắc một tuần trước hạn 31/08/2026: còn 2 ô") && page.says("nhắc Lý Thị Hoa Mai"))
        site.clock.move(to: S.day("2026-09-01"))
        try await site.runJobs()
        #expect(try await clerk.open("/").says("Quá hạn: ghi số liệu năm 2026"))
        let kaHuong = try await site.signIn(.kaHuong)
        #expect(try await kaHuong.open("/offices/missing?year=2026").says("đã nhắc 01/09/2026"))
        let json = try await clerk.json("/offices/\(grid)").expectStatus(200)
        #expect(json.body.contains("\"overdue\"") && !json.body.contains("\"day\",\"missing\""))
        // Once everything is there, nothing waits.
        let (here, there) = ("cell.\(Place.thongXanh.id).II.2", "cell.\(Place.suoiThong.id).II.2")
        try await clerk.send(page.form("/values").filled([here: "95,8", there: "94,1"])).expectStatus(200)
        #expect(try await !clerk.open("/").says("ghi số liệu năm 2026"))
    }
}
