import Core
import Criteria
import Database
import Foundation
import HTTPTypes
import TestKit
import Testing

@testable import Recognition

/// Rules 8 and 10 of docs/people.md: comments on a posting, and evidence.
extension PeopleRuleTests {
    /// Thông Xanh's dossier with every value, and the address of its pages.
    private func dossier(
        _ site: TestSite, isPosted: Bool
    ) async throws -> (id: ID, path: String) {
        try await JourneyThreeWorld.begin(site.database)
        let id = try await site.database.unattended(
            .seed,
            giving: { tx in
                let set = try tx.one("SELECT id FROM criteria_set WHERE status = 'published'").id("id")
                func deed(_ iso: String, hour: Int) -> Recognition.Deed {
                    Recognition.Deed(
                        person: Member.yaThuong.id, organisation: Body.frontWorkOfThongXanh.id,
                        at: (Day(iso: iso) ?? .first).start + .hours(hour))
                }
                let id = try RecognitionStore.register(
                    Recognition.Registration(
                        area: Place.thongXanh.id, year: 2026, title: "model", level: .province, areaClass: nil,
                        criteriaSet: set), deed("2026-03-20", hour: 9), tx)
                guard isPosted else { return id }
                func now() throws -> Recognition.Dossier { try RecognitionStore.dossier(id, unattended: tx) }
                for indicator in try CriteriaStore.set(set, tx).indicators {
                    _ = try RecognitionStore.save(
                        .init(code: indicator.code, value: Self.good(indicator), note: nil), dossier: id, over: 0,
                        deed("2026-09-10", hour: 19), tx)
                }
                try RecognitionStore.handIn(now(), deed("2026-09-14", hour: 19), tx)
                try RecognitionStore.holdSitting(
                    Recognition.SittingRecord(
                        day: Day(iso: "2026-09-18") ?? .first, venue: "Nhà văn hóa thôn", chair: "Ya Thương",
                        secretary: "Trần Thị Lụa", present: 158, list: 158, opinions: "Nhất trí.", votes: [:],
                        isRest: false, next: nil), of: now(), deed("2026-09-18", hour: 21), tx)
                try RecognitionStore.post(
                    now(), from: Day(iso: "2026-09-20") ?? .first, deed("2026-09-20", hour: 7), tx)
                return id
            })
        return (id, "/dossiers/\(id)")
    }

    private static func good(_ indicator: Criteria.Indicator) -> Criteria.Value {
        switch indicator.kind {
        case .yesNo: .yes(true)
        case .grade(let choices): .grade(choices.last?.code ?? "")
        case .percentage: .quantity(Quantity(thousandths: 100_000))
        default: .quantity(Quantity(thousandths: 5_000))
        }
    }

    /// Everything that the tables keep, as text.
    private func kept(_ database: Database) async throws -> String {
        try await database.read { reader in
            let tables = [
                "posting_comment", "posting_attempt", "audit", "operation", "dossier_event", "job", "session",
            ]
            return try tables.flatMap { table in
                try reader.rows(SQL(stringLiteral: "SELECT * FROM \(table)")).map { "\(table): \($0)" }
            }.joined(separator: "\n")
        }
    }

    /// Rule 8: comments go to the commune; the area reads what was let through, never who sent it, with what or in which
    /// minute; it cannot delete, and owes an answer.
    @Test(arguments: TestEngine.all) func rule8CommentsGoToTheCommuneAndTheAreaOwesAnAnswer(on engine: TestEngine)
        async throws
    {
        let site = try await TestSite(engine, clock: TestClock(try #require(Day(iso: "2026-09-26")), hour: 20))
        let (id, path) = try await dossier(site, isPosted: true)
        site.clock.advance(by: .minutes(7))
        let raw = "den cau hong, ong Ba nha toi bao mai"
        var headers: HTTPFields = [.contentType: "application/json", .origin: "http://localhost"]
        headers[.userAgent] = "Nokia-3310-cua-toi"
        headers[try #require(HTTPField.Name("X-Forwarded-For"))] = "203.0.113.77"
        headers[try #require(HTTPField.Name("Sec-Fetch-Site"))] = "same-origin"
        headers[try #require(HTTPField.Name("Idempotency-Key"))] = "\(ID(high: 0x4000, low: 1 << 63 | 8))"
        let sent = try await site.visitor().request(
            .post, "/api/v1/posted/\(id)/comments", headers: headers,
            body: Array(#"{"accuses": "no", "text": "\#(raw)", "contact": "0912 345 678"}"#.utf8))
        sent.expectStatus(200)

        // A page says at its foot when it was drawn: not in the minute that is looked for below.
        site.clock.advance(by: .minutes(95))

        // To the commune, which reads it as it was sent; to the area not even that there is one to open.
        let kaHuong = try await site.signIn(.kaHuong)
        let link = try #require(try await kaHuong.open("\(path)/posting").links.first { $0.contains("/comments/") })
        let whole = try await kaHuong.open(link).expectStatus(200)
        #expect(whole.says(raw) && whole.says("0912 345 678"))
        let yaThuong = try await site.signIn(.yaThuong)
        let unseen = [path, "\(path)/posting", "/posted/\(id)", "/"]
        for page in unseen {
            let shown = try await yaThuong.open(page).expectStatus(200)
            #expect(!shown.says(raw) && !shown.links.contains(link), "\(page)")
        }
        try await yaThuong.open(link).expectStatus(404)

        // Let through without the name. The area reads the day and the clean text, on every page and in JSON.
        let clean = "Đèn ở cầu hỏng, đã báo mà chưa sửa."
        try await kaHuong.send(whole.form("/moderation").filled(["outcome": "pass", "text": clean])).expectStatus(200)
        let secrets = [raw, "0912", "203.0.113.77", "Nokia", "20:07", "13:07", "20 giờ 07"]
        func betrays(_ shown: Shown) -> [String] { secrets.filter { shown.body.contains($0) } }
        for page in [path, "\(path)/posting", link, "/posted/\(id)"] {
            #expect(try await betrays(yaThuong.open(page).expectStatus(200)) == [], "\(page)")
            #expect(try await betrays(yaThuong.json(page)) == [], "\(page) in JSON")
        }
        #expect(try await yaThuong.open(link).says(clean))
        #expect(try await betrays(kaHuong.json(link)).contains("0912"), "the look can find what is there")
        // The address of the comment is no clock either: unlike the dossier's it is not made of the time.
        let comment = try #require(ID(link.split(separator: "/").last ?? ""))
        #expect(comment.high >> 12 & 0xF != 7 && id.high >> 12 & 0xF == 7)
        // Neither sender nor device is kept anywhere; what is kept can be found.
        let all = try await kept(site.database)
        #expect(!all.contains("203.0.113.77") && !all.contains("Nokia-3310-cua-toi"))
        #expect(all.contains("0912 345 678") && all.contains(raw))

        // Nothing of the area's deletes or rewrites one: there is no such way in, and the commune's is not theirs.
        let ways = site.site.routes.filter { $0.path.contains("/comments") && $0.method != .get }.map(\.path)
        #expect(
            Set(ways) == [
                "/dossiers/:id/comments/:commentID/moderation", "/dossiers/:id/comments/:commentID/answer",
                "/posted/:id/comments",
            ])
        let rewritten = try await yaThuong.json("\(link)/moderation", sending: #"{"outcome": "aside", "reason": "x"}"#)
        rewritten.expectStatus(403)

        // It owes an answer: without one nothing goes to the commune.
        site.clock.move(to: try #require(Day(iso: "2026-09-30")))
        let late = try await site.signIn(.yaThuong)
        let held = try await late.json("\(path)/submission", sending: "{}")
        #expect(held.status >= 400 && held.body.contains("Còn 1 ý kiến chưa trả lời"), "\(held.body)")
        try await late.send(late.open(link).form("/answer").filled(["answer": "Xã hẹn thay trước 15/10."]))
            .expectStatus(200)
        let answered = try await late.json("\(path)/submission", sending: "{}")
        #expect(!answered.body.contains("ý kiến chưa trả lời"), "what else is missing is another matter")
        #expect(try await site.visitor().open("/posted/\(id)").says("Xã hẹn thay trước 15/10."))
    }

    /// A JPEG whose device wrote down when and where: 5 September 2026, 19:04, 11°46′30″ N, 108°31′12″ E.
    private static let located = Array(
        Data(
            base64Encoded: """
                /9j/4AAQSkZJRgABAQAAAQABAAD/4QC6RXhpZgAATU0AKgAAAAgAAodpAAQAAAABAAAAJoglAAQAAAABAAAATAAAAAAAAZADAAIA\
                AAAUAAAAOAAAAAAyMDI2OjA5OjA1IDE5OjA0OjAwAAAEAAEAAgAAAAJOAAAAAAIABQAAAAMAAACCAAMAAgAAAAJFAAAAAAQABQAA\
                AAMAAACaAAAAAAAAAAsAAAABAAAALgAAAAEAAAAeAAAAAQAAAGwAAAABAAAAHwAAAAEAAAAMAAAAAf/bAEMAFA4PEg8NFBIQEhcV\
                FBgeMiEeHBwePSwuJDJJQExLR0BGRVBac2JQVW1WRUZkiGVtd3uBgoFOYI2XjH2Wc36BfP/bAEMBFRcXHhoeOyEhO3xTRlN8fHx8\
                fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fP/AABEIACAAMAMBIgACEQEDEQH/xAAfAAABBQEB\
                AQEBAQAAAAAAAAAAAQIDBAUGBwgJCgv/xAC1EAACAQMDAgQDBQUEBAAAAX0BAgMABBEFEiExQQYTUWEHInEUMoGRoQgjQrHBFVLR\
                8CQzYnKCCQoWFxgZGiUmJygpKjQ1Njc4OTpDREVGR0hJSlNUVVZXWFlaY2RlZmdoaWpzdHV2d3h5eoOEhYaHiImKkpOUlZaXmJma\
                oqOkpaanqKmqsrO0tba3uLm6wsPExcbHyMnK0tPU1dbX2Nna4eLj5OXm5+jp6vHy8/T19vf4+fr/xAAfAQADAQEBAQEBAQEBAAAA\
                AAAAAQIDBAUGBwgJCgv/xAC1EQACAQIEBAMEBwUEBAABAncAAQIDEQQFITEGEkFRB2FxEyIygQgUQpGhscEJIzNS8BVictEKFiQ0\
                4SXxFxgZGiYnKCkqNTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqCg4SFhoeIiYqSk5SVlpeYmZqio6Slpqeo\
                qaqys7S1tre4ubrCw8TFxsfIycrS09TV1tfY2dri4+Tl5ufo6ery8/T19vf4+fr/2gAMAwEAAhEDEQA/AMyiiiuQ+gCiiigAoooo\
                AKKKKACiiigAooooA//Z
                """) ?? Data())

    /// A workbook of 36 persons.
    private static let list = Array(
        Data(
            base64Encoded: """
                UEsDBBQAAAAIAIlRdV3HHBc8CgAAAAgAAAATAAAAW0NvbnRlbnRfVHlwZXNdLnhtbLMJqSxILda3AwBQSwMEFAAAAAgAiVF1Xc6e\
                mBMNAAAACwAAAA8AAAB4bC93b3JrYm9vay54bWyzKc8vyk7Kz8/WtwMAUEsDBBQAAAAIAIlRdV31YVWzfgAAAD8KAAAYAAAAeGwv\
                d29ya3NoZWV0cy9zaGVldDEueG1ssynPL8ouzkhNLbGzAVMuiSWJdjZF+eV2NskKJbZKmXk5mXmpwSVFSnY2mcV2NiV2Hg939yqU\
                HF6VZ6MP1KQPEtRPBmKwHnwanTNzFPzSSysf7m7NUwg70pyn4H147agpo6aMmjJqyqgpo6aMmjJqyqgpg9IUfaTGoT6izQgAUEsB\
                AhQDFAAAAAgAiVF1XcccFzwKAAAACAAAABMAAAAAAAAAAAAAAIABAAAAAFtDb250ZW50X1R5cGVzXS54bWxQSwECFAMUAAAACACJ\
                UXVdzp6YEw0AAAALAAAADwAAAAAAAAAAAAAAgAE7AAAAeGwvd29ya2Jvb2sueG1sUEsBAhQDFAAAAAgAiVF1XfVhVbN+AAAAPwoA\
                ABgAAAAAAAAAAAAAAIABdQAAAHhsL3dvcmtzaGVldHMvc2hlZXQxLnhtbFBLBQYAAAAAAwADAMQAAAApAQAAAAA=
                """) ?? Data())

    /// Rule 10: evidence is closed; lists are never public and pictures only once the commune released them; what a
    /// device noted is kept apart, for the checker alone, and deleted when the dossier closes.
    @Test(arguments: TestEngine.all) func rule10EvidenceIsClosedAndWhatADeviceNotedIsApart(on engine: TestEngine)
        async throws
    {
        let site = try await TestSite(engine, clock: TestClock(try #require(Day(iso: "2026-09-10"))))
        let (id, path) = try await dossier(site, isPosted: false)
        let yaThuong = try await site.signIn(.yaThuong)
        let here = "\(path)/values/III.2"
        let form = try await yaThuong.open("\(here)/evidence/new?secret=no").expectStatus(200).form("/evidence")
        try await yaThuong.send(
            form.attaching("picture", file: "IMG_1.jpg", Self.located)
                .attaching("document", file: "danh sách hộ.xlsx", Self.list)
        ).expectStatus(200)
        let pieces = try await site.database.read { try RecognitionStore.evidence(of: id, $0) }
        let picture = try #require(pieces.first { $0.kind == .picture })
        let list = try #require(pieces.first { $0.kind == .document })

        // Apart: it came with the picture, is in no file that is handed out, and in no table of the evidence's own.
        #expect(String(decoding: Self.located, as: UTF8.self).contains("2026:09:05"))
        for kind in ["picture", "thumbnail"] {
            let served = try await yaThuong.request(.get, "/evidence/\(picture.id)/\(kind)").expectStatus(200)
            #expect(!served.body.contains("Exif") && !served.body.contains("2026:09:05"), "\(kind)")
        }
        func origins() async throws -> [ID: Recognition.EvidenceOrigin] {
            try await site.database.read { try RecognitionStore.origins(of: id, $0) }
        }
        #expect(try await origins()[picture.id]?.takenAt?.hasPrefix("2026-09-05") == true)
        #expect(try await origins()[picture.id]?.latitude == 11_775_000)

        // For the checker alone.
        let piece = "\(path)/evidence/\(picture.piece)"
        for page in [piece, "\(path)/evidence", here] {
            let shown = try await yaThuong.open(page).expectStatus(200)
            let told = try await yaThuong.json(page).expectStatus(200)
            for secret in ["11,775", "11.775", "11775000", "2026-09-05", "05/09/2026"] {
                #expect(!shown.body.contains(secret) && !told.body.contains(secret), "\(secret) on \(page)")
            }
        }
        let kaHuong = try await site.signIn(.kaHuong)
        #expect(try await kaHuong.json(piece).expectStatus(200).body.contains("2026-09-05"), "the checker sees it")

        // Closed by default: nobody outside gets either; released by the commune, the picture and never the list.
        let visitor = site.visitor()
        func open(_ address: String) async throws -> Int { try await visitor.request(.get, address).status }
        #expect(try await open("/evidence/\(picture.id)/picture") != 200)
        #expect(try await open("/evidence/\(list.id)/document") != 200)
        let looked = #"{"children": "none", "plates": "covered"}"#
        let mine = try await yaThuong.json("\(piece)/release", sending: looked)
        #expect(mine.status == 403, "releasing is not the area's")
        try await kaHuong.json("\(piece)/release", sending: looked).expectStatus(200)
        #expect(try await open("/evidence/\(picture.id)/picture") == 200)
        let released = try await kaHuong.json(
            "\(path)/evidence/\(list.piece)/release", sending: looked)
        #expect(released.status >= 400, "a list is never public")
        #expect(try await open("/evidence/\(list.id)/document") != 200)
        let closed = try await site.database.read { try RecognitionStore.closedEvidence(of: id, $0) }
        #expect(closed.map(\.kind) == [.document] && closed.map(\.lines) == [36])
        #expect(!"\(closed)".contains("Kín") && !"\(closed)".contains("hộ"))

        // Deleted when the dossier closes; the picture itself stays.
        let back = try await yaThuong.json("\(path)/withdrawal", sending: #"{"reason": "Để sang năm."}"#)
        back.expectStatus(200)
        #expect(try await origins().isEmpty)
        #expect(try await site.database.read { try RecognitionStore.evidence(of: id, $0) }.count == 2)
    }

    /// Rule 10: a photograph is never the only evidence that an indicator takes.
    @Test func rule10NoIndicatorRestsOnAPhotographAlone() throws {
        let text = try String(contentsOfFile: "\(Checkout.root)/Demonstration/criteria.yaml", encoding: .utf8)
        let set = try #require(Criteria.YAML.read(text).set)
        func resting(_ set: CriteriaSet) -> [String] {
            set.indicators.filter { !$0.evidence.isEmpty && $0.evidence.allSatisfy { $0.form == .photo } }.map(\.code)
        }
        #expect(resting(set) == [] && set.indicators.contains { $0.evidence.contains { $0.form == .photo } })
        // A set that asked for one would be found by this look, and refused by the product.
        var only = set
        only.standards[0].indicators[0].evidence = [Criteria.Evidence(.photo, "Ảnh")]
        #expect(resting(only) == [only.standards[0].indicators[0].code])
        #expect(Criteria.faults(in: only).contains { $0.key == .photographOnly && !$0.isWarning })
    }
}
