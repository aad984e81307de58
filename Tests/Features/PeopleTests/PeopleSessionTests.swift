import Core
import Database
import Foundation
import TestKit
import Testing
@testable import People

@Suite("People: sessions", .databases) struct PeopleSessionTests {
    private func town(_ engine: TestEngine) async throws -> PeopleTown {
        let town = try await PeopleTown(engine)
        try await town.add("Ya Thương", .frontWorkCommitteeHead, at: town.area)
        return town
    }

    @Test(arguments: TestEngine.all)
    func aTokenPlantedBeforeIsWorthNothing(on engine: TestEngine) async throws {
        try await town(engine).visit { door async throws in
            let planted = String(repeating: "ab", count: 32)
            let browser = door.browser()
            browser.put("kieumau", planted)
            #expect(try await browser.signIn("yathuong").status == 303)
            let first = try #require(browser.session)
            #expect(first != planted)
            let thief = door.browser()
            thief.put("kieumau", planted)
            #expect(try await thief.get("/account").status == 303)
            // Signing in again gives another token and ends the first.
            #expect(try await browser.signIn("yathuong").status == 303)
            #expect(browser.session != first)
            thief.put("kieumau", first)
            #expect(try await thief.get("/account").status == 303)
        }
    }

    @Test(arguments: TestEngine.all)
    func signingOutEndsTheSession(on engine: TestEngine) async throws {
        try await town(engine).visit { door async throws in
            let browser = door.browser()
            _ = try await browser.signIn("yathuong")
            let token = browser.session
            let answer = try await browser.send("/sign-out", from: "/account")
            #expect(answer.location == "/sign-in")
            #expect(browser.session == nil)
            browser.put("kieumau", token)
            #expect(try await browser.get("/account").status == 303)
        }
    }

    @Test(arguments: TestEngine.all)
    func aClosedAccountIsOutAtOnce(on engine: TestEngine) async throws {
        let town = try await PeopleTown(engine)
        let person = try await town.add("Ya Thương", .areaHead, at: town.area)
        try await town.add("Ka Hương", .communeFrontChair, at: town.commune)
        try await town.visit { door async throws in
            let head = door.browser()
            let officer = door.browser()
            _ = try await head.signIn("yathuong")
            _ = try await officer.signIn("kahuong")
            let answer = try await officer.send("/people/\(person)/disabling", from: "/people/\(person)")
            #expect(answer.location == "/people/\(person)")
            #expect(try await head.get("/account").status == 303)
            #expect(try await head.signIn("yathuong").status == 422)
            // Opening it again brings no session back.
            _ = try await officer.send("/people/\(person)/enabling", from: "/people/\(person)")
            #expect(try await head.get("/account").status == 303)
            #expect(try await head.signIn("yathuong").status == 303)
        }
    }

    @Test(arguments: TestEngine.all)
    func aSharedBrowserIsSignedOutWhenLeftAlone(on engine: TestEngine) async throws {
        let town = try await town(engine)
        try await town.visit { door async throws in
            let browser = door.browser()
            _ = try await browser.signIn("yathuong")
            town.clock.advance(by: .minutes(29))
            #expect(try await browser.get("/account").status == 200)
            town.clock.advance(by: .minutes(61))
            #expect(try await browser.get("/account").status == 303)
        }
    }

    @Test(arguments: TestEngine.all)
    func whoReadsOnStaysSignedIn(on engine: TestEngine) async throws {
        let town = try await town(engine)
        try await town.visit { door async throws in
            let browser = door.browser()
            _ = try await browser.signIn("yathuong")
            for _ in 1...4 {
                town.clock.advance(by: .minutes(20))
                #expect(try await browser.get("/account").status == 200)
                // The note of when it was last used is written behind the request.
                try await eventually {
                    let last = try await town.database.read { reader in
                        try reader.one("SELECT max(last_seen_at) AS seen FROM session").instant("seen")
                    }
                    return last == town.clock.now
                }
            }
        }
        let audited = try await town.database.read { reader in
            try reader.one("SELECT count(*) AS n FROM audit WHERE act = 'unattended.presence'").integer("n")
        }
        #expect(audited == 0)
    }

    /// What happens behind a request comes when the machine has time for it: the bound only ends a test that hangs.
    private func eventually(_ holds: () async throws -> Bool) async throws {
        for _ in 1...12_000 {
            if try await holds() { return }
            try await Task.sleep(for: .milliseconds(10))
        }
        Issue.record("it did not come to hold")
    }

    @Test(arguments: TestEngine.all)
    func onOnesOwnDeviceItLastsThirtyDaysAndNeverMoreThanNinety(on engine: TestEngine) async throws {
        let town = try await town(engine)
        try await town.visit { door async throws in
            let browser = door.browser()
            let answer = try await browser.signIn("yathuong", own: true)
            #expect(answer.cookies.contains { $0.hasPrefix("kieumau=") && $0.contains("Max-Age=2592000") })
            for days in [29, 29, 29] {
                town.clock.advance(by: .days(days))
                #expect(try await browser.get("/account").status == 200)
                try await eventually {
                    try await town.database.read { reader in
                        try reader.one("SELECT max(last_seen_at) AS seen FROM session").instant("seen")
                    } == town.clock.now
                }
            }
            town.clock.advance(by: .days(3))
            #expect(try await browser.get("/account").status == 303)
        }
    }

    @Test(arguments: TestEngine.all)
    func anotherPasswordEndsTheOtherSessionsAndKeepsThisOne(on engine: TestEngine) async throws {
        let town = try await town(engine)
        try await town.visit { door async throws in
            let own = door.browser()
            let other = door.browser()
            _ = try await own.signIn("yathuong")
            _ = try await other.signIn("yathuong")
            let new = "cầu gỗ bắc qua suối"
            let wrong = ["current": "không phải nó", "password": new, "again": new]
            let refused = try await own.send("/account/password", from: "/account", wrong)
            #expect(refused.status == 422)
            #expect(refused.text.contains("Mật khẩu đang dùng chưa đúng"))
            let name = ["current": PeopleTown.password, "password": "yathuong1", "again": "yathuong1"]
            #expect(try await own.send("/account/password", from: "/account", name).status == 422)
            let right = ["current": PeopleTown.password, "password": new, "again": new]
            #expect(try await own.send("/account/password", from: "/account", right).location == "/account")
            #expect(try await own.get("/account").status == 200)
            #expect(try await other.get("/account").status == 303)
            #expect(try await other.signIn("yathuong").status == 422)
            #expect(try await other.signIn("yathuong", new).status == 303)
        }
    }

    @Test(arguments: TestEngine.all)
    func oneSeesOnesDevicesAndSignsThemOut(on engine: TestEngine) async throws {
        let town = try await town(engine)
        let stranger = try await town.add("Lê Thị Hoa", .areaHead, at: town.secondArea)
        try await town.visit { door async throws in
            let phone = door.browser()
            let office = door.browser()
            office.agent = "Mozilla/5.0 (Windows NT 10.0) coc_coc_browser/100 Chrome/94"
            _ = try await phone.signIn("yathuong")
            _ = try await office.signIn("yathuong")
            let page = try await phone.get("/account").text
            #expect(page.contains("Cốc Cốc, máy tính Windows"))
            #expect(page.contains("Chrome, điện thoại Android (máy đang dùng)"))
            let sessions = try await town.database.read { reader in
                try reader.rows("SELECT id, device FROM session ORDER BY created_at, id").map {
                    (try $0.id("id"), try $0.text("device"))
                }
            }
            let theirs = try #require(sessions.first { $0.1.hasPrefix("coccoc") }).0
            // Somebody else's session is not there for one.
            let other = door.browser()
            _ = try await other.signIn("lethihoa")
            #expect(try await other.send("/account/sessions/\(theirs)/sign-out", from: "/account").status == 404)
            #expect(try await office.get("/account").status == 200)
            #expect(
                try await phone.send("/account/sessions/\(theirs)/sign-out", from: "/account").location == "/account")
            #expect(try await office.get("/account").status == 303)
            _ = try await office.signIn("yathuong")
            _ = try await phone.send("/account/sessions/sign-out", from: "/account")
            #expect(try await office.get("/account").status == 303)
            #expect(try await phone.get("/account").status == 200)
            #expect(try await other.get("/account").status == 200)
        }
        _ = stranger
    }

    @Test(arguments: TestEngine.all)
    func aRequestAsksTwiceWhoItIs(on engine: TestEngine) async throws {
        let town = try await PeopleTown(engine)
        let person = try await town.add("Ya Thương", .frontWorkCommitteeHead, at: town.area)
        let token = try await town.database.unattended(
            .seed,
            giving: { tx in
                try PeopleStore.openSession(person, now: tx.now, tx)
            })
        let now = town.clock.now
        let (found, count) = try await town.database.read { reader in
            let counting = PeopleCountingReader(reader)
            return (try PeopleSessions.lookup(token, now, counting), counting.count)
        }
        let signedIn = try #require(found)
        #expect(count == 2)
        #expect(signedIn.actor.person == person)
        #expect(signedIn.actor.grants.map(\.role) == [.frontWorkCommitteeHead])
        #expect(signedIn.organisation == "Mặt trận Gia Hòa")
        #expect(try await town.database.read { try PeopleSessions.lookup("nonsense", now, $0) } == nil)
        #expect(
            try await town.database.read { try PeopleSessions.lookup(String(repeating: "0", count: 64), now, $0) }
                == nil)
    }

    @Test(arguments: TestEngine.all)
    func aSessionOfAClosedAccountIsNotFoundEvenIfItWasNotEnded(on engine: TestEngine) async throws {
        let town = try await PeopleTown(engine)
        let person = try await town.add("Ya Thương", .areaHead, at: town.area)
        let token = try await town.database.unattended(
            .seed,
            giving: { tx in
                let token = try PeopleStore.openSession(person, now: tx.now, tx)
                try PeopleAccountStore.setDisabled(tx.now, of: person, tx)
                return token
            })
        let now = town.clock.now
        let found = try await town.database.read { try PeopleSessions.lookup(token, now, $0)?.actor.person }
        #expect(found == nil)
    }

    @Test(arguments: TestEngine.all)
    func aRoleGrantsInItsTermOnly(on engine: TestEngine) async throws {
        let town = try await PeopleTown(engine)
        let person = try await town.add("Ya Thương", .areaHead, at: town.area, from: "2026-01-01", until: "2026-11-11")
        let token = try await town.database.unattended(
            .seed,
            giving: { tx in
                try PeopleStore.openSession(person, now: tx.now, tx)
            })
        for (day, count) in [("2026-11-10", 1), ("2026-11-11", 0), ("2025-12-31", 0)] {
            let now = try #require(Day(iso: day)).start
            let grants = try await town.database.read { try PeopleSessions.lookup(token, now, $0)?.actor.grants.count }
            #expect(grants == count, "\(day)")
        }
    }
}

/// Counts what is asked.
final class PeopleCountingReader: Reader {
    private let reader: any Reader
    private(set) var count = 0

    init(_ reader: any Reader) { self.reader = reader }

    func rows(_ sql: SQL) throws -> [Row] {
        count += 1
        return try reader.rows(sql)
    }
}
