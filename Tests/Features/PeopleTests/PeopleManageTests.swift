import Core
import Database
import Foundation
import Organisation
import TestKit
import Testing
@testable import People

@Suite("People: looking after people", .databases) struct PeopleManageTests {
    @Test(arguments: TestEngine.all)
    func peopleAreFoundWithoutMarksInAnyOrder(on engine: TestEngine) async throws {
        let town = try await PeopleTown(engine)
        try await town.add("Ka Hương", .communeFrontChair, at: town.commune)
        try await town.add("Kră Jăn Ha Biên", .panelMember, at: town.area)
        try await town.add("Nguyễn Thị Mai Loan", .areaHead, at: town.area)
        try await town.add("Trần Thị Lụa", .branchHead, at: town.secondArea, until: "2026-11-01")
        try await town.add("K'Đoan", .cellSecretary, at: town.area)
        try await town.add("Lê Văn Xa", .areaHead, at: town.otherArea)
        try await town.visit { door async throws in
            let officer = door.browser()
            _ = try await officer.signIn("kahuong")
            let all = try await officer.get("/people").text
            #expect(all.contains("5 người"))
            #expect(!all.contains("Lê Văn Xa"), "another commune's people are not there")
            // By given name: Biên, Hương, Loan, Lụa.
            let places = try ["Kră Jăn Ha Biên", "Ka Hương", "Nguyễn Thị Mai Loan", "Trần Thị Lụa"].map {
                try #require(all.range(of: $0)).lowerBound
            }
            #expect(places == places.sorted())
            for (query, name) in [
                ("loan%20mai", "Nguyễn Thị Mai Loan"), ("KRA", "Kră Jăn Ha Biên"), ("lu", "Trần Thị Lụa"),
                ("k%27doan", "K&#39;Đoan"), ("K%E2%80%99%C4%90oan", "K&#39;Đoan"), ("K%20%C4%90oan", "K&#39;Đoan"),
                ("k%20doan", "K&#39;Đoan"), ("kdoan", "K&#39;Đoan"),
            ] {
                let page = try await officer.get("/people?q=\(query)").text
                #expect(page.contains(name) && page.contains("1 người"), "\(query)")
            }
            #expect(
                try await officer.get("/people?q=oan").text.contains("Không tìm thấy ai"),
                "a word is found by its beginning")
            #expect(try await officer.get("/people?q=%25").status == 200)
            #expect(try await officer.get("/people?role=areaHead").text.contains("1 người"))
            #expect(try await officer.get("/people?role=nothing").status == 422)
            #expect(try await officer.get("/people?state=waiting").text.contains("Không tìm thấy ai"))
            let body = try #require(town.organisations[town.area])
            #expect(try await officer.get("/people?organisation=\(body)").text.contains("3 người"))
            let elsewhere = try #require(town.organisations[town.otherArea])
            #expect(try await officer.get("/people?organisation=\(elsewhere)").status == 404)
        }
    }

    @Test(arguments: TestEngine.all)
    func aLongListGoesOnAndBack(on engine: TestEngine) async throws {
        let town = try await PeopleTown(engine)
        for number in 1...120 { try await town.add("Người Thứ \(number)", .member, at: town.area, password: nil) }
        let sight = Sight(person: town.province, roots: [town.commune])
        let today = town.clock.today
        try await town.database.read { reader in
            var filter = PeopleFilter()
            var names: [String] = []
            var pages: [[PeopleLine]] = []
            while true {
                let found = try PeopleListStore.people(filter, seenBy: sight, today: today, reader)
                names += found.people.map(\.name)
                pages.append(found.people)
                #expect(found.hasPrevious == (pages.count > 1))
                guard found.hasNext else { break }
                filter.after = found.people.last?.id
            }
            #expect(names == (1...120).map { "Người Thứ \($0)" })
            #expect(pages.map(\.count) == [50, 50, 20])
            var back = PeopleFilter()
            back.before = pages[2].first?.id
            let found = try PeopleListStore.people(back, seenBy: sight, today: today, reader)
            #expect(found.people.map(\.id) == pages[1].map(\.id))
            #expect(found.hasPrevious && found.hasNext)
        }
    }

    @Test(arguments: TestEngine.all)
    func whoMayTouchWhoseAccount(on engine: TestEngine) async throws {
        let town = try await PeopleTown(engine)
        try await town.add("Ka Hương", .communeFrontChair, at: town.commune)
        let below = try await town.add("Ya Thương", .areaHead, at: town.area)
        let beside = try await town.add("Ngô Tấn Phát", .administrator, at: town.commune)
        let elsewhere = try await town.add("Lê Văn Xa", .areaHead, at: town.otherArea)
        let above = try await town.add("Đỗ Thị Hạnh", .areaHead, at: town.area)
        try await town.database.unattended(.seed) { tx in
            try PeopleStore.addRole(
                tx.ids.next(), person: above, role: .provinceFront,
                organisation: try #require(town.organisations[town.province]), territory: town.province,
                from: town.clock.today, tx)
            return Receipt()
        }
        try await town.visit { door async throws in
            let officer = door.browser()
            _ = try await officer.signIn("kahuong")
            #expect(try await officer.send("/people/\(below)/disabling", from: "/people/\(below)").status == 303)
            #expect(try await officer.send("/people/\(beside)/disabling", from: "/account").status == 403)
            #expect(try await officer.send("/people/\(beside)/slip", from: "/account").status == 403)
            #expect(try await officer.send("/people/\(above)/slip", from: "/account").status == 403)
            #expect(try await officer.send("/people/\(elsewhere)/slip", from: "/account").status == 404)
            #expect(try await officer.get("/people/\(elsewhere)").status == 404)
            #expect(try await officer.get("/people/\(above)").text.contains("ngoài địa bàn"))
            // An area head looks after nobody.
            let head = door.browser()
            _ = try await officer.send("/people/\(below)/enabling", from: "/people/\(below)")
            _ = try await head.signIn("yathuong")
            #expect(try await head.get("/people").status == 403)
        }
    }

    @Test(arguments: TestEngine.all)
    func aPersonIsAddedWithAnOfficeAndAnAccount(on engine: TestEngine) async throws {
        let town = try await PeopleTown(engine)
        try await town.add("Ngô Tấn Phát", .administrator, at: town.province)
        try await town.add("Ya Thương", .areaHead, at: town.otherArea)
        try await town.visit { door async throws in
            let admin = door.browser()
            _ = try await admin.signIn("ngotanphat")
            #expect(try await admin.get("/people/new?q=gia").text.contains("Thôn Gia Hòa, xã Đồng Thông"))
            let page = "/people/new?place=\(town.area)"
            #expect(try await admin.get(page).text.contains("Mặt trận Gia Hòa"))
            let body = try #require(town.organisations[town.area])
            var fields = [
                "name": "  Ya   Thương ", "birthYear": "1968", "place": "\(town.area)",
                "role": "frontWorkCommitteeHead",
                "organisation": "\(body)", "from": "1/1/2026", "until": "31/12/2030",
            ]
            fields["organisation"] = "\(try #require(town.organisations[town.otherArea]))"
            #expect(try await admin.send("/people?place=\(town.area)", from: page, fields).status == 422)
            fields["organisation"] = "\(body)"
            fields["until"] = "1/1/2025"
            let refused = try await admin.send("/people?place=\(town.area)", from: page, fields)
            #expect(refused.status == 422)
            #expect(refused.text.contains("Ngày cuối không được trước ngày bắt đầu"))
            // A missing name, an unknown organisation, a term that ends first and a birth to come: told at once.
            var several = fields
            several["name"] = ""
            several["birthYear"] = "2099"
            several["organisation"] = "\(try #require(town.organisations[town.otherArea]))"
            let all = try await admin.send("/people?place=\(town.area)", from: page, several)
            #expect(all.status == 422)
            for words in ["Ngày cuối không được trước ngày bắt đầu", "Năm sinh không thể sau năm"] {
                #expect(all.text.contains(words), "\(words)")
            }
            #expect(all.text.components(separatedBy: "class=\"wrong\"").count - 1 == 4)
            fields["until"] = "31/12/2030"
            let answer = try await admin.send("/people?place=\(town.area)", from: page, fields)
            #expect(answer.status == 303)
            let slip = try await admin.get(try #require(answer.location)).text
            // The name was taken, so a number stands behind it.
            #expect(slip.contains("Làm phiếu kích hoạt"))
            let row = try await town.database.read { reader in
                try reader.one(
                    """
                    SELECT p.name, a.sign_in_name, r.role, r.valid_until FROM person p
                    JOIN account a ON a.person_id = p.id JOIN role_assignment r ON r.person_id = p.id
                    WHERE p.birth_year = 1968
                    """)
            }
            #expect(try row.text("name") == "Ya Thương")
            #expect(try row.text("sign_in_name") == "yathuong2")
            #expect(try row.day("valid_until") == Day(iso: "2031-01-01"))
        }
    }

    @Test(arguments: TestEngine.all)
    func anOfficeIsGivenAndEnded(on engine: TestEngine) async throws {
        let town = try await PeopleTown(engine)
        let admin = try await town.add("Ngô Tấn Phát", .administrator, at: town.commune)
        let person = try await town.add("Ya Thương", .helper, at: town.area)
        try await town.visit { door async throws in
            let browser = door.browser()
            _ = try await browser.signIn("ngotanphat")
            let body = "\(try #require(town.organisations[town.commune]))"
            let page = "/people/\(person)/roles/new?place=\(town.commune)"
            let fields = [
                "place": "\(town.commune)", "role": "cultureOfficer", "organisation": body, "from": "10/11/2026",
            ]
            #expect(
                try await browser.send("/people/\(person)/roles", from: page, fields).location == "/people/\(person)")
            let head = door.browser()
            _ = try await head.signIn("yathuong")
            #expect(try await head.get("/people").status == 200)
            let role = try await town.database.read { reader in
                try reader.one("SELECT id FROM role_assignment WHERE role = 'cultureOfficer'").id("id")
            }
            let ending = "/people/\(person)/roles/\(role)"
            #expect(try await browser.send("\(ending)/end", from: ending, ["day": "9/11/2026"]).status == 422)
            #expect(try await browser.send("\(ending)/end", from: ending, ["day": "10/11/2026"]).status == 303)
            #expect(try await head.get("/people").status == 403, "it holds no longer, at once")
            #expect(try await browser.send("\(ending)/end", from: ending, ["day": "11/11/2026"]).status == 409)
            // Nobody raises themselves; nobody gives what lies outside their territory.
            let own = "/people/\(admin)/roles/new?place=\(town.commune)"
            #expect(try await browser.send("/people/\(admin)/roles", from: own, fields).status == 403)
            let outside = [
                "place": "\(town.province)", "role": "administrator", "organisation": body, "from": "10/11/2026",
            ]
            #expect(try await browser.send("/people/\(person)/roles", from: page, outside).status == 404)
            #expect(try await browser.get("/account").text.contains("Giao vai trò"))
            #expect(try await head.get("/account").text.contains("Ngô Tấn Phát"), "one sees who changed one's roles")
        }
    }

    @Test(arguments: TestEngine.all)
    func aRevokedRoleNoLongerWrites(on engine: TestEngine) async throws {
        let town = try await PeopleTown(engine)
        let officer = try await town.add("Ka Hương", .communeFrontChair, at: town.commune)
        let person = try await town.add("Ya Thương", .areaHead, at: town.area)
        let today = town.clock.today
        // The permit is given, then the role ends, then the write comes.
        let permit = try await town.database.read { reader in
            let (grants, _) = try PeopleGrantStore.grants(
                reader.rows(PeopleGrantStore.question(of: "\(officer)", on: today)))
            let actor = Actor(person: officer, name: "Ka Hương", grants: grants)
            return try Authority(today: today).permit(
                actor, to: .manageAccounts, try PeopleStore.person(person, today: today, reader))
        }
        @Sendable func write(_ number: UInt64) async throws {
            let operation = Operation(id: ID(high: 9, low: number), fingerprint: [1])
            _ = try await town.database.write(permit, operation, as: "account.disable") { _ in Receipt() }
        }
        // The control: while the role runs, the very same permit writes.
        try await write(1)
        try await town.database.unattended(.seed) { tx in
            try PeopleStore.endRole(try #require(permit.grant?.id), on: today, tx)
            return Receipt()
        }
        await #expect { try await write(2) } throws: { error in
            let refusal = error as? Refusal
            return refusal?.kind == .forbidden && refusal?.key == "web.forbidden.outsideTerm"
        }
        let kept = try await town.database.read {
            try $0.one("SELECT count(*) AS n FROM audit WHERE act = 'account.disable'").integer("n")
        }
        #expect(kept == 1, "what was refused is not in the trail either")
    }

    @Test(arguments: TestEngine.all)
    func whereAPersonStands(on engine: TestEngine) async throws {
        let town = try await PeopleTown(engine)
        let one = try await town.add("Ya Thương", .areaHead, at: town.area)
        let nobody = try await town.add("Trần Văn Không")
        let former = try await town.add("Lê Văn Cựu", .areaHead, at: town.otherArea, until: "2026-06-01")
        func add(_ role: Role, to person: ID, at territory: ID) async throws {
            let body = try #require(town.organisations[territory])
            try await town.database.unattended(.seed) { tx in
                try PeopleStore.addRole(
                    tx.ids.next(), person: person, role: role, organisation: body, territory: territory,
                    from: town.clock.today, tx)
                return Receipt()
            }
        }
        func place(_ person: ID) async throws -> [ID] {
            let today = town.clock.today
            return try await town.database.read { try PeopleStore.person(person, today: today, $0).place }
        }
        #expect(try await place(one) == [town.area, town.commune, town.province])
        try await add(.cellSecretary, to: one, at: town.secondArea)
        #expect(try await place(one) == [town.commune, town.province])
        try await add(.member, to: one, at: town.otherArea)
        #expect(try await place(one) == [town.province])
        #expect(try await place(nobody) == [town.province])
        #expect(try await place(former) == [town.otherArea, town.otherCommune, town.province])
    }

    @Test(arguments: TestEngine.all)
    func othersFindWhoHoldsAnOffice(on engine: TestEngine) async throws {
        let town = try await PeopleTown(engine)
        let first = try await town.add("Ya Thương", .areaHead, at: town.area)
        let second = try await town.add("Đinh Công Sáu", .areaHead, at: town.area)
        try await town.add("Lê Văn Cựu", .areaHead, at: town.area, until: "2026-06-01")
        let today = town.clock.today
        try await town.database.read { reader in
            let found = try PeopleStore.peopleWithRole(.areaHead, territory: town.area, on: today, reader)
            #expect(found.map(\.name) == ["Đinh Công Sáu", "Ya Thương"])
            #expect(try PeopleStore.names(of: [first, second], reader).count == 2)
            #expect(try PeopleStore.name(of: first, reader) == "Ya Thương")
            #expect(throws: NotFound.self) { _ = try PeopleStore.name(of: town.area, reader) }
        }
    }
}
