import Core
import Database
import Foundation
import Synchronization
import TestKit
import Testing
import Web

@testable import App

/// What people meet when the disk fails or is full: words and the right status, and the pages go on.
@Suite("A failing disk, over HTTP", .databases) struct FailingDiskSiteTests {
    @Test(arguments: TestEngine.all) func savingStopsWithWordsAndReadingGoesOn(on engine: TestEngine) async throws {
        let disk = FaultyEngine.Disk()
        let site = try await TestSite(engine, through: disk.wrap)
        let folder = FileManager.default.temporaryDirectory.path + "/failing-\(UInt64.random(in: 0...(.max)))"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let mark = FailureMark(
            Settings(
                data: folder, postgres: nil, host: "127.0.0.1", port: 1, isSecure: false, assets: "", logLevel: "error")
        )
        let service = FailureService(site.database, mark, clock: site.clock.clock, log: .silent)
        let yaThuong = try await site.signIn(.yaThuong)
        let page = try await yaThuong.open("/account")

        disk.strike(.failing)
        let refused = try await yaThuong.press("/sign-out", on: page).expectStatus(503)
        #expect(refused.says("chỉ xem được, chưa nhận thêm"), "\(refused.text)")
        #expect(mark.isThere, "the mark stands before anybody is told")
        let written = try String(contentsOfFile: mark.path, encoding: .utf8)
        #expect(written.hasPrefix("2026-11-10 8:00: the disk failed"), "\(written)")

        // What a failed flush looks like afterwards: all is well, but nobody may believe it.
        disk.strike(nil)
        try await yaThuong.open("/account").expectStatus(200)
        try await site.visitor().open("/portal").expectStatus(200)
        let again = try await yaThuong.press("/sign-out", on: page).expectStatus(503)
        #expect(again.says("gửi lại không bị ghi hai lần"))
        let english = try await yaThuong.open("/language/en?back=/account").expectStatus(200)
        #expect(try await yaThuong.press("/sign-out", on: english).expectStatus(503).says("nothing saved"))
        let health = try await site.visitor().request(.get, "/health")
        #expect(health.status == 503 && health.text == "read-only\n")

        // The program ends, for the supervisor to start it again.
        await #expect(throws: DiskFailing.self) { try await service.run() }

        // The next start: reading only, a look at everything, writing again.
        let next = try site.data.reopen()
        let check = try #require(CheckService.ifNeeded(next, mark, log: .silent))
        #expect(next.gate.isShut)
        await check.look()
        #expect(!next.gate.isShut && !mark.isThere)
        #expect(CheckService.ifNeeded(next, mark, log: .silent) == nil)
    }

    @Test(arguments: TestEngine.all) func aFullDiskIsToldAndEndsNothing(on engine: TestEngine) async throws {
        let disk = FaultyEngine.Disk()
        let site = try await TestSite(engine, through: disk.wrap)
        let yaThuong = try await site.signIn(.yaThuong)
        let page = try await yaThuong.open("/account")
        disk.strike(.full)
        let refused = try await yaThuong.press("/sign-out", on: page).expectStatus(507)
        #expect(refused.says("hết chỗ lưu"))
        try await yaThuong.open("/account").expectStatus(200)
        #expect(try await site.visitor().request(.get, "/health").status == 200)
        disk.strike(nil)
        try await yaThuong.press("/sign-out", on: page).expectStatus(200)
        #expect(try await yaThuong.open("/account").path.hasPrefix("/sign-in"))
    }

    /// The disk of the uploaded files counts too: it is the same one, or as old.
    @Test func aPictureThatCannotBeReadEndsWritingToo() async throws {
        let site = try await TestSite(.sqlite)
        struct Broken: DiskFault { let isFailing: Bool }
        func broken(_ path: String, _ isFailing: Bool) -> Route {
            .file(path, .open(because: "a test")) { _ in
                FileAnswer(type: "image/jpeg", name: "a.jpg", tag: "a") { throw Broken(isFailing: isFailing) }
            }
        }
        let other = Site(
            features: [Feature("test", routes: [broken("/gone", false), broken("/failing", true)])],
            database: site.database, assets: site.site.assets, settings: SiteSettings(), log: .silent,
            sessionLookup: { _, _, _ in nil })
        try await site.listening(other) { port in
            #expect(try await Wire.get("/gone", ["Host: localhost"], port: port).hasPrefix("HTTP/1.1 500"))
            #expect(!site.database.gate.isShut, "a file that is missing is no failing disk")
            let answer = try await Wire.get("/failing", ["Host: localhost"], port: port)
            #expect(answer.hasPrefix("HTTP/1.1 503") && answer.contains("chỉ xem được"), "\(answer.prefix(300))")
            #expect(site.database.gate.isShut)
        }
    }
}
