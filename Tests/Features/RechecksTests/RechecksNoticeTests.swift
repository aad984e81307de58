import Core
import Database
import Recognition
import TestKit
import Testing

@testable import Rechecks

/// The signed paper of a notice: whose number it bears, and since when it can have been signed.
extension RechecksStoryTests {
    @Test(arguments: TestEngine.all) func aNoticesNumberIsUsedOnceAndItsDayIsThatOfTheDraft(
        on engine: TestEngine
    ) async throws {
        let (site, path) = try await begin(engine)
        try await flag(site, path)
        try await draftNotice(site, path)
        // Another title of the same body, with a draft of the day after.
        site.clock.move(to: Self.day("2027-11-03"))
        let other = try await site.database.unattended(
            .seed,
            giving: { tx -> ID in
                let id = try tx.one("SELECT id FROM recheck WHERE territory_id = \(Place.suoiThong.id)").id("id")
                try tx.execute("UPDATE recheck SET state = 'warning' WHERE id = \(id)")
                try RechecksStore.draftNotice(
                    ["III.2": "Còn 40 %."], term: .calendar(30), on: id, Scene.deed(.doThiHanh, tx), tx)
                return id
            })
        site.clock.move(to: Self.day("2027-11-05"))
        let hanh = try await site.signIn(.doThiHanh)
        let form = try await hanh.open("/rechecks/\(other)").expectStatus(200).form("/notice/issue")
            .attaching("scan", file: "tb.pdf", Array("%PDF-1.4\n%%EOF\n".utf8))
        func sent(_ number: String, _ day: String) async throws -> Shown {
            try await hanh.send(
                form.filled([
                    "number": number, "day": day, "signer": "Đỗ Thị Hạnh", "signerOffice": "Chủ tịch",
                ]))
        }
        // Both at once, each beside its field; the number as anybody types it.
        let twice = try await sent("012/tb-mttq-btt ", "02/11/2027").expectStatus(422)
        #expect(twice.error(beside: "number")?.contains("đã dùng cho một thông báo khác trong năm 2027") == true)
        let early = twice.error(beside: "day") ?? ""
        #expect(early.contains("trước ngày lập dự thảo 03/11/2027") && early.contains("thông báo"))
        let ahead = try await sent("13/TB-MTTQ-BTT", "06/11/2027").expectStatus(422)
        #expect(
            ahead.error(beside: "day")?.contains("ghi trên thông báo") == true && ahead.error(beside: "number") == nil)
        // Another body, and another year, have numbers of their own.
        func isTaken(_ number: String, _ day: String, _ body: Member) async throws -> Bool {
            let paper = Recognition.SignedPaper(number: number, day: Self.day(day), signer: "a", office: "b")
            return try await site.database.read {
                try RechecksStore.refusal(ofNumber: paper, of: body.body, $0) != nil
            }
        }
        #expect(try await isTaken("12/TB-MTTQ-BTT", "2027-12-31", .doThiHanh))
        #expect(try await !isTaken("12/TB-MTTQ-BTT", "2028-01-04", .doThiHanh))
        #expect(try await !isTaken("12/TB-MTTQ-BTT", "2027-12-31", .kaHuong))
        #expect(try await !isTaken("13/TB-MTTQ-BTT", "2027-12-31", .doThiHanh))
        try await sent("13/TB-MTTQ-BTT", "03/11/2027").expectStatus(200)
        #expect(try await isTaken("13/TB-MTTQ-BTT", "2027-12-31", .doThiHanh))
    }
}
