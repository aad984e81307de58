import App
import Core
import Database
import Organisation
import TestKit
import Testing

@testable import People

/// A file of people over HTTP, as far as it is about who imports it, whom they see, and how long it is.
@Suite("People: a file and who imports it", .databases) struct PeopleImportStoryTests {
    private static let head = "Họ và tên,Năm sinh,Tên đăng nhập,Vai trò,Tổ chức,Xã,Thôn,Từ ngày\n"
    private static let front = "Ủy ban MTTQ Việt Nam xã Đơn Dương"

    private func upload(_ browser: Browser, _ text: String, name: String = "can-bo.csv") async throws -> Shown {
        let page = try await browser.open("/people/imports/new").expectStatus(200)
        return try await browser.send(
            page.form("/people/imports").attaching("file", file: name, Array((Self.head + text).utf8))
        ).expectStatus(200)
    }

    private func signInName(_ member: Member, _ site: TestSite) async throws -> String {
        try await site.database.read {
            try $0.one("SELECT sign_in_name FROM account WHERE person_id = \(member.id)").text("sign_in_name")
        }
    }

    private func roles(of person: ID, _ site: TestSite) async throws -> Int {
        try await site.database.read {
            try $0.one("SELECT count(*) AS n FROM role_assignment WHERE person_id = \(person)").integer("n")
        }
    }

    /// One more administrator.
    private func addAdministrator(
        _ name: String, of body: Body, in place: Place, _ site: TestSite
    ) async throws -> ID {
        try await site.database.unattended(
            .seed,
            giving: { tx in
                let person = tx.ids.next()
                try PeopleStore.addPerson(person, name: name, isInvented: true, tx)
                try PeopleStore.addAccount(person: person, tx)
                try PeopleStore.addSecondStep(
                    Array("kieumau test secret!".utf8), of: person, sealedBy: TestSite.seal, now: tx.now, tx)
                try PeopleStore.addRole(
                    tx.ids.next(), person: person, role: .administrator, organisation: body.id, territory: place.id,
                    from: Day(iso: "2026-01-01") ?? .first, tx)
                return person
            })
    }

    @Test(arguments: TestEngine.all) func nobodyGivesThemselvesAnOfficeByAFile(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        let administrator = try await site.signIn(.ngoTanPhat)
        let own = try await signInName(.ngoTanPhat, site)
        let before = try await roles(of: Member.ngoTanPhat.id, site)
        let body = "Ban Thường trực Ủy ban MTTQ Việt Nam tỉnh Lâm Đồng"
        let row = "Ngô Tấn Phát,,\(own),Mặt trận tỉnh,\(body),,,01/07/2026\n"
        let refused = try await upload(administrator, row)
        #expect(refused.says("can-bo.csv, dòng 2, cột A"))
        #expect(refused.says("Không ai tự giao vai trò cho mình"))
        #expect(!refused.forms.contains { $0.action.hasSuffix("/confirmation") })

        // Another previews the same file; who stands in it does not carry it out either.
        let other = try await addAdministrator("K'Brểu", of: .frontOfProvince, in: .lamDong, site)
        let colleague = try await site.signIn(other)
        let preview = try await upload(colleague, row)
        let here = preview.path
        #expect(preview.says("Nhập 1 dòng"))
        let page = try await administrator.open(here).expectStatus(200)
        let own403 = try await administrator.press("/confirmation", on: page)
        #expect(own403.status == 403 && own403.says("tự giao"))
        #expect(try await roles(of: Member.ngoTanPhat.id, site) == before)
        let done = try await colleague.press("/confirmation", on: preview)
        #expect(done.says("Đã nhập xong."))
        #expect(try await roles(of: Member.ngoTanPhat.id, site) == before + 1)
    }

    @Test(arguments: TestEngine.all) func whoStandsElsewhereIsNeitherNamedNorGivenAnything(on engine: TestEngine)
        async throws
    {
        let site = try await TestSite(engine)
        let person = try await addAdministrator("Cil Múp Ha Tư", of: .frontOfDonDuong, in: .donDuong, site)
        let administrator = try await site.signIn(person)
        let elsewhere = try await signInName(.haLieng, site)
        let taken = try await upload(
            administrator, "Lò Văn Tươi,,\(elsewhere),Trưởng thôn,\(Self.front),Đơn Dương,Suối Thông B1,01/07/2026\n")
        #expect(taken.says("Tên đăng nhập “\(elsewhere)” đã có người dùng") && !taken.says("Ha Liêng"))
        let same = try await upload(
            administrator, "Ha Liêng,,\(elsewhere),Trưởng thôn,\(Self.front),Đơn Dương,Suối Thông B1,01/07/2026\n")
        #expect(same.says("đã có người dùng"))
        #expect(!same.forms.contains { $0.action.hasSuffix("/confirmation") })
        // Somebody of one's own territory is named.
        let near = try await signInName(.yaThuong, site)
        let named = try await upload(
            administrator, "Lò Văn Tươi,,\(near),Trưởng thôn,\(Self.front),Đơn Dương,Suối Thông B1,01/07/2026\n")
        #expect(named.says("Tên đăng nhập “\(near)” đang là của Ya Thương"))

        // The province previews a row of Ha Liêng's; the commune's administrator does not carry it out.
        let before = try await roles(of: Member.haLieng.id, site)
        try await site.database.unattended(.seed) { tx in
            let plan = PeopleImport.Plan(
                items: [
                    .init(
                        subject: .known(Member.haLieng.id), name: "Ha Liêng", birthYear: nil, phone: nil,
                        signInName: nil, role: .communeFrontChair, organisation: Body.frontOfDonDuong.id,
                        territory: Place.donDuong.id, from: Day(iso: "2026-07-01") ?? .first, until: nil)
                ], rows: 1)
            let id = try PeopleImportStore.keep(
                plan, fileName: "cu.csv", base: Place.donDuong.id, by: Member.ngoTanPhat.id, letters: { "\($0)" }, tx)
            let kept = try PeopleImportStore.batch(id, seenBy: Sight(person: person, roots: [Place.donDuong.id]), tx)
            do {
                try PeopleImportStore.carryOut(
                    kept, by: Sight(person: person, roots: [Place.donDuong.id]), isInvented: true, tx)
                Issue.record("somebody out of sight was given an office")
            } catch let refusal as Refusal {
                #expect(refusal.kind == .forbidden && refusal.key == "people.import.refusal.elsewhere")
            }
            return Receipt()
        }
        #expect(try await roles(of: Member.haLieng.id, site) == before)
    }

    @Test(arguments: TestEngine.all) func aLongFileAndManyImportsArePaged(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        let administrator = try await site.signIn(.ngoTanPhat)
        let rows = (0..<130).map {
            "Người Thứ \($0 + 1),\(1950 + $0 % 50),nguoi\($0 + 1),cán bộ,\(Self.front),Đơn Dương,,01/07/2026"
        }.joined(separator: "\n")
        let first = try await upload(administrator, rows + "\n", name: "dai.csv")
        #expect(first.says("Người Thứ 100") && !first.says("Người Thứ 101"))
        #expect(
            first.body.contains("<aside class=\"trace\">") && first.body.contains("shape-rendering"), "a print's foot")
        let next = try #require(first.links.first { $0.contains("?after=") })
        let second = try await administrator.open(next).expectStatus(200)
        #expect(second.says("Người Thứ 101") && second.says("Người Thứ 130") && !second.says("Người Thứ 100"))
        #expect(second.links.contains(first.path) && !second.links.contains { $0.contains("?after=") })

        for number in 1...21 {
            site.clock.advance(by: .hours(1))
            try await site.database.unattended(.seed) { tx in
                _ = try PeopleImportStore.keep(
                    PeopleImport.Plan(), fileName: "tep-\(number).csv", base: Place.lamDong.id,
                    by: Member.ngoTanPhat.id, letters: { "\($0)" }, tx)
                return Receipt()
            }
        }
        let again = try await site.signIn(.ngoTanPhat)
        let list = try await again.open("/people/imports").expectStatus(200)
        #expect(list.says("tep-21.csv") && list.says("tep-2.csv") && !list.says("tep-1.csv") && !list.says("dai.csv"))
        let older = try #require(list.links.first { $0.contains("?before=") })
        let page = try await again.open(older).expectStatus(200)
        #expect(page.says("tep-1.csv") && page.says("dai.csv") && !page.says("tep-2.csv"))
        #expect(!page.links.contains { $0.contains("?before=") })
    }

    /// Five hundred remarks are kept: of a file with more, what must be mended is among them.
    @Test(arguments: TestEngine.all) func manyWarningsHideNoFault(on engine: TestEngine) async throws {
        let data = try await TestDatabase(engine, .cast)
        try await data.database.unattended(.seed) { tx in
            func remark(_ line: Int, isFault: Bool) -> PeopleImport.Remark {
                .init(
                    isFault: isFault, sheet: "", line: line, column: nil, key: isFault ? "emptyName" : "nameThere",
                    arguments: [:])
            }
            let plan = PeopleImport.Plan(
                rows: 701, remarks: (1...700).map { remark($0, isFault: false) } + [remark(701, isFault: true)])
            let id = try PeopleImportStore.keep(
                plan, fileName: "a.csv", base: Place.lamDong.id, by: Member.ngoTanPhat.id, letters: { "\($0)" }, tx)
            let kept = try PeopleImportStore.remarks(of: id, tx)
            #expect(kept.count == 500 && kept.first?.line == 701)
            return Receipt()
        }
    }
}
