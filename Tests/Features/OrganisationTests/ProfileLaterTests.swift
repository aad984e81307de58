import Core
import Database
import TestKit
import Testing

@testable import Organisation

/// What comes to a profile later: somebody from outside looks at a model, a convention is recognised.
@Suite("The profile: what comes later", .databases) struct ProfileLaterTests {
    private let path = "/areas/\(Place.thongXanh.id)/profile"

    private func look(_ day: String, alive: Bool, _ site: TestSite) async throws -> ID {
        try await site.database.unattended(.seed) { tx in
            let model = try tx.one("SELECT id FROM area_model WHERE territory_id = \(Place.thongXanh.id)").id("id")
            try OrganisationStore.addLook(
                at: model, on: Day(iso: day) ?? .first, isAlive: alive, words: nil, by: Member.kaHuong.id,
                organisation: Body.frontOfDonDuong.id, tx)
            return Receipt(id: model)
        }.id ?? Place.thongXanh.id
    }

    private func models(_ site: TestSite) async throws -> [String] {
        try await site.database.read { reader in
            try OrganisationStore.models(of: Place.thongXanh.id, reader).map {
                "\($0.name) \($0.lookedOn?.isoText ?? "-") \($0.isAlive.map { "\($0)" } ?? "-")"
            }
        }
    }

    @Test(arguments: TestEngine.all) func whatTheCommuneSawIsNotOverwrittenByTheArea(on engine: TestEngine) async throws
    {
        let site = try await TestSite(engine)
        let head = try await site.signIn(.yaThuong)
        let entered = try await head.send(
            head.open("\(path)/models").form("\(path)/models").filled([
                "name": "Đường hoa", "looked": "01/10/2026", "alive": "yes",
            ])
        ).expectStatus(200)
        let entry = try #require(entered.links.first { $0.hasPrefix("\(path)/models/") })
        let before = try await head.open(entry).form(entry)
        #expect(before.names.contains("looked") && before.names.contains("alive"))

        _ = try await look("2026-11-05", alive: false, site)
        #expect(try await models(site) == ["Đường hoa 2026-11-05 false"])
        let page = try await head.open(entry).expectStatus(200)
        #expect(page.says("đã đến xem ngày 05/11/2026") && page.says("Thấy đã ngừng"), "\(page.text)")
        #expect(page.links.contains { $0.hasPrefix("/models/") })
        let form = try page.form(entry)
        #expect(!form.names.contains("looked") && !form.names.contains("alive"))
        try await head.send(form.filled(["name": "Đường hoa hai bên"])).expectStatus(200)
        #expect(try await models(site) == ["Đường hoa hai bên 2026-11-05 false"])
        // A page from before the look, and a program that names an older day.
        try await head.send(before.filled(["alive": "yes", "looked": "01/10/2026"])).expectStatus(200)
        let older = #"{"name": "Đường hoa", "looked": "2026-01-01", "alive": "yes"}"#
        #expect(try await head.json(entry, sending: older).status == 200)
        #expect(try await models(site) == ["Đường hoa 2026-11-05 false"])
    }

    private func adopt(_ day: String, _ head: Browser) async throws {
        let typed = [
            "kind": "quy_uoc", "text": "Điều 1. Không đốt rác.", "adopted": day, "votes": "178", "households": "214",
        ]
        try await head.send(head.open("\(path)/conventions").form("\(path)/conventions").filled(typed))
            .expectStatus(200)
    }

    private func newest(_ site: TestSite) async throws -> Convention {
        try await site.database.read {
            try #require(try OrganisationStore.conventions(of: Place.thongXanh.id, $0).first)
        }
    }

    @Test(arguments: TestEngine.all) func aRecognitionThatComesLaterIsWrittenDownOnce(on engine: TestEngine)
        async throws
    {
        let site = try await TestSite(engine)
        let head = try await site.signIn(.yaThuong)
        try await adopt("01/03/2026", head)
        let page = "\(path)/conventions/\(try await newest(site).id)"
        let open = try await head.open(page).expectStatus(200)
        #expect(open.says("Chưa được công nhận.") && open.says("Ghi công nhận"))
        let form = try open.form("/recognition").filled([
            "body": "UBND xã Đơn Dương", "document": "112/QĐ-UBND ngày 01/04/2026",
        ])
        let empty = try await head.send(open.form("/recognition")).expectStatus(422)
        #expect(["body", "recognised", "document"].allSatisfy { empty.error(beside: $0) != nil })
        let early = try await head.send(form.filled(["recognised": "28/02/2026"])).expectStatus(422)
        #expect(early.error(beside: "recognised")?.contains("trước ngày dân thông qua") == true)
        let ahead = try await head.send(form.filled(["recognised": "11/11/2026"])).expectStatus(422)
        #expect(ahead.error(beside: "recognised")?.contains("chưa đến") == true)
        // Who only reads is offered nothing.
        let cell = try await site.signIn(.kDoan)
        #expect(try await cell.open(page).expectStatus(200).forms.allSatisfy { !$0.action.hasSuffix("/recognition") })
        let whole = #"{"body": "a", "recognised": "2026-04-01", "document": "1"}"#
        #expect(try await cell.json("\(page)/recognition", sending: whole).status == 403)

        let saved = try await head.send(form.filled(["recognised": "01/04/2026"])).expectStatus(200)
        #expect(saved.says("UBND xã Đơn Dương công nhận ngày 01/04/2026."), "\(saved.text)")
        let told = try await head.open(page).expectStatus(200)
        #expect(told.says("Theo 112/QĐ-UBND ngày 01/04/2026.") && told.says("Điều 1. Không đốt rác."))
        #expect(told.forms.allSatisfy { !$0.action.hasSuffix("/recognition") })
        head[cookie: "kieumau-language"] = "en"
        #expect(try await head.open(page).says("Recognised by UBND xã Đơn Dương on 1 April 2026."))
        head[cookie: "kieumau-language"] = "vi"
        let twice = try await head.json("\(page)/recognition", sending: whole)
        #expect(twice.status == 409 && twice.body.contains("đã ghi công nhận"))
        #expect(try await newest(site).recognisedBy == "UBND xã Đơn Dương")
        #expect(try await site.acts().contains("profile.recognition"))
    }

    @Test(arguments: TestEngine.all) func onlyTheNewestVersionIsRecognised(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        let head = try await site.signIn(.yaThuong)
        try await adopt("01/03/2026", head)
        let older = try await newest(site).id
        try await adopt("01/05/2026", head)
        let page = try await head.open("\(path)/conventions/\(older)").expectStatus(200)
        #expect(page.says("Đã có bản mới hơn.") && page.forms.allSatisfy { !$0.action.hasSuffix("/recognition") })
        let whole = #"{"body": "a", "recognised": "2026-06-01", "document": "1"}"#
        let refused = try await head.json("\(path)/conventions/\(older)/recognition", sending: whole)
        #expect(refused.status == 409 && refused.body.contains("bản mới nhất"))
    }
}
