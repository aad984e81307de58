import App
import Core
import Foundation
import TestKit
import Testing
import Web

@testable import Database
@testable import People

/// The key of the second steps is lost for good: its operator has everybody set them up again, and nothing else goes.
@Suite("Second steps whose key is lost", .databases) struct ForgottenSecondStepsTests {
    private static let forgotten: Set<String> = ["totp", "recovery_code", "sign_in_step"]

    @Test(arguments: TestEngine.all) func theyAreForgottenWhenItIsSaidAndNothingElse(on engine: TestEngine) async throws
    {
        let test = try await TestDatabase(engine, .cast)
        let ngoTanPhat = Member.ngoTanPhat.id
        try await test.database.unattended(.seed) { tx in
            try PeopleSecondStepStore.setRecoveryCodes([Array(repeating: 1, count: 32)], of: ngoTanPhat, tx)
            _ = try PeopleStore.openSession(ngoTanPhat, now: tx.now, tx, secrets: test.world.secrets)
            return Receipt()
        }
        let before = try await contents(test.database)
        #expect(before["totp"]?.isEmpty == false && before["recovery_code"]?.isEmpty == false)
        test.close()
        let data = KieuMau.folder()
        defer { try? FileManager.default.removeItem(atPath: data) }
        let options = try KieuMau.options(for: test, in: data)
        let command = ["user", "forget-second-steps"] + options

        let unsaid = try KieuMau.run(command)
        #expect(unsaid.code == 64 && unsaid.said.contains("add --key-is-lost"), "\(unsaid.said)")
        #expect(unsaid.said.contains("sign in with the password alone"))
        #expect(try await contents(test.reopen()) == before)
        test.close()

        // The key is there after all, here that of the tests: nothing is lost, so nothing is forgotten.
        let key = data + "/secrets.key"
        try Hex.text(Array("the key of tests, 32 bytes long.".utf8)).write(
            toFile: key, atomically: true, encoding: .utf8)
        let there = try KieuMau.run(command + ["--key-is-lost"])
        #expect(there.code == 65 && there.said.contains("nothing is lost"), "\(there.said)")
        #expect(try await contents(test.reopen()) == before)
        test.close()

        try FileManager.default.removeItem(atPath: key)
        let done = try KieuMau.run(command + ["--key-is-lost"])
        #expect(done.code == 0, "\(done.said)")
        #expect(done.said.contains("\(before["totp"]?.count ?? 0) second steps are forgotten"), "\(done.said)")
        #expect(try KieuMau.run(["verify"] + options).code == 0)
        let after = try await contents(test.reopen())
        for (table, rows) in after {
            if Self.forgotten.contains(table) {
                #expect(rows.isEmpty, "\(table)")
            } else if !["audit", "lane"].contains(table) {
                // The lane says how far the audit trail has come.
                #expect(rows == before[table], "\(table)")
            }
        }
        let act = try await test.database.read {
            try $0.one("SELECT * FROM audit ORDER BY at DESC, number DESC LIMIT 1")
        }
        #expect(try act.text("act") == "unattended.commandLine")
        #expect(try act.text("detail").contains("secondStep.forgetAll"))
        #expect(after["audit"]?.count == (before["audit"]?.count ?? 0) + 1)
    }

    @Test(arguments: TestEngine.all) func whoMustHaveOneIsLedToSetItUpAnew(on engine: TestEngine) async throws {
        let test = try await TestDatabase(engine, .cast)
        let data = KieuMau.folder()
        defer { try? FileManager.default.removeItem(atPath: data) }
        test.close()
        let options = try KieuMau.options(for: test, in: data)
        #expect(try KieuMau.run(["user", "forget-second-steps", "--key-is-lost"] + options).code == 0)
        try test.reopen()
        // As the next start makes it.
        let seal = try await KeyFile(data + "/secrets.key").seal(for: test.database, log: .silent)
        #expect(!seal.isMissing)
        let site = try await TestSite(over: test, seal: seal)

        let office = site.visitor()
        let entered = try await office.send(
            office.open("/sign-in").form("/sign-in").filled(["name": "ngotanphat", "password": Member.password]))
        #expect(entered.through.contains("/account/second-step"), "the password, and no code: \(entered.through)")
        for path in ["/people", "/account", "/account/pin"] {
            #expect(try await office.open(path).through == ["/account/second-step"], "\(path)")
        }
        let begun = try await office.press("/beginning", on: office.open("/account/second-step"))
        let sealed = try await test.database.read {
            try $0.one("SELECT secret FROM totp WHERE person_id = \(Member.ngoTanPhat.id)").bytes("secret")
        }
        let secret = try #require(seal.opened(sealed, of: Member.ngoTanPhat.id), "sealed with the new key")
        let number = PeopleTOTP(secret: secret).code(step: PeopleTOTP.step(at: test.clock.now))
        let code = String(format: "%06d", number)
        let sheet = try await office.send(
            begun.form("/confirmation").filled(["code": code, "current": Member.password])
        ).expectStatus(200)
        #expect(sheet.text.matches(of: /[0-9A-Z]{5}-[0-9A-Z]{5}/).count == 10)
        #expect(try await office.open("/people").through.isEmpty)

        // Whoever need not have one goes on as before.
        let area = site.visitor()
        let shown = try await area.send(
            area.open("/sign-in").form("/sign-in").filled(["name": "yathuong", "password": Member.password]))
        #expect(!shown.through.contains("/account/second-step"), "\(shown.through)")
    }

    /// Every table with its rows.
    private func contents(_ database: Database) async throws -> [String: Set<[Value]>] {
        let names: SQL =
            database.engine.kind == .sqlite
            ? "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
            : """
            SELECT CAST(table_name AS TEXT) AS name FROM information_schema.tables
            WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' ORDER BY table_name
            """
        return try await database.read { reader in
            let tables = try reader.rows(names).map { try $0.text("name") }
            return try Dictionary(
                uniqueKeysWithValues: tables.map { table in
                    (table, Set(try reader.rows("SELECT * FROM \(SQL(kind: table))").map(\.values)))
                })
        }
    }
}
