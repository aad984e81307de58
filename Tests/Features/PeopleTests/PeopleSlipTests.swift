import Core
import Database
import Foundation
import TestKit
import Testing
@testable import People

@Suite("People: activation slips", .databases) struct PeopleSlipTests {
    private let new = "cầu gỗ bắc qua suối"

    private struct Story: Sendable {
        let town: PeopleTown
        let person: ID

        init(_ engine: TestEngine) async throws {
            town = try await PeopleTown(engine)
            person = try await town.add("Đinh Công Sáu", .areaHead, at: town.area, password: nil)
            try await town.add("Ka Hương", .communeFrontChair, at: town.commune)
        }

        /// The officer makes a slip; answers the code as printed.
        func slip(_ officer: PeopleBrowser) async throws -> String {
            let page = try await officer.send("/people/\(person)/slip", from: "/people/\(person)")
            #expect(page.status == 200)
            #expect(page.text.contains("https://kieumau.example"))
            #expect(page.text.contains("dinhcongsau"))
            return String(try #require(page.text.firstMatch(of: /[2-9A-Z]{5}-[2-9A-Z]{5}/)).output)
        }
    }

    private func activation(_ code: String, _ password: String? = nil) -> [String: String] {
        ["code": code, "password": password ?? new, "again": password ?? new, "ownDevice": "on"]
    }

    @Test(arguments: TestEngine.all)
    func aSlipBecomesAPasswordOnce(on engine: TestEngine) async throws {
        let story = try await Story(engine)
        try await story.town.visit { door async throws in
            let officer = door.browser()
            _ = try await officer.signIn("kahuong")
            let code = try await story.slip(officer)
            let phone = door.browser()
            let typed = code.lowercased().replacing("-", with: " ")
            let answer = try await phone.send("/activation", from: "/activation", activation(typed))
            #expect(answer.location == "/")
            #expect(try await phone.get("/account").text.contains("Đinh Công Sáu"))
            let again = try await door.browser().send("/activation", from: "/activation", activation(code))
            #expect(again.status == 422)
            #expect(again.text.contains("Mã này không dùng được"))
            #expect(try await door.browser().signIn("Đinh Công Sáu", new).status == 303)
            #expect(try await officer.get("/people/\(story.person)").text.contains("Đang dùng"))
        }
    }

    @Test func whatIsWrongIsToldInTheOrderOfTheFields() async throws {
        let story = try await Story(.sqlite)
        try await story.town.visit { door async throws in
            let answer = try await door.browser().send(
                "/activation", from: "/activation", ["code": "ABC", "password": "123", "again": "124"])
            #expect(answer.status == 422)
            let places = ["#code", "#password", "#again"].map {
                answer.text.firstRange(of: "href=\"\($0)\"")?.lowerBound
            }
            let told = places.compactMap(\.self)
            #expect(told.count == 3 && told == told.sorted(), "the summary begins at the first field")
        }
    }

    @Test(arguments: TestEngine.all)
    func aSlipIsTooOldAfterAWeek(on engine: TestEngine) async throws {
        let story = try await Story(engine)
        try await story.town.visit { door async throws in
            let officer = door.browser()
            _ = try await officer.signIn("kahuong")
            let code = try await story.slip(officer)
            story.town.clock.advance(by: .days(7))
            #expect(try await door.browser().send("/activation", from: "/activation", activation(code)).status == 422)
        }
    }

    @Test(arguments: TestEngine.all)
    func aNewSlipEndsTheOldOne(on engine: TestEngine) async throws {
        let story = try await Story(engine)
        try await story.town.visit { door async throws in
            let officer = door.browser()
            _ = try await officer.signIn("kahuong")
            let first = try await story.slip(officer)
            story.town.clock.advance(by: .minutes(1))
            let second = try await story.slip(officer)
            #expect(first != second)
            #expect(try await door.browser().send("/activation", from: "/activation", activation(first)).status == 422)
            #expect(
                try await door.browser().send("/activation", from: "/activation", activation(second)).location == "/")
        }
    }

    @Test(arguments: TestEngine.all)
    func aWeakPasswordDoesNotUseTheSlipUp(on engine: TestEngine) async throws {
        let story = try await Story(engine)
        try await story.town.visit { door async throws in
            let officer = door.browser()
            _ = try await officer.signIn("kahuong")
            let code = try await story.slip(officer)
            let phone = door.browser()
            for weak in ["ngan", "dinhcongsau", "sau19650101", "12345678"] {
                #expect(
                    try await phone.send("/activation", from: "/activation", activation(code, weak)).status == 422,
                    "\(weak)")
            }
            var unlike = activation(code)
            unlike["again"] = "khác hẳn"
            #expect(try await phone.send("/activation", from: "/activation", unlike).status == 422)
            #expect(try await phone.send("/activation", from: "/activation", activation(code)).location == "/")
        }
    }

    @Test(arguments: TestEngine.all)
    func aSlipForALostPasswordEndsEverySession(on engine: TestEngine) async throws {
        let story = try await Story(engine)
        try await story.town.visit { door async throws in
            let officer = door.browser()
            _ = try await officer.signIn("kahuong")
            let first = try await story.slip(officer)
            let old = door.browser()
            _ = try await old.send("/activation", from: "/activation", activation(first))
            let second = try await story.slip(officer)
            // Making it changes nothing yet.
            #expect(try await old.get("/account").status == 200)
            _ = try await door.browser().send(
                "/activation", from: "/activation", activation(second, "mưa rơi trên đồi thông"))
            #expect(try await old.get("/account").status == 303)
            #expect(try await door.browser().signIn("dinhcongsau", new).status == 422)
        }
    }

    @Test(arguments: TestEngine.all)
    func aDoublePressShowsTheCodeOnce(on engine: TestEngine) async throws {
        let story = try await Story(engine)
        try await story.town.visit { door async throws in
            let officer = door.browser()
            _ = try await officer.signIn("kahuong")
            let page = try await officer.get("/people/\(story.person)").text
            var fields: [String: String] = [:]
            for name in ["csrf", "operation"] {
                let start = try #require(page.range(of: "name=\"\(name)\" value=\""))
                fields[name] = String(page[start.upperBound...].prefix { $0 != "\"" })
            }
            let first = try await officer.post("/people/\(story.person)/slip", fields)
            let second = try await officer.post("/people/\(story.person)/slip", fields)
            let code = try #require(first.text.firstMatch(of: /[2-9A-Z]{5}-[2-9A-Z]{5}/)).output
            #expect(second.text.firstMatch(of: /[2-9A-Z]{5}-[2-9A-Z]{5}/) == nil)
            #expect(second.text.contains("Mã chỉ hiện một lần"))
            // The code that was shown is the one that holds.
            #expect(
                try await door.browser().send("/activation", from: "/activation", activation(String(code))).location
                    == "/")
        }
    }

    @Test(arguments: TestEngine.all)
    func slipsAreNotGuessed(on engine: TestEngine) async throws {
        let story = try await Story(engine)
        try await story.town.visit { door async throws in
            for count in 0..<101 {
                let code = PeopleSlipCode(.repeating(from: UInt64(1_000 + count))).text
                let browser = door.browser(from: "203.0.113.9")
                let answer = try await browser.send("/activation", from: "/activation", activation(code))
                #expect(answer.status == (count < 100 ? 422 : 429))
            }
        }
    }

    @Test(arguments: TestEngine.all)
    func theCodeIsNowhereInTheDatabase(on engine: TestEngine) async throws {
        let story = try await Story(engine)
        try await story.town.visit { door async throws in
            let officer = door.browser()
            _ = try await officer.signIn("kahuong")
            let code = try await story.slip(officer)
            let kept = try await story.town.database.read { reader in
                var all = ""
                let queries: [SQL] = [
                    "SELECT * FROM activation_slip", "SELECT * FROM audit", "SELECT * FROM operation",
                ]
                for query in queries { for row in try reader.rows(query) { all += "\(row)\n" } }
                return all
            }
            #expect(!kept.contains(code) && !kept.contains(code.replacing("-", with: "")))
            #expect(kept.contains("account.issueSlip"))
        }
    }
}
