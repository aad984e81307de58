import Core
import Database
import Foundation
import TestKit
import Testing

@testable import Recognition

/// Who was there, a person a line: as typed, as kept, as printed with room to sign.
@Suite("Recognition: attendance", .databases) struct RecognitionAttendanceTests {
    @Test func aPersonALineHoweverTheyAreTyped() throws {
        let cases: [(typed: String, wanted: [String])] = [
            ("Ya Thương – Trưởng thôn", ["Ya Thương – Trưởng thôn"]),
            ("Ya Thương - Trưởng thôn\nKa Hương — Chủ tịch", ["Ya Thương – Trưởng thôn", "Ka Hương – Chủ tịch"]),
            (
                "1. Ya Thương, Trưởng thôn\n2) Ka Hương; Chủ tịch\r\n",
                ["Ya Thương – Trưởng thôn", "Ka Hương – Chủ tịch"]
            ),
            ("- K’ Brèo\tBí thư chi bộ\n• Ma Uynh", ["K’ Brèo – Bí thư chi bộ", "Ma Uynh"]),
            // A name with a hyphen of its own, and a duty with a comma.
            ("Đa-niên Hà – Trưởng ban, tổ trưởng", ["Đa-niên Hà – Trưởng ban, tổ trưởng"]),
            ("Trưởng thôn\n\n  \nTrưởng thôn", ["Trưởng thôn"]), ("Ya Thương –", ["Ya Thương"]),
            ("Ya Thương, ", ["Ya Thương"]), (" – Trưởng thôn", ["Trưởng thôn"]), ("", []), ("\n \n", []),
        ]
        for one in cases {
            let people = try Recognition.Attendance.read(one.typed, field: "attended")
            #expect(people.map(\.line) == one.wanted, "\(one.typed)")
            // What is kept reads as itself.
            #expect(Recognition.Attendance.people(Recognition.Attendance.text(people)) == people, "\(one.typed)")
        }
        #expect(Recognition.Attendance.text([]) == nil && Recognition.Attendance.people(nil).isEmpty)
    }

    @Test func everyLineThatNamesNobodyIsRefusedAtOnce() {
        func refusals(_ text: String) -> [String] {
            do throws(Refusal) {
                _ = try Recognition.Attendance.read(text, field: "attended")
                return []
            } catch {
                return ([error] + error.others).map {
                    "\($0.key.split(separator: ".").last ?? "") \($0.arguments["line"] ?? "") \($0.field ?? "")"
                }
            }
        }
        let long = String(repeating: "a", count: 161)
        #expect(refusals("Ya Thương\n...\n\(long)") == ["lineNoName 2 attended", "lineTooLong 3 attended"])
        #expect(refusals((1...41).map { "Người \($0) – đại biểu" }.joined(separator: "\n")) == ["tooMany  attended"])
        #expect(refusals((1...40).map { "Người \($0) – đại biểu" }.joined(separator: "\n")) == [])
    }

    @Test(arguments: TestEngine.all) func theMeetingsGuestsAreNamedAndSignAndComeBackNextTime(on engine: TestEngine)
        async throws
    {
        let site = try await TestSite(engine, clock: TestClock(try #require(Day(iso: "2026-09-18")), hour: 21))
        let set = try await Scene.begin(site.database)
        let dossier = try await site.database.unattended(
            .seed,
            giving: { tx in
                let id = try Scene.register(set, tx)
                try Walk.fill(id, tx)
                try Walk.handIn(id, tx)
                return id
            })
        let head = try await site.signIn(.yaThuong)
        let page = try await head.open("/dossiers/\(dossier)/review").expectStatus(200)
        let form = try page.form("/sittings").filled([
            "day": "18/09/2026", "present": "158", "list": "158", "venue": "Nhà văn hóa thôn", "chair": "Ya Thương",
            "secretary": "Trần Thị Lụa",
        ])
        let wrong = try await head.send(form.filled(["attended": "K’ Brèo – Bí thư chi bộ\n???"])).expectStatus(422)
        #expect(wrong.error(beside: "attended")?.contains("Dòng 2") == true)
        #expect(try wrong.form("/sittings").values["attended"]?.contains("???") == true, "nothing typed is lost")
        try await head.send(
            form.filled(["attended": "1. K’ Brèo - Bí thư chi bộ\nLê Thị Mai, Cán bộ văn hóa xã"])
        ).expectStatus(200)
        let minutes = try await head.open("/dossiers/\(dossier)/review/minutes").expectStatus(200)
        for words in ["K’ Brèo", "Bí thư chi bộ", "Lê Thị Mai", "Cán bộ văn hóa xã", "Ký tên"] {
            #expect(minutes.says(words), "\(words)")
        }
        #expect(minutes.body.contains("class=\"signed-here\""), "room to sign")
        #expect(minutes.says("năm 2026, thôn Thông Xanh"), "inside a sentence, in small letters")
        let again = try await head.open("/dossiers/\(dossier)/review?again=yes").expectStatus(200)
        #expect(
            try again.form("/sittings").values["attended"]
                == "K’ Brèo – Bí thư chi bộ\nLê Thị Mai – Cán bộ văn hóa xã")
        let json = try await head.json("/dossiers/\(dossier)/review").jsonObject
        let sittings = try #require(json["sittings"] as? [[String: Any]])
        let people = try #require(sittings.first?["attended"] as? [[String: Any]])
        #expect(people.map { $0["duty"] as? String } == ["Bí thư chi bộ", "Cán bộ văn hóa xã"])
    }

    @Test(arguments: TestEngine.all) func checkAndPanelPrintTheirPeopleWithRoomToSign(on engine: TestEngine)
        async throws
    {
        let site = try await TestSite(engine, clock: TestClock(try #require(Day(iso: "2026-10-08"))))
        let set = try await Scene.begin(site.database)
        let dossier = try await site.database.unattended(
            .seed,
            giving: { tx in
                let id = try Scene.register(set, tx)
                try Walk.toSubmitted(id, tx)
                return id
            })
        let kaHuong = try await site.signIn(.kaHuong)
        let draft = try await kaHuong.open("/dossiers/\(dossier)/check/minutes").expectStatus(200)
        #expect(draft.body.components(separatedBy: "signed-here").count == 4, "three empty lines to write in")
        let page = try await kaHuong.open("/dossiers/\(dossier)/check").expectStatus(200)
        // Printed it is a few sheets: advice and links stay on the screen, what is needed stands in each row's line.
        let advice = page.body.split(separator: "class=\"no-print\"").dropFirst().first ?? ""
        #expect(advice.prefix(300).contains("class=\"notice") && page.says("Bấm vào một chỉ tiêu để ghi số của xã"))
        #expect(page.body.contains(/<small>Thôn ghi [^<]*\. Mức cần: [^<]+<\/small>/))
        let style = try String(contentsOfFile: TestSite.checkout + "/Public/kieumau.css", encoding: .utf8)
        let print = try #require(style.components(separatedBy: "@media print {").dropFirst().first)
        #expect(print.contains(".both textarea { height: 8mm; }"), "a line to write on, not a box")
        let check = try page.form("/check")
        let wrong = try await kaHuong.send(check.filled(["attended": "???", "outcome": "accept"])).expectStatus(422)
        #expect(wrong.error(beside: "attended")?.contains("Dòng 1") == true)
        try await kaHuong.send(
            check.filled(["attended": "Ya Thương – Trưởng thôn\nMa Uynh – Chi hội trưởng", "outcome": "accept"])
        ).expectStatus(200)
        let minutes = try await kaHuong.open("/dossiers/\(dossier)/check/minutes").expectStatus(200)
        #expect(minutes.says("Ma Uynh") && minutes.says("Chi hội trưởng"))
        #expect(minutes.body.components(separatedBy: "signed-here").count == 3)

        site.clock.move(to: try #require(Day(iso: "2026-10-28")))
        try await site.database.unattended(.seed) { tx in
            try PanelScene.addPeople(tx)
            _ = try PanelScene.toPanel([dossier], tx)
            try PanelScene.declareAndScore(dossier, by: PanelScene.members, tx)
            try RecognitionStore.putVisit(
                Recognition.NewVisit(
                    day: Day(iso: "2026-10-27") ?? .first, members: PanelScene.members,
                    others: [Recognition.Attendee("Ya Thương", duty: "Trưởng thôn")], remark: nil,
                    looks: [.init(code: "III.3", result: .asWritten, note: nil)]),
                dossier: dossier, PanelScene.deed(PanelScene.members[0], "2026-10-27"), tx)
            return Receipt()
        }
        let chair = try await site.signIn(.dangThiAnh)
        #expect(try await chair.open("/dossiers/\(dossier)/visit/paper").says("Ya Thương – Trưởng thôn"))
        let conclusion = try await chair.open("/dossiers/\(dossier)/appraisal").form("/conclusion")
        try await chair.send(
            conclusion.filled(["conclusion": "passes", "attended": "Ka Hương – Chủ tịch Ủy ban MTTQ xã"])
        ).expectStatus(200)
        let panel = try await chair.open("/dossiers/\(dossier)/minutes").expectStatus(200)
        #expect(panel.says("Tổ trưởng tổ thẩm định") && panel.says("Chủ tịch Ủy ban MTTQ xã"))
        #expect(panel.body.components(separatedBy: "signed-here").count == 5, "three members and one more")
        #expect(panel.says("hồ sơ thôn Thông Xanh") && !panel.says("hồ sơ Thôn"))
    }
}
