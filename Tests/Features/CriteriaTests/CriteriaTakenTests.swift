import Core
import Database
import Organisation
import TestKit
import Testing

@testable import Criteria

@Suite("Criteria taken on by organisations", .databases) struct CriteriaTakenTests {
    private let today = TestClock.today

    private func keys(_ refusal: Refusal?) -> [String] {
        (refusal.map { [$0] + $0.others } ?? []).map { String($0.key.dropFirst("criteria.taken.refusal.".count)) }
    }

    @Test func aConsultationTookPlaceWithAtLeastTwo() {
        let end = today.adding(days: 60)
        #expect(keys(Criteria.TakenOn.refusal(day: today, until: end, bodies: 2, on: today)).isEmpty)
        #expect(keys(Criteria.TakenOn.refusal(day: today, until: end, bodies: 1, on: today)) == ["tooFew"])
        #expect(
            keys(Criteria.TakenOn.refusal(day: end, until: end, bodies: 0, on: today)) == [
                "dayAhead", "until", "tooFew",
            ])
    }

    @Test func whoHasItAlreadyIsAskedAbout() {
        let (one, other) = (ID(high: 1, low: 1), ID(high: 1, low: 2))
        let owner = Criteria.TakenOn.Owner(other, "Hội Nông dân")
        func refusal(_ owners: [Criteria.TakenOn.Owner], shared: Bool = false, present: Set<ID>? = nil) -> [String] {
            keys(Criteria.TakenOn.refusal(one, present: present ?? [one, other], owners: owners, isShared: shared))
        }
        #expect(refusal([]).isEmpty && refusal([owner]) == ["owned"] && refusal([owner], shared: true).isEmpty)
        #expect(refusal([], present: [other]) == ["absent"])
        #expect(refusal([Criteria.TakenOn.Owner(one, "Hội Phụ nữ")], shared: true) == ["already"])
    }

    @Test func nobodyHasFailedBeforeTheEnd() {
        let end = today.adding(days: 1)
        #expect(Criteria.TakenOn.refusal(review: .met, until: end, on: today) == nil)
        #expect(keys(Criteria.TakenOn.refusal(review: .unmet, until: end, on: today)) == ["early"])
        #expect(Criteria.TakenOn.refusal(review: .partly, until: today, on: today) == nil)
    }

    /// A consultation, what two organisations take on, what is left, and what came of it.
    @Test(arguments: TestEngine.all) func aConsultationOverHTTP(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        let text = try Sample.file(Sample.root.appending(path: "Demonstration/criteria.yaml"))
        let set = try await site.database.unattended(
            .seed, giving: { try CriteriaStore.addPublished(text, for: Place.lamDong.id, $0) })
        let other = ID(high: 0x7777, low: 1)
        try await site.database.unattended(.seed) { tx in
            try OrganisationStore.addOrganisations(
                [
                    NewOrganisation(
                        id: other, .youthUnion, "Đoàn Thanh niên xã Đơn Dương", territory: Place.donDuong.id,
                        parent: Body.frontOfDonDuong.id, from: Day(iso: "2025-07-01") ?? .first)
                ], tx)
            return Receipt()
        }
        let kaHuong = try await site.signIn(.kaHuong)
        let unit = "/territories/\(Place.donDuong.id)/taken-on"
        let empty = try await kaHuong.open(unit).expectStatus(200)
        #expect(empty.says("Chưa có tổ chức nào nhận tiêu chí") && empty.says("27 tiêu chí chưa có tổ chức nào nhận."))
        let form = try await kaHuong.open(unit + "/new").expectStatus(200).form("/taken-on")
        let alone = try await kaHuong.send(
            form.filled(["bodies.\(other)": "yes", "conclusion": "Nhất trí.", "day": "12/11/2026"])
        ).expectStatus(422)
        #expect(alone.says("Hiệp thương cần ít nhất 2 tổ chức dự") && alone.says("Hội nghị chưa diễn ra"))
        let kept = try await kaHuong.send(
            form.filled([
                "bodies.\(other)": "yes", "bodies.\(Body.womenOfDonDuong.id)": "yes", "conclusion": "Nhất trí.",
                "day": "05/11/2026",
            ])
        ).expectStatus(200)
        #expect(kept.says("Đã ghi hội nghị") && kept.says("Dự mà chưa nhận tiêu chí nào"))
        let take = try kept.form("/criteria")
        let taken = try await kaHuong.send(
            take.filled(["organisation": "\(other)", "code": "III.3", "target": "95 % tuyến có đèn", "number": "95"])
        ).expectStatus(200)
        #expect(taken.says("III.3") && taken.says("Cần đạt: 95 % tuyến có đèn"))

        // The Women's Union writes for itself, and is asked where somebody has it already.
        let thuy = try await site.signIn(.touprongNaiThuy)
        let page = try await thuy.open(kept.path).expectStatus(200)
        let own = try page.form("/criteria")
        #expect(own.options("code").filter { !$0.isEmpty }.count == 27, "chosen from the set's own, not typed")
        #expect(page.says("III.3 ") && page.says("(đã có Đoàn Thanh niên xã Đơn Dương)"))
        #expect(own.options("organisation").filter { !$0.isEmpty } == ["\(Body.womenOfDonDuong.id)"])
        let asked = try await thuy.send(own.filled(["code": "III.3", "target": "Thắp sáng"])).expectStatus(422)
        #expect(asked.error(beside: "shared")?.contains("Đoàn Thanh niên xã Đơn Dương đã nhận") == true)
        let wrong = try await thuy.send(own.filled(["target": "?"]).forged(["code": "X.9"])).expectStatus(422)
        #expect(wrong.error(beside: "code")?.contains("X.9") == true)
        try await thuy.send(own.filled(["code": "III.3", "target": "Thắp sáng", "shared": "on"])).expectStatus(200)
        try await thuy.send(
            own.filled(["code": "IV.1", "target": "Mọi hội viên", "territory": "\(Place.thongXanh.id)"])
        ).expectStatus(200)
        let forced = try await thuy.json(
            "\(kept.path)/criteria",
            sending: """
                {"organisation": "\(other)", "code": "I.1", "territory": "\(Place.donDuong.id)", "target": "x"}
                """)
        forced.expectStatus(422)

        // Shown in the commune, at the area and at the indicator.
        let list = try await kaHuong.open(unit).expectStatus(200)
        #expect(list.says("26 tiêu chí chưa có tổ chức nào nhận."))
        let yaThuong = try await site.signIn(.yaThuong)
        let area = try await yaThuong.open("/territories/\(Place.thongXanh.id)/taken-on").expectStatus(200)
        #expect(area.says("25 tiêu chí chưa có tổ chức nào nhận.") && area.says("Cần đạt: Mọi hội viên"))
        let indicator = try await yaThuong.open("/criteria/\(set)/indicators/III.3").expectStatus(200)
        #expect(!indicator.says("Tổ chức nhận ở từng nơi"))
        let seen = try await kaHuong.open("/criteria/\(set)/indicators/III.3").expectStatus(200)
        #expect(seen.says("Tổ chức nhận ở từng nơi") && seen.says("95 % tuyến có đèn"))

        // At the end of the term each says what came of it.
        let line = try #require(list.links.first { $0.hasPrefix("/taken-criteria/") })
        let early = try await kaHuong.open(line).expectStatus(200)
        let failed = try await kaHuong.send(
            early.form("/review").filled(["outcome": "unmet", "review": "Chưa làm được."])
        ).expectStatus(422)
        #expect(failed.error(beside: "outcome")?.contains("Trước ngày ấy") == true)
        let met = try await kaHuong.send(
            early.form("/review").filled(["outcome": "met", "review": "Đủ đèn.", "reached": "96"])
        ).expectStatus(200)
        #expect(met.says("Đã ghi kết quả cuối kỳ.") && met.says("Đã đạt"))
        try await yaThuong.open(unit + "/new").expectStatus(403)
    }
}
