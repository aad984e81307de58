import Core
import Database
import TestKit
import Testing

@testable import Recognition

/// The day on a signed paper: not before what it rests on, and no second title by the order of days.
@Suite("Decisions: the day of the paper", .databases) struct RecognitionDecisionDayTests {
    private func day(_ text: String) throws -> Day { try #require(Day(iso: text)) }

    @Test(arguments: TestEngine.all) func aPaperIsNotOlderThanThePanelsConclusion(on engine: TestEngine) async throws {
        let site = try await TestSite(engine, clock: TestClock(day("2026-11-04")))
        let set = try await Scene.begin(site.database)
        let first = try await site.database.unattended(.seed, giving: { tx in try Scene.concluded(set, tx) })
        site.clock.move(to: try day("2026-11-06"))
        let draft = try await site.database.unattended(
            .seed,
            giving: { tx in
                try Scene.draft([(first, .recognised), (Scene.concluded(set, in: .taLy, tx), .refused)], tx)
            })
        site.clock.move(to: try day("2026-11-10"))
        let hanh = try await site.signIn(.doThiHanh)
        func send(_ day: String) async throws -> Shown {
            let form = try await hanh.open("/decisions/\(draft)").form("/issue").filled([
                "number": "46/QĐ-MTTQ-BTT", "day": day, "signer": "Đỗ Thị Hạnh", "office": "Chủ tịch",
            ])
            return try await hanh.send(form.attaching("scan", file: "qd.pdf", Array("%PDF-1.4\n%%EOF\n".utf8)))
        }
        // Before the later of the two conclusions, and before the registration.
        for early in ["5/11/2026", "10/1/2026"] {
            let refused = try await send(early).expectStatus(422)
            #expect(
                refused.error(beside: "day")
                    == "Lỗi: Ngày ký trước ngày tổ thẩm định kết luận về Ta Ly 1 (06/11/2026). Quyết định dựa trên kết luận ấy: nhập đúng ngày ghi trên quyết định."
            )
        }
        #expect(try await send("11/11/2026").expectStatus(422).error(beside: "day")?.contains("chưa tới") == true)
        #expect(try await send("6/11/2026").expectStatus(200).says("Quyết định số 46/QĐ-MTTQ-BTT"))
    }

    /// Two drafts of one area and title, signed on the 8th and the 5th: the second to be entered does not see the first
    /// among what held on its own day.
    @Test(arguments: TestEngine.all) func aTitleIsNotIssuedBesideTheSameOneOfALaterDay(on engine: TestEngine)
        async throws
    {
        let site = try await TestSite(engine, clock: TestClock(day("2026-11-04")))
        let set = try await Scene.begin(site.database)
        let drafts = try await site.database.unattended(
            .seed,
            giving: { tx in
                try [2_025, 2_026].map { year in
                    try Scene.draft([(Scene.concluded(set, year: year, tx), .recognised)], year: year, tx)
                }
            })
        site.clock.move(to: try day("2026-11-10"))
        try await site.database.unattended(.seed) { tx in
            try Scene.issue(drafts[1], "46/QĐ-MTTQ-BTT", on: day("2026-11-08"), tx)
            return Receipt()
        }
        await #expect {
            try await site.database.unattended(.seed) { tx in
                try Scene.issue(drafts[0], "45/QĐ-MTTQ-BTT", on: day("2026-11-05"), tx)
                return Receipt()
            }
        } throws: { error in
            guard let refusal = error as? Refusal else { return false }
            return refusal.kind == .conflict && refusal.key == "recognition.refusal.sameMeanwhile"
                && refusal.arguments["number"] == "46/QĐ-MTTQ-BTT" && refusal.arguments["day"] == "08/11/2026"
                && refusal.arguments["held"] == "Khu dân cư kiểu mẫu"
        }
        try await site.database.read { reader throws in
            let held = try RecognitionStore.rungs(of: Place.thongXanh.id, on: day("2026-11-10"), reader)
            #expect(held.map(\.kind.code) == ["model"])
            #expect(try RecognitionStore.decision(drafts[0], seenBy: Scene.sight(.doThiHanh), reader).isDraft)
        }
    }
}
