import Core
import Database
import Foundation
import Synchronization
import TestKit
import Testing
@testable import People

@Suite("People: the demonstration, roles and languages", .databases) struct PeopleDemonstrationTests {
    private func town(_ engine: TestEngine, isMarked: Bool = true) async throws -> PeopleTown {
        let town = try await PeopleTown(engine)
        try await town.add("Ya Thương", .frontWorkCommitteeHead, at: town.area)
        try await town.add("Ka Hương", .communeFrontChair, at: town.commune)
        if isMarked {
            try await town.database.unattended(.seed) { tx in
                try tx.execute("INSERT INTO installation (name, value) VALUES ('demonstration', 'yes')")
                return Receipt()
            }
        }
        return town
    }

    @Test(arguments: TestEngine.all)
    func oneOfTheCastIsChosen(on engine: TestEngine) async throws {
        try await town(engine).visit { door async throws in
            let browser = door.browser()
            let page = try await browser.get("/demonstration/people?q=thuong").text
            let link = try #require(page.firstMatch(of: /action="(\/demonstration\/enter\/[^"]+)"/)).output.1
            #expect(try await browser.get(String(link)).text.contains("Ya Thương"))
            #expect(try await browser.send(String(link), from: String(link)).location == "/")
            #expect(try await browser.get("/account").text.contains("Ya Thương"))
            // Once.
            let other = door.browser()
            #expect(try await other.get(String(link)).status == 404)
            #expect(try await other.send(String(link), from: "/sign-in").status == 404)
            // And not with another name in it.
            let forged = String(link).replacing(/enter\/[0-9a-f]{8}/, with: "enter/00000000")
            #expect(try await other.get(forged).status == 404)
        }
    }

    @Test(arguments: TestEngine.all)
    func fromAnotherMachineNobodyEnters(on engine: TestEngine) async throws {
        try await town(engine).visit { door async throws in
            let page = try await door.browser().get("/demonstration/people").text
            let link = String(try #require(page.firstMatch(of: /action="(\/demonstration\/enter\/[^"]+)"/)).output.1)
            let elsewhere = door.browser(from: "203.0.113.4")
            let seen = try await elsewhere.get("/demonstration/people")
            #expect(seen.status == 200)
            #expect(!seen.text.contains("/demonstration/enter/"))
            #expect(try await elsewhere.get(link).status == 404)
            #expect(try await elsewhere.send(link, from: "/sign-in").status == 404)
        }
    }

    @Test(arguments: TestEngine.all)
    func anOfficeHasNoneOfIt(on engine: TestEngine) async throws {
        try await town(engine, isMarked: false).visit { door async throws in
            let browser = door.browser()
            #expect(try await browser.get("/demonstration/people").status == 404)
            #expect(try await browser.get("/demonstration/day").status == 404)
            #expect(try await browser.send("/demonstration/day", from: "/sign-in", ["day": "18/11/2026"]).status == 404)
        }
    }

    @Test(arguments: TestEngine.all)
    func theDayIsMovedAndNobodyIsSignedOut(on engine: TestEngine) async throws {
        let town = try await town(engine)
        let moved = Mutex<[Day]>([])
        let clock = town.clock
        try await town.visit(moveDay: { day in
            moved.withLock { $0.append(day) }
            clock.move(to: day)
        }) { door async throws in
            let browser = door.browser()
            _ = try await browser.signIn("yathuong")
            let answer = try await browser.send("/demonstration/day", from: "/demonstration/day", ["day": "18/11/2026"])
            #expect(answer.status == 303)
            #expect(clock.today == Day(iso: "2026-11-18"))
            #expect(try await browser.get("/account").status == 200)
            #expect(
                try await browser.send("/demonstration/day", from: "/demonstration/day", ["day": "1/1/1999"]).status
                    == 422)
        }
        #expect(moved.withLock { $0 } == [try #require(Day(iso: "2026-11-18"))])
        let kept = try await town.database.read { reader in
            try reader.one("SELECT value FROM installation WHERE name = 'demonstration_day'").text("value")
        }
        #expect(kept == "2026-11-18")
    }

    @Test func everyRoleSaysWhatItMayDo() async throws {
        try await town(.sqlite).visit { door async throws in
            let browser = door.browser()
            let all = try await browser.get("/roles").text
            #expect(all.contains("Trưởng thôn, tổ trưởng tổ dân phố"))
            for role in Role.allCases {
                let page = try await browser.get("/roles/\(role.rawValue)")
                #expect(page.status == 200)
                #expect(!page.text.contains("capability.") && !page.text.contains("role.\(role.rawValue)"))
                #expect(page.text.components(separatedBy: "<li>").count > role.capabilities.count)
            }
            #expect(try await browser.get("/roles/nothing").status == 404)
        }
    }

    @Test func theLanguageIsTheReadersChoice() async throws {
        try await town(.sqlite).visit { door async throws in
            let browser = door.browser()
            let answer = try await browser.get("/language/en?back=%2Fsign-in%3Fnext%3D%252Fa")
            #expect(answer.status == 303)
            #expect(answer.location == "/sign-in?next=%2Fa")
            #expect(try await browser.get("/sign-in").text.contains("Forgotten the password"))
            #expect(try await browser.get("/language/en?back=https%3A%2F%2Fother.example").location == "/")
            #expect(try await browser.get("/language/xx").status == 404)
        }
    }
}
