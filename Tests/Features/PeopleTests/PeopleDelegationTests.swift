import Core
import Database
import TestKit
import Testing
@testable import People

@Suite("People: the rules of standing in") struct PeopleDelegationRuleTests {
    private let today = Day(iso: "2026-11-10")!
    private let giver = ID(high: 1, low: 1)
    private let receiver = ID(high: 1, low: 2)

    private func keys(
        _ role: Role = .communeFrontChair, to: ID? = nil, from: String = "2026-11-10", until: String = "2026-12-01",
        officeUntil: String? = nil, isDelegated: Bool = false, given: [(String, String)] = []
    ) throws -> [String] {
        let office = PeopleDelegation.Office(
            role: role, from: try #require(Day(iso: "2026-01-01")), until: officeUntil.flatMap { Day(iso: $0) },
            isDelegated: isDelegated,
            given: given.compactMap { pair in
                Day(iso: pair.0).flatMap { Period(from: $0, until: Day(iso: pair.1)) }
            })
        let refusal = PeopleDelegation.refusal(
            office, of: giver, to: to ?? receiver, from: try #require(Day(iso: from)),
            until: try #require(Day(iso: until)), today: today)
        return (refusal?.all ?? []).map { String($0.key.dropFirst("people.refusal.".count)) }
    }

    @Test func sixtyDaysAndNotOneMore() throws {
        #expect(try keys(until: "2027-01-09") == [])
        #expect(try keys(until: "2027-01-10") == ["delegateTooLong"])
    }

    @Test func itBeginsNowOrSoonAndRunsForward() throws {
        #expect(try keys(from: "2026-11-09") == ["delegateBefore"])
        #expect(try keys(from: "2027-01-09", until: "2027-01-20") == [])
        #expect(try keys(from: "2027-01-10", until: "2027-01-20") == ["delegateAhead"])
        #expect(try keys(from: "2026-11-20", until: "2026-11-20") == ["termUntil"])
    }

    @Test func itNeverOutlivesTheOffice() throws {
        #expect(try keys(officeUntil: "2026-12-01") == [])
        #expect(try keys(officeUntil: "2026-11-30") == ["beyondOffice"])
    }

    @Test func nobodyStandsInForOneselfOrHandsOn() throws {
        #expect(try keys(to: giver) == ["toOneself"])
        #expect(try keys(isDelegated: true) == ["notOnward"])
    }

    @Test func onlyOneStandsInAtATime() throws {
        #expect(try keys(given: [("2026-11-30", "2026-12-05")]) == ["delegatedAlready"])
        #expect(try keys(given: [("2026-12-01", "2026-12-05")]) == [])
    }

    @Test func officesThatAreHeldInPerson() throws {
        for role in Role.allCases {
            let isPersonal = [.administrator, .panelMember, .helper, .member].contains(role)
            #expect(try keys(role) == (isPersonal ? ["personalOffice"] : []), "\(role)")
        }
    }

    @Test func whatTheRulesOfHelpersAre() {
        func keys(_ helper: ID?, until: String, office: String? = nil, others: [ID] = []) -> [String] {
            let refusal = PeopleHelp.refusal(
                helper, of: giver, officeUntil: office.flatMap { Day(iso: $0) }, until: Day(iso: until)!, today: today,
                others: others)
            return (refusal?.all ?? []).map { String($0.key.dropFirst("people.refusal.".count)) }
        }
        #expect(keys(receiver, until: "2027-11-11") == [])
        #expect(keys(nil, until: "2026-11-11") == [])
        #expect(keys(giver, until: "2026-12-01") == ["helpOneself"])
        #expect(keys(receiver, until: "2026-11-10") == ["helpUntil"])
        #expect(keys(receiver, until: "2027-11-12") == ["helpTooLong"])
        #expect(keys(receiver, until: "2026-12-02", office: "2026-12-01") == ["beyondOffice"])
        #expect(keys(receiver, until: "2026-12-01", others: [receiver]) == ["helpsAlready"])
        let three = (3...5).map { ID(high: 1, low: $0) }
        #expect(keys(receiver, until: "2026-12-01", others: three) == ["tooManyHelpers"])
    }
}

@Suite("People: standing in and helping", .databases) struct PeopleDelegationTests {
    private func role(of person: ID, _ town: PeopleTown) async throws -> ID {
        try await town.database.read { reader in
            try reader.one("SELECT id FROM role_assignment WHERE person_id = \(person) ORDER BY id LIMIT 1").id("id")
        }
    }

    private func delegate(
        _ browser: PeopleBrowser, _ office: ID, to person: ID, from: String = "10/11/2026", until: String = "20/11/2026"
    ) async throws -> PeopleBrowser.Answer {
        let page = "/account/offices/\(office)/delegation"
        return try await browser.send(
            page, from: "/account", ["person": "\(person)", "from": from, "until": until])
    }

    @Test(arguments: TestEngine.all)
    func anOfficeIsHandedOverAndEndsByItself(on engine: TestEngine) async throws {
        let town = try await PeopleTown(engine)
        let chair = try await town.add("Ka Hương", .communeFrontChair, at: town.commune)
        let officer = try await town.add("Võ Đình Khải", .partySecretary, at: town.commune)
        let head = try await town.add("Ya Thương", .areaHead, at: town.area)
        let elsewhere = try await town.add("Lê Văn Xa", .areaHead, at: town.otherArea)
        let office = try await role(of: chair, town)
        try await town.visit { door async throws in
            let giver = door.browser()
            let receiver = door.browser()
            _ = try await giver.signIn("kahuong", own: true)
            _ = try await receiver.signIn("vodinhkhai", own: true)
            #expect(try await receiver.get("/people").status == 403)
            let page = "/account/offices/\(office)/delegation"
            #expect(try await giver.get(page + "?q=khai").text.contains("Võ Đình Khải"))
            #expect(!(try await giver.get(page + "?q=xa").text).contains("Lê Văn Xa"))
            #expect(try await delegate(giver, office, to: elsewhere).status == 422)
            #expect(try await delegate(giver, office, to: officer, until: "10/01/2027").status == 422)
            #expect(try await delegate(receiver, office, to: head).status == 404, "somebody else's office is not there")
            #expect(try await delegate(giver, office, to: officer).location == "/account/offices")
            #expect(try await delegate(giver, office, to: head).status == 409)
            // At once, until the last day, with both names.
            #expect(try await receiver.get("/people").status == 200)
            #expect(try await receiver.get("/account").text.contains("Chủ tịch Mặt trận xã, thay Ka Hương"))
            let person = "/people/\(head)"
            #expect(try await receiver.send("\(person)/disabling", from: person).status == 303)
            #expect(try await receiver.get(person).text.contains("Võ Đình Khải, thay Ka Hương"))
            #expect(try await receiver.get("/account").text.contains("thay Ka Hương"))
            // Not the giver's own account, and not onward.
            #expect(try await receiver.send("/people/\(chair)/slip", from: "/account").status == 403)
            let given = try await town.database.read { reader in
                try reader.one("SELECT id FROM role_assignment WHERE stands_for = \(office)").id("id")
            }
            #expect(try await delegate(receiver, given, to: head).status == 403)
            town.clock.move(to: try #require(Day(iso: "2026-11-20")))
            #expect(try await receiver.get("/people").status == 200)
            town.clock.move(to: try #require(Day(iso: "2026-11-21")))
            #expect(try await receiver.get("/people").status == 403)
            #expect(try await giver.get("/people").status == 200, "it stayed the giver's")
        }
        let today = town.clock.today
        try await town.database.read { reader in
            #expect(today == Day(iso: "2026-11-21"))
            let hands = try PeopleStore.hands(of: chair, reader)
            #expect(hands == [chair, officer].sorted())
            #expect(try PeopleStore.hands(of: officer, reader) == [chair, officer].sorted())
            #expect(try PeopleStore.hands(of: head, reader) == [head])
            #expect(try PeopleStore.hands(of: chair, since: today, reader) == [chair])
            let grants = try reader.rows("SELECT grant_id FROM audit WHERE act = 'account.disable'")
                .compactMap { try $0.optionalID("grant_id") }
            #expect(try PeopleStore.givers(ofGrants: grants, reader).values.map(\.name) == ["Ka Hương"])
            let body = try #require(town.organisations[town.commune])
            let day = try #require(Day(iso: "2026-11-15"))
            // The secretary also holds an own office in that organisation, so nobody stands behind them there.
            #expect(try PeopleStore.giver(of: officer, organisation: body, on: day, reader) == nil)
        }
    }

    @Test(arguments: TestEngine.all)
    func itIsTakenBackAndEndsWithTheOfficeAndTheAccount(on engine: TestEngine) async throws {
        let town = try await PeopleTown(engine)
        let chair = try await town.add("Ka Hương", .communeFrontChair, at: town.commune)
        let officer = try await town.add("Võ Đình Khải", .partySecretary, at: town.commune)
        let office = try await role(of: chair, town)
        try await town.visit { door async throws in
            let giver = door.browser()
            let receiver = door.browser()
            _ = try await giver.signIn("kahuong")
            _ = try await receiver.signIn("vodinhkhai")
            _ = try await delegate(giver, office, to: officer)
            let given = try await town.database.read { reader in
                try reader.one("SELECT id FROM role_assignment WHERE stands_for = \(office)").id("id")
            }
            #expect(try await receiver.send("/account/stand-ins/\(given)/end", from: "/account").status == 404)
            #expect(
                try await giver.send("/account/stand-ins/\(given)/end", from: "/account/offices").location
                    == "/account/offices")
            #expect(try await receiver.get("/people").status == 403)
            // Again, and then the office itself ends.
            #expect(try await delegate(giver, office, to: officer).status == 303)
            #expect(try await receiver.get("/people").status == 200)
            let today = town.clock.today
            try await town.database.unattended(.seed) { tx in
                try PeopleStore.endRole(office, on: today, tx)
                return Receipt()
            }
            #expect(try await receiver.get("/people").status == 403)
        }
    }

    @Test(arguments: TestEngine.all)
    func aHeadNamesWhoTypes(on engine: TestEngine) async throws {
        let town = try await PeopleTown(engine)
        let head = try await town.add("Ya Thương", .frontWorkCommitteeHead, at: town.area)
        try await town.add("K'Đoan", .cellSecretary, at: town.area)
        try await town.add("Ka Hương", .communeFrontChair, at: town.commune)
        let office = try await role(of: head, town)
        let page = "/account/offices/\(office)/helper"
        try await town.visit { door async throws in
            let browser = door.browser()
            _ = try await browser.signIn("yathuong")
            let fields = ["name": "Kon Sa Ha Miên", "birthYear": "2004", "until": "31/12/2026"]
            #expect(try await browser.send(page, from: page, ["until": "31/12/2026"]).status == 422)
            #expect(try await browser.send(page, from: page, fields).location == "/account/offices")
            #expect(try await browser.get("/account/offices").text.contains("Kon Sa Ha Miên"))
            let other = door.browser()
            _ = try await other.signIn("kdoan")
            #expect(try await other.get(page).status == 403, "a cell secretary names nobody")
            // The officer hands the slip over; until then the account opens nothing.
            let officer = door.browser()
            _ = try await officer.signIn("kahuong")
            #expect(try await officer.get("/people?state=waiting").text.contains("Kon Sa Ha Miên"))
        }
        let today = town.clock.today
        let (helper, role) = try await town.database.read { reader in
            let row = try reader.one("SELECT person_id, id FROM role_assignment WHERE helps = \(office)")
            return (try row.id("person_id"), try row.id("id"))
        }
        try await town.database.read { reader in
            let heads = try PeopleStore.heads(ofHelper: helper, on: today, reader)
            #expect(
                heads
                    == [PeopleStore.HelpedHead(head: PersonName(id: head, name: "Ya Thương"), territory: town.area)])
            #expect(
                try PeopleStore.helpers(of: head, territory: town.area, on: today, reader).map(\.name)
                    == ["Kon Sa Ha Miên"])
            #expect(try PeopleStore.helpers(of: head, territory: town.secondArea, on: today, reader).isEmpty)
        }
        try await town.visit { door async throws in
            let browser = door.browser()
            _ = try await browser.signIn("yathuong")
            _ = try await browser.send("/account/stand-ins/\(role)/end", from: "/account/offices")
        }
        try await town.database.read { reader in
            let heads = try PeopleStore.heads(ofHelper: helper, on: today, reader)
            #expect(heads.isEmpty)
        }
    }
}
