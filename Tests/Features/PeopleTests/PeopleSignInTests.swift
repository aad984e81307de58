import Core
import Database
import Foundation
import TestKit
import Testing
@testable import People

@Suite("People: signing in", .databases) struct PeopleSignInTests {
    @Test(arguments: TestEngine.all)
    func theRightPasswordOpensTheBook(on engine: TestEngine) async throws {
        let town = try await PeopleTown(engine)
        try await town.add("Ya Thương", .frontWorkCommitteeHead, at: town.area)
        try await town.visit { door async throws in
            let browser = door.browser()
            #expect(try await browser.get("/account").location == "/sign-in?next=%2Faccount")
            // As people type it: with marks, spaces and capitals, the password in another Unicode form.
            let answer = try await browser.signIn("YA thương", PeopleTown.password.decomposedStringWithCanonicalMapping)
            #expect(answer.status == 303)
            #expect(answer.location == "/")
            let account = try await browser.get("/account")
            #expect(account.status == 200)
            #expect(account.text.contains("Ya Thương"))
            #expect(account.text.contains("Trưởng Ban Công tác Mặt trận"))
        }
    }

    @Test(arguments: TestEngine.all)
    func nextIsGoneOnToAndOnlyHere(on engine: TestEngine) async throws {
        let town = try await PeopleTown(engine)
        try await town.add("Ya Thương", .areaHead, at: town.area)
        try await town.visit { door async throws in
            let fields = ["name": "yathuong", "password": PeopleTown.password]
            let page = "/sign-in?next=%2Fareas%2F1%3Fq%3Da"
            #expect(try await door.browser().send(page, from: page, fields).location == "/areas/1?q=a")
            let foreign = "/sign-in?next=%2F%2Fother.example"
            #expect(try await door.browser().send(foreign, from: foreign, fields).location == "/")
        }
    }

    @Test(arguments: TestEngine.all)
    func aGuesserLearnsNothing(on engine: TestEngine) async throws {
        let town = try await PeopleTown(engine)
        try await town.add("Ya Thuong", .areaHead, at: town.area)
        try await town.add("Ka Thuong", .areaHead, at: town.area, password: nil)
        let closed = try await town.add("La Thuong", .areaHead, at: town.area)
        try await town.database.unattended(.seed) { tx in
            try PeopleAccountStore.setDisabled(tx.now, of: closed, tx)
            return Receipt()
        }
        try await town.visit { door async throws in
            // Known, unknown, never activated, closed with the right password.
            let tries = [
                ("yathuong", "sai mật khẩu"), ("xathuong", "sai mật khẩu"), ("kathuong", "sai mật khẩu"),
                ("lathuong", PeopleTown.password),
            ]
            var answers: [PeopleBrowser.Answer] = []
            for (name, password) in tries { answers.append(try await door.browser().signIn(name, password)) }
            for answer in answers {
                #expect(answer.status == 422)
                #expect(answer.text.utf8.count == answers[0].text.utf8.count)
                #expect(answer.text.contains("Tên đăng nhập hoặc mật khẩu chưa đúng"))
                #expect(!answer.cookies.contains { $0.hasPrefix("kieumau=") || $0.hasPrefix("kieumau-device=") })
                #expect(!answer.text.contains("sai mật khẩu"))
            }
        }
    }

    @Test(arguments: TestEngine.all)
    func theEleventhGuessIsNotLookedAt(on engine: TestEngine) async throws {
        let town = try await PeopleTown(engine)
        try await town.add("Ya Thương", .areaHead, at: town.area)
        let known = PeopleBox<String>()
        try await town.visit { door async throws in
            let own = door.browser(from: "203.0.113.1")
            #expect(try await own.signIn("yathuong").status == 303)
            known.value = own.cookies["kieumau-device"]
            for count in 1...10 {
                let guesser = door.browser(from: "203.0.113.\(100 + count)")
                #expect(try await guesser.signIn("yathuong", "đoán lần thứ \(count)").status == 422)
            }
            let refused = try await door.browser(from: "203.0.113.99").signIn("yathuong")
            #expect(refused.status == 429)
            #expect(refused.text.contains("Chờ đến"))
        }
        // A restart gives nobody more.
        try town.test.reopen()
        try await town.visit { door async throws in
            #expect(try await door.browser(from: "203.0.113.98").signIn("yathuong").status == 429)
            // A name that does not exist is counted the same way.
            for count in 1...11 {
                let answer = try await door.browser(from: "203.0.114.\(count)").signIn("khongcoai", "đoán \(count)")
                #expect(answer.status == (count <= 10 ? 422 : 429))
            }
            // Whoever signed in from this browser before is not kept out by any of it.
            let own = door.browser(from: "203.0.113.98")
            own.put("kieumau-device", known.value)
            #expect(try await own.signIn("yathuong").status == 303)
            town.clock.advance(by: .minutes(17))
            #expect(try await door.browser(from: "203.0.113.97").signIn("yathuong").status == 303)
        }
    }

    @Test(arguments: TestEngine.all)
    func oneAddressMayGuessAHundredTimes(on engine: TestEngine) async throws {
        let town = try await PeopleTown(engine)
        try await town.add("Ya Thương", .areaHead, at: town.area)
        try await town.visit { door async throws in
            for count in 1...100 {
                let answer = try await door.browser(from: "203.0.113.5").signIn("ten\(count)", "cùng một mật khẩu")
                #expect(answer.status == 422)
            }
            #expect(try await door.browser(from: "203.0.113.5").signIn("yathuong").status == 429)
            #expect(try await door.browser(from: "203.0.113.6").signIn("yathuong").status == 303)
        }
    }

    @Test(arguments: TestEngine.all)
    func rightPasswordsAreNotCounted(on engine: TestEngine) async throws {
        let town = try await PeopleTown(engine)
        try await town.add("Ya Thương", .areaHead, at: town.area)
        try await town.visit { door async throws in
            for _ in 1...14 { #expect(try await door.browser(from: "203.0.113.5").signIn("yathuong").status == 303) }
        }
    }

    @Test(arguments: TestEngine.all)
    func thePasswordIsKeptSlowAndTheTokensNotAtAll(on engine: TestEngine) async throws {
        let town = try await PeopleTown(engine)
        try await town.add("Ya Thương", .areaHead, at: town.area)
        try await town.visit { door async throws in
            let browser = door.browser()
            _ = try await browser.signIn("yathuong")
            let token = try #require(browser.session)
            let device = try #require(browser.cookies["kieumau-device"])
            #expect(token.count == 64)
            let kept = try await town.database.read { reader in
                var all = ""
                let queries: [SQL] = [
                    "SELECT * FROM session", "SELECT * FROM known_device", "SELECT * FROM account",
                    "SELECT * FROM audit",
                    "SELECT * FROM operation", "SELECT * FROM attempt",
                ]
                for query in queries { for row in try reader.rows(query) { all += "\(row)\n" } }
                return all
            }
            #expect(!kept.contains(token) && !kept.contains(device) && !kept.contains(PeopleTown.password))
            #expect(kept.contains("scrypt$6$8$1$"))
        }
    }

    @Test func aHashMadeWithLessIsRenewed() async throws {
        let passwords = PeoplePasswords(cost: 5)
        let weak = try passwords.hash("một câu ngắn", salt: Array(repeating: 7, count: 16))
        let strong = PeoplePasswords(cost: 6)
        #expect(try strong.holds("một câu ngắn", for: weak))
        #expect(try !strong.holds("một câu dài", for: weak))
        #expect(strong.isOutdated(weak) && !passwords.isOutdated(weak))
        #expect(try !strong.holds("", for: nil))
        #expect(try !strong.holds("x", for: "scrypt$60$8$1$00$00"))
        #expect(try !strong.holds("x", for: "not a hash"))
    }

    @Test func inServiceAHashTakesAHundredMebibytes() {
        #expect(PeoplePasswords().cost == 17)
    }

    @Test(arguments: TestEngine.all)
    func overHTTPSCookiesAreBoundToIt(on engine: TestEngine) async throws {
        let town = try await PeopleTown(engine)
        try await town.add("Ya Thương", .areaHead, at: town.area)
        try await town.visit(isSecure: true) { door async throws in
            let answer = try await door.browser().signIn("yathuong", own: true)
            let cookies = answer.cookies.filter { $0.hasPrefix("__Host-kieumau") }
            #expect(cookies.count == 2)
            #expect(
                cookies.allSatisfy { $0.contains("Secure") && $0.contains("HttpOnly") && $0.contains("SameSite=Lax") })
            #expect(cookies.contains { $0.hasPrefix("__Host-kieumau=") && $0.contains("Max-Age=2592000") })
        }
    }
}

/// Carries a value out of a story.
final class PeopleBox<Value: Sendable>: @unchecked Sendable {
    var value: Value?
}
