import App
import Core
import Criteria
import Database
import Documents
import Foundation
import TestKit
import Testing

@testable import Recognition

/// Evidence over HTTP: what is taken, what is refused in words, what stays in the history, who sees it.
@Suite("Evidence", .databases) struct RecognitionEvidenceTests {
    /// A dossier that Ya Thương fills in, and the address of one of its indicators.
    private func begin(_ engine: TestEngine) async throws -> (TestSite, ID, String) {
        let site = try await TestSite(engine, clock: TestClock(try #require(Day(iso: "2026-08-20"))))
        let set = try await Scene.begin(site.database)
        let id = try await site.database.unattended(.seed, giving: { try Scene.register(set, $0) })
        return (site, id, "/dossiers/\(id)/values/III.3")
    }

    private func pieces(_ site: TestSite, _ dossier: ID) async throws -> [Recognition.Evidence] {
        try await site.database.read { try RecognitionStore.evidence(of: dossier, $0) }
    }

    /// What lies in the store of files.
    private func kept(_ site: TestSite) -> Int {
        let all = FileManager.default.enumerator(at: site.files, includingPropertiesForKeys: [.isRegularFileKey])
        return (all?.allObjects as? [URL] ?? []).count {
            (try? $0.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile) == true
        }
    }

    @Test(arguments: TestEngine.all) func whetherItIsSecretIsAskedBeforeAnyFile(on engine: TestEngine) async throws {
        let (site, _, here) = try await begin(engine)
        let yaThuong = try await site.signIn(.yaThuong)
        let page = try await yaThuong.open(here)
        let link = try #require(page.links.first { $0.hasSuffix("/evidence/new") })
        let question = try await yaThuong.open(link).expectStatus(200)
        #expect(question.says("Tài liệu có dấu Mật, Tối mật, Tuyệt mật không?"))
        #expect(question.forms.allSatisfy { !$0.names.contains("picture") })
        let stopped = try await yaThuong.open("\(link)?secret=yes").expectStatus(200)
        #expect(stopped.says("Chưa có gì được gửi đi") && stopped.forms.allSatisfy { !$0.names.contains("picture") })
        let open = try await yaThuong.open("\(link)?secret=no").expectStatus(200)
        #expect(try open.form("/evidence").names == ["camera", "picture", "document", "caption"])
        #expect(open.body.contains("capture=\"environment\"") && open.body.contains(" multiple"))
    }

    @Test(arguments: TestEngine.all) func neitherMarkNorFileIsSaidAtOnce(on engine: TestEngine) async throws {
        let (site, id, here) = try await begin(engine)
        let yaThuong = try await site.signIn(.yaThuong)
        let form = try await yaThuong.open("\(here)/evidence/new?secret=no").form("/evidence")
        let neither = try await yaThuong.send(
            form.filled(["caption": "Đèn đường ở cổng thôn"]).forged(["secret": nil])
        ).expectStatus(422)
        #expect(neither.error(beside: "secret") != nil)
        #expect(neither.error(beside: "picture")?.contains("Chưa chọn tệp nào") == true)
        let again = try neither.form("/evidence")
        #expect(again.names.contains("secret") && again.values["caption"] == "Đèn đường ở cổng thôn")
        // Without the answer a file is not taken either; with a mark none is asked for.
        let unmarked = try await yaThuong.send(
            again.attaching("picture", file: "a.webp", EvidenceMaker.webp)
        ).expectStatus(422)
        #expect(unmarked.error(beside: "secret") != nil && unmarked.error(beside: "picture") == nil)
        let marked = try await yaThuong.send(again.filled(["secret": "yes"])).expectStatus(422)
        #expect(marked.says("Chưa có gì được gửi đi") && !marked.says("Chưa chọn tệp nào"))
        #expect(try await pieces(site, id).isEmpty && kept(site) == 0)
        // What came back is filled in and taken.
        let sent = try await yaThuong.send(
            again.filled(["secret": "no"]).attaching("picture", file: "a.webp", EvidenceMaker.webp)
        ).expectStatus(200)
        #expect(sent.says("Đèn đường ở cổng thôn"))
        let piece = try #require(try await pieces(site, id).first)
        // The same of a newer file in the place of one.
        let revision = try await yaThuong.open("/dossiers/\(id)/evidence/\(piece.id)/revisions/new?secret=no")
            .form("/revisions").filled(["caption": "Chụp lại buổi tối"])
        let bare = try await yaThuong.send(revision.forged(["secret": nil])).expectStatus(422)
        #expect(bare.error(beside: "secret") != nil && bare.error(beside: "file") != nil)
        #expect(try bare.form("/revisions").values["caption"] == "Chụp lại buổi tối")
        // And as JSON.
        let json = try await yaThuong.json("\(here)/evidence", sending: "{}").expectStatus(422)
        #expect(json.body.contains("\"secret\"") && json.body.contains("\"picture\""))
    }

    @Test(arguments: TestEngine.all) func picturesOfEveryKindAndDocumentsAtOnce(on engine: TestEngine) async throws {
        let (site, id, here) = try await begin(engine)
        let yaThuong = try await site.signIn(.yaThuong)
        let form = try await yaThuong.open("\(here)/evidence/new?secret=no").form("/evidence")
        let sent = try await yaThuong.send(
            form.filled(["caption": "Đường vào thôn"])
                .attaching("camera", file: "chụp.jpg", EvidenceMaker.jpeg())
                .attaching("picture", file: "a.webp", EvidenceMaker.webp)
                .attaching("picture", file: "b.HEIC", EvidenceMaker.heic)
                .attaching("document", file: "../../etc/danh sách hộ.xlsx", EvidenceMaker.sheet(lines: 36))
                .attaching("document", file: "biên bản.docx", EvidenceMaker.word(["Biên bản"]))
                .attaching("document", file: "bản quét.pdf", EvidenceMaker.pdf()))
        sent.expectStatus(200)
        #expect(sent.says("Danh sách XLSX, 36 dòng") && sent.says("Tài liệu PDF") && sent.says("Đường vào thôn"))
        let all = try await pieces(site, id)
        #expect(all.map(\.fileKind) == [.jpeg, .jpeg, .jpeg, .xlsx, .docx, .pdf])
        #expect(all.map(\.lines) == [nil, nil, nil, 36, nil, nil])
        #expect(all[3].fileName == "danh sách hộ.xlsx")
        #expect(all.allSatisfy { $0.codes == ["III.3"] && $0.note == "Đường vào thôn" })

        // A document is handed over to be saved, under the product's own name, to whoever sees the dossier.
        let document = "/evidence/\(all[3].id)/document"
        let saved = try await yaThuong.request(.get, document)
        #expect(saved.status == 200 && saved.bytes == EvidenceMaker.sheet(lines: 36))
        #expect(saved.headers[.contentDisposition]?.hasPrefix("attachment; filename=\"minh-chung-III.3-") == true)
        #expect(saved.headers[.xContentTypeOptions] == "nosniff")
        #expect(saved.headers[.contentType]?.hasSuffix("spreadsheetml.sheet") == true)
        #expect(try await site.signIn(.haLieng).request(.get, document).status == 404)
        #expect(try await site.visitor().request(.get, document).status != 200)
        #expect(try await yaThuong.request(.get, "/evidence/\(all[3].id)/picture").status == 404)
        #expect(try await yaThuong.request(.get, "/evidence/\(all[0].id)/document").status == 404)

        // One more is a seventh: too many for one indicator only from the thirteenth on, too many at once before.
        var seven = form
        for number in 0..<7 { seven = try seven.attaching("picture", file: "\(number).webp", EvidenceMaker.webp) }
        #expect(try await yaThuong.send(seven).expectStatus(422).error(beside: "picture")?.contains("6") == true)
        let none = try await yaThuong.send(form).expectStatus(422)
        #expect(none.error(beside: "picture")?.contains("Chưa chọn tệp nào") == true)
        var six = form
        for number in 0..<6 { six = try six.attaching("picture", file: "\(number).webp", EvidenceMaker.webp) }
        try await yaThuong.send(six).expectStatus(200)
        let full = try await yaThuong.send(
            yaThuong.open("\(here)/evidence/new?secret=no").form("/evidence")
                .attaching("picture", file: "13.webp", EvidenceMaker.webp)
        ).expectStatus(422)
        #expect(full.error(beside: "picture")?.contains("tối đa 12") == true)
        #expect(try await pieces(site, id).count == 12)
        let told = try await yaThuong.json("/dossiers/\(id)/evidence?kind=document").expectStatus(200)
        let counts = try #require(told.jsonObject["counts"] as? [String: Int])
        #expect(counts == ["picture": 9, "document": 3])
        #expect((told.jsonObject["evidence"] as? [Any])?.count == 3)
    }

    @Test(arguments: TestEngine.all) func hostileFilesAreRefusedInWordsAndNothingIsKept(on engine: TestEngine)
        async throws
    {
        let (site, id, here) = try await begin(engine)
        let yaThuong = try await site.signIn(.yaThuong)
        let jpeg = try EvidenceMaker.jpeg()
        let files: [(name: String, bytes: [UInt8], status: Int, words: String)] = [
            ("báo cáo.docx", EvidenceMaker.bomb(), 413, "bung ra quá lớn"),
            ("ảnh.jpg", jpeg + EvidenceMaker.zip([("a.html", Array("<p>".utf8))]), 422, "vừa là ảnh"),
            ("ảnh2.jpg", jpeg + Array("<html><script>alert(1)</script>".utf8), 422, "vừa là ảnh"),
            ("công văn.docx", EvidenceMaker.word(["TỐI MẬT", "Kính gửi"]), 422, "dấu Mật, Tối mật"),
            ("quét.pdf", EvidenceMaker.pdf("4 0 obj << /Title (TUY\u{1EC6}T M\u{1EAC}T) >> endobj"), 422, "dấu Mật"),
            ("to.png", EvidenceMaker.png(claiming: 10_000, 8_000), 413, "50 triệu điểm ảnh"),
            ("rỗng.jpg", [], 422, "Tệp này không có nội dung"),
            ("đổi tên.jpg", Array("#!/bin/sh\necho".utf8), 415, "không phải loại tệp nhận ở đây"),
            ("thiếu.heic", Array(EvidenceMaker.heic.dropLast(30)), 422, "bị hỏng"),
            ("thiếu.webp", Array(EvidenceMaker.webp.dropLast(30)), 422, "bị hỏng"),
            (
                "liên kết.xlsx",
                EvidenceMaker.sheet(lines: 2, also: [("xl/externalLinks/externalLink1.xml", Array("<x/>".utf8))]), 422,
                "tự lấy dữ liệu từ nơi khác"
            ),
            ("macro.xlsx", EvidenceMaker.sheet(lines: 2, also: [("xl/vbaProject.bin", [1])]), 422, "macro"),
            ("lệnh.pdf", EvidenceMaker.pdf("4 0 obj << /S /JavaScript >> endobj"), 422, "lệnh tự chạy"),
            ("kèm.pdf", EvidenceMaker.pdf("4 0 obj << /EmbeddedFiles 5 0 R >> endobj"), 422, "đính bên trong"),
            ("khóa.pdf", EvidenceMaker.pdf("trailer << /Encrypt 5 0 R >>"), 422, "mật khẩu"),
            ("cũ.doc", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], 415, "đời cũ"),
        ]
        let page = try await yaThuong.open("\(here)/evidence/new?secret=no")
        for file in files {
            // Behind a good one: of two files with one that is refused neither stays.
            let back = try await yaThuong.send(
                page.form("/evidence").attaching("picture", file: "tốt.webp", EvidenceMaker.webp)
                    .attaching("document", file: file.name, file.bytes))
            #expect(back.status == file.status, "\(file.name)")
            let error = back.error(beside: "document") ?? ""
            #expect(error.contains(file.words), "\(file.name): \(error)")
            if !file.bytes.isEmpty { #expect(error.contains(file.name), "\(file.name): \(error)") }
        }
        #expect(try await pieces(site, id).isEmpty)
        let rows = try await site.database.read { try $0.one("SELECT count(*) AS n FROM evidence").integer("n") }
        #expect(rows == 0)
        #expect(kept(site) == 0)
    }

    @Test(arguments: TestEngine.all) func aNewerOneReplacesAnOlderOneWhichStaysWithItsName(on engine: TestEngine)
        async throws
    {
        let (site, id, here) = try await begin(engine)
        let yaThuong = try await site.signIn(.yaThuong)
        let form = try await yaThuong.open("\(here)/evidence/new?secret=no").form("/evidence")
        try await yaThuong.send(form.attaching("picture", file: "cũ.webp", EvidenceMaker.webp)).expectStatus(200)
        let first = try #require(try await pieces(site, id).first)
        let kaHuong = try await site.signIn(.kaHuong)
        let release = try await kaHuong.open("/dossiers/\(id)/evidence/\(first.piece)").form("/release")
        try await kaHuong.send(release.filled(["children": "none", "plates": "none"])).expectStatus(200)
        #expect(try await site.visitor().request(.get, "/evidence/\(first.id)/picture").status == 200)

        // Another of the area's people sends the newer one; what the public sees is decided anew.
        let dinhCongSau = try await site.signIn(.dinhCongSau)
        let piece = "/dossiers/\(id)/evidence/\(first.piece)"
        let newer = try await dinhCongSau.open("\(piece)/revisions/new?secret=no").form("/revisions")
        let wrong = try await dinhCongSau.send(newer.attaching("file", file: "x.txt", Array("x".utf8)))
        #expect(wrong.status == 415 && wrong.error(beside: "file") != nil)
        site.clock.advance(by: .hours(1))
        let replaced = try await dinhCongSau.send(
            newer.filled(["caption": "Chụp lại"]).attaching("file", file: "mới.heic", EvidenceMaker.heic)
        ).expectStatus(200)
        for words in ["cũ.webp", "mới.heic", "Bản 1", "Bản 2", "Ya Thương", "Chụp lại"] {
            #expect(replaced.says(words), "\(words)")
        }
        let second = try #require(try await pieces(site, id).first)
        #expect(try await pieces(site, id).count == 1)
        #expect(second.piece == first.piece && second.version == 2 && second.codes == ["III.3"] && !second.isReleased)
        #expect(try await site.visitor().request(.get, "/evidence/\(first.id)/picture").status == 404)
        #expect(try await yaThuong.request(.get, "/evidence/\(first.id)/picture").status == 200)
        let needed = try await site.database.read { reader in
            let old = try RecognitionStore.picture(first.id, isThumbnail: false, seenBy: Scene.sight(.yaThuong), reader)
            return try ContentSweep.needed([old.address], reader) == [old.address]
        }
        #expect(needed)
        // Taken out, all versions go, and their files are nobody's.
        try await yaThuong.send(yaThuong.open(piece).form("/removal")).expectStatus(200)
        #expect(try await yaThuong.request(.get, "/evidence/\(first.id)/picture").status == 404)
        #expect(try await yaThuong.open(piece).status == 404)
        let history = try await site.database.read { try $0.one("SELECT count(*) AS n FROM evidence").integer("n") }
        #expect(history == 2)
    }

    /// Somebody looks for children's faces and number plates before the public does (rules for people, 10).
    @Test(arguments: TestEngine.all) func noPictureGoesOutBeforeBothQuestionsAreAnswered(on engine: TestEngine)
        async throws
    {
        let (site, id, here) = try await begin(engine)
        let yaThuong = try await site.signIn(.yaThuong)
        let form = try await yaThuong.open("\(here)/evidence/new?secret=no").form("/evidence")
        try await yaThuong.send(form.attaching("picture", file: "a.webp", EvidenceMaker.webp)).expectStatus(200)
        let piece = try #require(try await pieces(site, id).first)
        let picture = "/evidence/\(piece.id)/picture"
        func seen() async throws -> Bool { try await site.visitor().request(.get, picture).status == 200 }

        // From the indicator a link leads to the questions; no button lets it out at once.
        let kaHuong = try await site.signIn(.kaHuong)
        let indicator = try await kaHuong.open(here).expectStatus(200)
        #expect(indicator.forms.allSatisfy { !$0.action.hasSuffix("/release") })
        let page = "/dossiers/\(id)/evidence/\(piece.piece)"
        #expect(indicator.links.contains("\(page)#release"))
        let release = try await kaHuong.open(page).expectStatus(200).form("/release")
        let empty = try await kaHuong.send(release).expectStatus(422)
        #expect(empty.error(beside: "children") != nil && empty.error(beside: "plates") != nil)
        let faces = try await kaHuong.send(release.filled(["children": "shown", "plates": "none"])).expectStatus(422)
        #expect(faces.error(beside: "children")?.contains("mặt trẻ em") == true && faces.error(beside: "plates") == nil)
        let both = try await kaHuong.send(release.filled(["children": "shown", "plates": "shown"])).expectStatus(422)
        #expect(both.error(beside: "children") != nil && both.error(beside: "plates")?.contains("biển số") == true)
        let told = try await kaHuong.json("\(page)/release", sending: #"{"children": "none"}"#).expectStatus(422)
        #expect(told.body.contains("\"plates\""))
        #expect(try await !seen())

        try await kaHuong.send(release.filled(["children": "covered", "plates": "none"])).expectStatus(200)
        #expect(try await seen())
        let kept = try await site.database.read { try $0.one("SELECT children, plates FROM evidence") }
        #expect(try kept.text("children") == "covered" && kept.text("plates") == "none")
        // The area does neither; closed again the answers are gone, and are asked for anew.
        let mine = try await yaThuong.json("\(page)/closing", sending: "{}")
        #expect(mine.status == 403)
        try await kaHuong.press("/closing", on: kaHuong.open(here)).expectStatus(200)
        #expect(try await !seen())
        #expect(try await kaHuong.open(page).form("/release").values["children"] ?? "" == "")
    }

    @Test(arguments: TestEngine.all) func onePieceSpeaksForSeveralIndicators(on engine: TestEngine) async throws {
        let (site, id, here) = try await begin(engine)
        let yaThuong = try await site.signIn(.yaThuong)
        let form = try await yaThuong.open("\(here)/evidence/new?secret=no").form("/evidence")
        try await yaThuong.send(form.attaching("document", file: "a.pdf", EvidenceMaker.pdf())).expectStatus(200)
        let piece = try #require(try await pieces(site, id).first).piece
        let page = try await yaThuong.open("/dossiers/\(id)/evidence/\(piece)").expectStatus(200)
        let uses = try page.form("/uses")
        let none = try await yaThuong.send(uses.filled(["use.III.3": ""])).expectStatus(422)
        #expect(none.error(beside: "use")?.contains("ít nhất một chỉ tiêu") == true)
        let forged = try await yaThuong.send(uses.forged(["use.IX.9": "yes"])).expectStatus(422)
        #expect(forged.error(beside: "use")?.contains("không thuộc bộ tiêu chí") == true)
        try await yaThuong.send(uses.filled(["use.III.2": "yes", "use.I.1": "yes"])).expectStatus(200)
        #expect(try await pieces(site, id).first?.codes == ["I.1", "III.2", "III.3"])
        #expect(try await yaThuong.open("/dossiers/\(id)/values/III.2").says("Tài liệu PDF"))
        let fewer = try await yaThuong.open("/dossiers/\(id)/evidence/\(piece)").form("/uses")
        try await yaThuong.send(fewer.filled(["use.III.3": ""])).expectStatus(200)
        #expect(try await yaThuong.open(here).says("Chưa có minh chứng nào"))

        // The commune reads it and cannot change or publish it.
        let kaHuong = try await site.signIn(.kaHuong)
        let seen = try await kaHuong.open("/dossiers/\(id)/evidence/\(piece)").expectStatus(200)
        #expect(seen.says("không bao giờ công khai"))
        #expect(seen.forms.allSatisfy { !$0.action.hasSuffix("/uses") && !$0.action.hasSuffix("/release") })
        let release = try await kaHuong.json(
            "/dossiers/\(id)/evidence/\(piece)/release", sending: #"{"children": "none", "plates": "none"}"#)
        #expect(release.status == 422)
        #expect(try await site.database.read { try RecognitionStore.publicEvidence(of: id, $0) }.isEmpty)
        let closed = try await site.database.read { try RecognitionStore.closedEvidence(of: id, $0) }
        #expect(closed.map(\.kind) == [.document] && closed.map(\.fileKind) == [.pdf])
    }

    @Test(arguments: TestEngine.all) func aWitnessOrAVisitServesInPlaceOfAPicture(on engine: TestEngine) async throws {
        let (site, id, here) = try await begin(engine)
        let yaThuong = try await site.signIn(.yaThuong)
        let form = try await yaThuong.open("\(here)/evidence/new").form("/observations")
        let typed = [
            "kind": "witness", "office": "Bí thư chi bộ thôn", "day": "18/8/2026",
            "seen": "41 trên 42 cột đèn sáng lúc 19 giờ",
        ]
        for (change, field, words) in [
            (["day": "21/8/2026"], "day", "chưa đến"), (["day": "1/8/2024"], "day", "quá hai năm"),
            (["seen": "Ông A, 0912 345 678"], "seen", "số điện thoại"),
            (["office": "CCCD 068.090.001.234"], "office", "số định danh"), (["seen": ""], "seen", "Còn trống"),
        ] {
            let back = try await yaThuong.send(form.filled(typed.merging(change) { $1 })).expectStatus(422)
            let error = back.error(beside: field) ?? ""
            #expect(error.contains(words), "\(change): \(error)")
        }
        let sent = try await yaThuong.send(form.filled(typed)).expectStatus(200)
        #expect(sent.says("Người xác nhận") && sent.says("Bí thư chi bộ thôn, ngày 18/08/2026"))
        let piece = try #require(try await pieces(site, id).first)
        #expect(piece.kind == .witness && piece.side == .own)
        #expect(try await yaThuong.open("/dossiers/\(id)/evidence").says("41 trên 42 cột đèn sáng"))
        #expect(try await yaThuong.open("/dossiers/\(id)").says("1 minh chứng, trong đó 0 ảnh"))
        // Nobody else may write here; the commune not before it checks.
        let kaHuong = try await site.signIn(.kaHuong)
        let early = try await kaHuong.json(
            "\(here)/observations",
            sending: #"{"kind": "visit", "office": "Xã", "day": "2026-08-19", "seen": "Đã xem"}"#)
        #expect(early.status == 403)
    }

    @Test(arguments: TestEngine.all) func theCommunesVisitIsItsOwnAndBarsNobodyFromChecking(on engine: TestEngine)
        async throws
    {
        let (site, id, here) = try await begin(engine)
        try await site.database.unattended(.seed) { tx in
            try tx.execute("UPDATE dossier SET state = 'submitted' WHERE id = \(id)")
            return Receipt()
        }
        let kaHuong = try await site.signIn(.kaHuong)
        let page = try await kaHuong.open("\(here)/evidence/new").expectStatus(200)
        let typed = ["office": "Đoàn kiểm tra của xã", "day": "19/8/2026", "seen": "Đếm lại: 40 cột sáng"]
        let form = try page.form("/observations").filled(typed)
        let witness = try await kaHuong.send(form.filled(["kind": "witness"])).expectStatus(422)
        #expect(witness.error(beside: "kind") != nil)
        try await kaHuong.send(form.filled(["kind": "visit"])).expectStatus(200)
        let piece = try #require(try await pieces(site, id).first)
        #expect(piece.side == .check && piece.kind == .visit)
        let hands = try await site.database.read { try RecognitionStore.hands(of: Member.kaHuong.id, on: id, $0) }
        #expect(!hands.did.contains(.filled))
        // Back with the area, it reads the note and cannot take it out.
        try await site.database.unattended(.seed) { tx in
            try tx.execute("UPDATE dossier SET state = 'returned' WHERE id = \(id)")
            return Receipt()
        }
        let yaThuong = try await site.signIn(.yaThuong)
        let seen = try await yaThuong.open(here)
        #expect(seen.says("Đếm lại: 40 cột sáng") && seen.forms.allSatisfy { !$0.action.hasSuffix("/removal") })
        let removal = try await yaThuong.json("/dossiers/\(id)/evidence/\(piece.piece)/removal", sending: "{}")
        #expect(removal.status == 403)
    }

    @Test(arguments: TestEngine.all) func anEmptyListTeachesTheFirstStep(on engine: TestEngine) async throws {
        let (site, id, _) = try await begin(engine)
        let page = try await site.signIn(.yaThuong).open("/dossiers/\(id)/evidence").expectStatus(200)
        #expect(page.says("Chưa có minh chứng") && page.says("Mở bản tự đánh giá"))
        #expect(try await site.signIn(.haLieng).open("/dossiers/\(id)/evidence").status == 404)
        #expect(try await site.visitor().request(.get, "/dossiers/\(id)/evidence").status != 200)
    }
}

@Suite("Rules of evidence") struct RecognitionEvidenceRulesTests {
    @Test func privateNumbersAreNoticed() {
        for text in ["0912345678", "0912 345 678", "068-090.001 234", "số 123456789"] {
            #expect(Recognition.Observation.hasPrivateNumber(text), "\(text)")
        }
        for text in [
            "41 trên 42 cột, 19 giờ", "ngày 18/8/2026 lúc 19:30", "Nghị quyết 12345678", "1.200.000.000 đồng", "",
        ] {
            #expect(!Recognition.Observation.hasPrivateNumber(text), "\(text)")
        }
    }

    @Test func onlyPicturesMayBePublicAndTheLimitCounts() {
        #expect(Recognition.EvidenceKind.allCases.filter(\.mayBePublic) == [.picture])
        #expect(Recognition.EvidenceLimit.refusal(held: 11, adding: 1) == nil)
        #expect(Recognition.EvidenceLimit.refusal(held: 11, adding: 2)?.field == "picture")
    }
}
