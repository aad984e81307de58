import Core
import Database
import TestKit
import Testing
@testable import People

/// People.md rule 15: everyone sees what is recorded about them, who looked, when and why; asks for correction; is
/// answered within two working days.
@Suite("People: who looked, and what is put right", .databases) struct PeopleKnownTests {
    @Test(arguments: TestEngine.all)
    func everyLookIsSeenByWhomItConcerns(on engine: TestEngine) async throws {
        let town = try await PeopleTown(engine)
        let me = try await town.add("Ya Thương", .areaHead, at: town.area)
        try await town.add("Ka Hương", .communeFrontChair, at: town.commune)
        try await town.add("Lê Văn Xa", .areaHead, at: town.otherArea)
        try await town.visit { door async throws in
            let own = door.browser()
            _ = try await own.signIn("yathuong", own: true)
            #expect(try await own.get("/account").text.contains("Chưa ai xem."))
            let officer = door.browser()
            _ = try await officer.signIn("kahuong")
            for _ in 1...3 { _ = try await officer.get("/people/\(me)") }
            let seen = try await own.get("/account").text
            #expect(!seen.contains("Chưa ai xem."))
            #expect(seen.contains("Ka Hương</b> <span>Chủ tịch Mặt trận xã</span>"))
            // Who may not look leaves nothing, and sees nothing.
            let stranger = door.browser()
            _ = try await stranger.signIn("levanxa")
            #expect(try await stranger.get("/people/\(me)").status == 403)
        }
        let looks = try await town.database.read { reader in
            try reader.one("SELECT count(*) AS n FROM person_view").integer("n")
        }
        #expect(looks == 1, "three looks within an hour are one")
    }

    @Test(arguments: TestEngine.all)
    func whatIsWrongIsPutRightWithinTwoWorkingDays(on engine: TestEngine) async throws {
        let town = try await PeopleTown(engine)
        // A Friday: two working days reach over the weekend to Tuesday.
        town.clock.move(to: try #require(Day(iso: "2026-11-13")))
        let me = try await town.add("Ya Thương", .areaHead, at: town.area)
        let chair = try await town.add("Ka Hương", .communeFrontChair, at: town.commune)
        try await town.add("Mai Sương Đêm", .communeFrontChair, at: town.otherCommune)
        try await town.visit { door async throws in
            let own = door.browser()
            _ = try await own.signIn("yathuong", own: true)
            let page = "/account/corrections"
            #expect(try await own.get(page).text.contains("chậm nhất 17/11/2026"))
            #expect(try await own.send(page, from: page, ["text": "Năm sinh đúng là 1968."]).location == page)
            let officer = door.browser()
            _ = try await officer.signIn("kahuong", own: true)
            let list = try await officer.get("/corrections").text
            #expect(list.contains("Năm sinh đúng là 1968."))
            let link = String(try #require(list.firstMatch(of: /href="(\/corrections\/[0-9a-f-]+)"/)).output.1)
            let elsewhere = door.browser()
            _ = try await elsewhere.signIn("maisuongdem")
            #expect(try await elsewhere.get(link).status == 404)
            #expect(try await own.get(link).status == 403)
            // The clock is seen by both; a day late it says so.
            town.clock.move(to: try #require(Day(iso: "2026-11-18")))
            #expect(try await officer.get("/corrections").text.contains("s-late"))
            let fields = ["outcome": "kept", "birthYear": "1968", "answer": "Đã xem giấy tờ."]
            #expect(try await officer.send(link, from: link, fields).status == 422, "changed is not kept")
            let right = fields.merging(["outcome": "corrected"]) { $1 }
            #expect(try await officer.send(link, from: link, right).location == "/corrections")
            #expect(try await officer.send(link, from: "/account", right).status == 409)
            let account = try await own.get("/account").text
            #expect(account.contains("1968"))
            #expect(try await own.get(page).text.contains("Đã xem giấy tờ."))
        }
        _ = (me, chair)
    }

    @Test(arguments: TestEngine.all)
    func nobodyAnswersTheirOwnAndHomeLearnsOfTheRest(on engine: TestEngine) async throws {
        let town = try await PeopleTown(engine)
        let me = try await town.add("Ka Hương", .communeFrontChair, at: town.commune)
        let admin = try await town.add("Ngô Tấn Phát", .administrator, at: town.province)
        try await town.visit { door async throws in
            let browser = door.browser()
            _ = try await browser.signIn("kahuong")
            let page = "/account/corrections"
            for number in 1...3 {
                #expect(try await browser.send(page, from: page, ["text": "Sai chỗ \(number)"]).status == 303)
            }
            #expect(try await browser.send(page, from: page, ["text": "Sai chỗ 4"]).status == 409)
            #expect(!(try await browser.get("/corrections").text).contains("Sai chỗ 1"))
        }
        let today = town.clock.today
        try await town.database.read { reader in
            func waiting(_ person: ID) throws -> [PeopleCorrection] {
                let (grants, _) = try PeopleGrantStore.grants(
                    reader.rows(PeopleGrantStore.question(of: "\(person)", on: today)))
                return try PeopleStore.correctionsWaiting(
                    for: Actor(person: person, name: "", grants: grants), today: today, reader)
            }
            #expect(try waiting(me).isEmpty)
            let found = try waiting(admin)
            #expect(found.count == 3)
            #expect(found.first?.due == Day(iso: "2026-11-12"))
            #expect(found.first?.person.name == "Ka Hương")
        }
    }

    /// What somebody did reads in words, whatever it was.
    @Test func everyActHasItsWords() throws {
        let words = try #require(try PeopleActs.words())
        let missing = try PeopleActs.acts().filter { !words.contains("act.\($0)") }
        #expect(missing == [])
    }
}
