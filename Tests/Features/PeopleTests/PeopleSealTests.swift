import Core
import Database
import Foundation
import TestKit
import Testing
@testable import People

@Suite("People: what seals the telephones' secrets") struct PeopleSealTests {
    private let me = ID(high: 1, low: 1)
    private let seal = PeopleSeal(key: Array(repeating: 7, count: 32))
    private let nonce = Array(UInt8(0)..<12)

    @Test func whatIsSealedIsReadByTheSameKeyForTheSamePersonOnly() throws {
        let sealed = try seal.sealed(PeopleTown.secret, of: me, nonce: nonce)
        #expect(sealed.count == 48)
        #expect(seal.opened(sealed, of: me) == PeopleTown.secret)
        #expect(seal.opened(sealed, of: ID(high: 1, low: 2)) == nil, "moved into another account's row")
        #expect(PeopleSeal(key: Array(repeating: 8, count: 32)).opened(sealed, of: me) == nil)
        #expect(PeopleSeal.missing.opened(sealed, of: me) == nil)
        for index in sealed.indices {
            var altered = sealed
            altered[index] ^= 1
            #expect(seal.opened(altered, of: me) == nil, "byte \(index)")
        }
        #expect(seal.opened(PeopleTown.secret, of: me) == nil, "never sealed")
        #expect(seal.opened([], of: me) == nil)
    }

    @Test func withoutAKeyNothingIsSealed() {
        for key in [0, 16, 31, 33] {
            let seal = PeopleSeal(key: Array(repeating: 7, count: key))
            #expect(seal.isMissing)
            #expect(throws: Refusal.self) { try seal.sealed(PeopleTown.secret, of: me, nonce: nonce) }
        }
    }
}

@Suite("People: secrets in the database", .databases) struct PeopleSealedSecretTests {
    /// Everything the engine keeps of the table: on SQLite the files, on PostgreSQL the rows.
    private func kept(_ town: PeopleTown) async throws -> [UInt8] {
        let rows = try await town.database.read {
            try $0.rows("SELECT secret FROM totp").map { try $0.bytes("secret") }
        }
        guard town.test.engine == .sqlite else { return rows.flatMap(\.self) }
        let path = town.test.address[1]
        return ["", "-wal"].flatMap { FileManager.default.contents(atPath: path + $0).map(Array.init) ?? [] }
    }

    private func holds(_ bytes: [UInt8], _ sought: [UInt8]) -> Bool {
        Data(bytes).range(of: Data(sought)) != nil
    }

    @Test(arguments: TestEngine.all)
    func aCopyOfTheDatabaseTellsNoSecret(on engine: TestEngine) async throws {
        let town = try await PeopleTown(engine)
        let me = try await town.add("Phan Minh Châu", .steeringOffice, at: town.province)
        #expect(try await !holds(kept(town), PeopleTown.secret))
        // Control: kept as it was kept before, it is found; and the next start of the server seals it.
        try await town.database.unattended(.seed) { tx in
            try tx.execute("UPDATE totp SET secret = \(PeopleTown.secret) WHERE person_id = \(me)")
            return Receipt()
        }
        #expect(try await holds(kept(town), PeopleTown.secret))
        #expect(try await PeopleStore.sealSecrets(.missing, town.test.world.secrets, town.database) == 0)
        let secrets = town.test.world.secrets
        #expect(try await PeopleStore.sealSecrets(TestSite.seal, secrets, town.database) == 1)
        #expect(try await PeopleStore.sealSecrets(TestSite.seal, secrets, town.database) == 0)
        let row = try await town.database.read { try $0.one("SELECT secret FROM totp WHERE person_id = \(me)") }
        #expect(try TestSite.seal.opened(row.bytes("secret"), of: me) == PeopleTown.secret)
        try await town.visit { door async throws in
            #expect(try await door.browser().signIn("phanminhchau").location == "/", "the telephone goes on as it was")
        }
    }

    @Test(arguments: TestEngine.all)
    func withoutTheKeyTheSheetStillOpens(on engine: TestEngine) async throws {
        let town = try await PeopleTown(engine)
        let me = try await town.add("Phan Minh Châu", .steeringOffice, at: town.province)
        let code = try #require(PeopleSlipCode(typed: "K7P4M-2XQ9H"))
        let hash = try PeopleTown.passwords.recoveryHash(code, of: me)
        try await town.database.unattended(.seed) { tx in
            try PeopleSecondStepStore.setRecoveryCodes([hash], of: me, tx)
            return Receipt()
        }
        #expect(try await town.database.read { try PeopleStore.holdsSealedSecrets($0) })
        try await town.visit(seal: .missing) { door async throws in
            let browser = door.browser()
            #expect(try await browser.signIn("phanminhchau", passingStep: false).location == "/sign-in/code")
            let refused = try await browser.giveCode()
            #expect(refused.status == 422 && refused.text.contains("thiếu tệp khóa"), "\(refused.status)")
            #expect(try await browser.giveCode(code.text).location == "/")
            #expect(try await browser.get("/account").status == 200)
        }
        // Nothing can be set up meanwhile, and it is said why.
        try await town.add("Ya Thương", .areaHead, at: town.area)
        try await town.visit(seal: .missing) { door async throws in
            let browser = door.browser()
            _ = try await browser.signIn("yathuong")
            let page = "/account/second-step"
            let refused = try await browser.send(page + "/beginning", from: page)
            #expect(refused.status == 409 && refused.text.contains("thiếu tệp khóa"))
        }
    }
}
