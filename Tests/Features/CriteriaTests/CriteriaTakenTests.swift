import Core
import Database
import Organisation
import People
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
        func refusal(
            _ outcome: Criteria.TakenOn.Outcome, until: Day, confirmed: Bool = false, why: String? = nil
        ) -> [String] {
            keys(
                Criteria.TakenOn.refusal(
                    review: outcome, until: until, on: today, isConfirmed: confirmed, why: why, .vi))
        }
        #expect(refusal(.unmet, until: end) == ["early"])
        #expect(refusal(.unmet, until: end, confirmed: true, why: "x") == ["early"])
        #expect(refusal(.partly, until: today).isEmpty)
        // That it is met before the end is asked for, with the reason.
        #expect(refusal(.met, until: end) == ["confirmEarly", "whyEarly"])
        #expect(refusal(.met, until: end, confirmed: true) == ["whyEarly"])
        #expect(refusal(.met, until: end, why: "x") == ["confirmEarly"])
        #expect(refusal(.met, until: end, confirmed: true, why: "x").isEmpty && refusal(.met, until: today).isEmpty)
    }

    @Test func oneAreaIsNotTheWholeCommune() {
        func reach(_ isWhole: Bool, _ areas: Int, of all: Int) -> Criteria.TakenOn.Reach {
            Criteria.TakenOn.Reach(isWhole: isWhole, areas: areas, of: all)
        }
        #expect(reach(false, 0, of: 26) == .nowhere && reach(false, 1, of: 26) == .partly(1, of: 26))
        #expect(reach(false, 26, of: 26) == .everywhere && reach(true, 1, of: 26) == .everywhere)
        #expect(reach(false, 0, of: 0) == .nowhere && reach(false, 2, of: 0) == .partly(2, of: 2))
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
        #expect(list.says("25 tiêu chí chưa có tổ chức nào nhận."), "one for all, one for one area")
        #expect(list.says("Mới có ở một số khu dân cư") && list.says("Mới có ở 1 trong 2 khu dân cư"))
        #expect(list.says("1 tiêu chí đã có tổ chức nhận") && list.says("1 tiêu chí mới có ở một số khu dân cư"))
        #expect(try await thuy.open(kept.path).says("(mới có ở 1 trong 2 khu dân cư)"), "said beside the choice")
        // The body that took them on has them at home, with target and term.
        let home = try await thuy.open("/").expectStatus(200)
        #expect(home.says("Tiêu chí tổ chức đã nhận") && home.says("Cần đạt: Mọi hội viên"))
        #expect(
            home.says("thôn Thông Xanh (minh họa); mới có ở 1 trong 2 khu dân cư")
                && home.says("mọi khu dân cư của xã Đơn Dương"))
        #expect(home.says("Nói kết quả khi hết kỳ 31/12/2026"))
        #expect(home.links.contains { $0.hasPrefix("/taken-criteria/") && $0.hasSuffix("/review") })
        #expect(try await !kaHuong.open("/").says("Tiêu chí tổ chức đã nhận"), "the Front's chair took none on")
        let yaThuong = try await site.signIn(.yaThuong)
        let area = try await yaThuong.open("/territories/\(Place.thongXanh.id)/taken-on").expectStatus(200)
        #expect(area.says("25 tiêu chí chưa có tổ chức nào nhận.") && area.says("Cần đạt: Mọi hội viên"))
        // What the commune took on is read there; only what is the area's own opens, and leads nowhere that does not.
        for link in area.links where link.hasPrefix("/taken-criteria/") {
            let own = try await yaThuong.open(link).expectStatus(200)
            #expect(!own.links.contains { $0.hasPrefix("/consultations/") })
        }
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
        // Met before the end is not taken silently.
        let good = try early.form("/review").filled(["outcome": "met", "review": "Đủ đèn.", "reached": "96"])
        let unasked = try await kaHuong.send(good).expectStatus(422)
        #expect(unasked.error(beside: "early")?.contains("Kỳ còn đến 31/12/2026") == true)
        #expect(unasked.error(beside: "earlyWhy") != nil)
        let met = try await kaHuong.send(
            unasked.form("/review").filled(["early": "on", "earlyWhy": "Không còn tuyến nào phải lắp."])
        ).expectStatus(200)
        #expect(met.says("Đã ghi kết quả cuối kỳ.") && met.says("Đã đạt"))
        #expect(met.says("Lý do ghi trước khi hết kỳ") && met.says("Không còn tuyến nào phải lắp."))
        try await yaThuong.open(unit + "/new").expectStatus(403)
        // After the end nobody is asked.
        site.clock.move(to: try #require(Day(iso: "2026-12-31")))
        let over = try await site.signIn(.kaHuong).open(line).expectStatus(200)
        #expect(try over.form("/review").values["early"] == nil && !over.says("Vì sao ghi trước khi hết kỳ"))
    }
    /// An office that is over, or that takes on no criteria, takes none on for its organisation; and after the term of the
    /// consultation nobody does.
    @Test(arguments: TestEngine.all) func onlyAnOfficeThatRunsAndOnlyWithinTheTerm(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        let text = try Sample.file(Sample.root.appending(path: "Demonstration/criteria.yaml"))
        let other = ID(high: 0x7777, low: 1)
        let consultation = try await site.database.unattended(
            .seed,
            giving: { tx in
                let set = try CriteriaStore.addPublished(text, for: Place.lamDong.id, tx)
                try OrganisationStore.addOrganisations(
                    [
                        NewOrganisation(
                            id: other, .youthUnion, "Đoàn Thanh niên xã Đơn Dương", territory: Place.donDuong.id,
                            parent: Body.frontOfDonDuong.id, from: Day(iso: "2025-07-01") ?? .first)
                    ], tx)
                let thuy = Member.touprongNaiThuy.id
                try PeopleStore.addRole(
                    tx.ids.next(), person: thuy, role: .member, organisation: other, territory: Place.donDuong.id,
                    from: Day(iso: "2025-07-01") ?? .first, tx)
                try PeopleStore.addRole(
                    tx.ids.next(), person: thuy, role: .massOrganisation, organisation: other,
                    territory: Place.donDuong.id, from: Day(iso: "2025-07-01") ?? .first,
                    until: Day(iso: "2026-11-01"), tx)
                return try CriteriaTakenStore.record(
                    day: Day(iso: "2026-11-05") ?? .first, until: Day(iso: "2026-12-31") ?? .first,
                    conclusion: "Nhất trí.", bodies: [other, Body.womenOfDonDuong.id], in: Place.donDuong.id, for: set,
                    by: nil, tx)
            })
        let path = "/consultations/\(consultation)"
        func take(_ member: Member, _ organisation: ID, _ code: String) async throws -> Int {
            try await site.signIn(member).json(
                "\(path)/criteria",
                sending: """
                    {"organisation": "\(organisation)", "code": "\(code)", "territory": "\(Place.donDuong.id)", "target": "x"}
                    """
            ).status
        }
        let page = try await site.signIn(.touprongNaiThuy).open(path).expectStatus(200)
        #expect(
            try page.form("/criteria").options("organisation").filter { !$0.isEmpty } == ["\(Body.womenOfDonDuong.id)"])
        #expect(try await take(.touprongNaiThuy, other, "I.1") == 422)
        #expect(try await take(.touprongNaiThuy, Body.womenOfDonDuong.id, "I.1") < 300)
        site.clock.move(to: try #require(Day(iso: "2026-12-31")))
        #expect(try await take(.kaHuong, other, "I.2") < 300, "the last day is within the term")
        site.clock.move(to: try #require(Day(iso: "2027-01-01")))
        #expect(try await take(.kaHuong, other, "III.3") == 409)
        let over = try await site.signIn(.kaHuong).open(path).expectStatus(200)
        #expect(over.says("Kỳ của hội nghị này đã hết ngày 31/12/2026"))
        #expect(over.forms.allSatisfy { !$0.action.hasSuffix("/criteria") })
    }
}
