import Core
import Criteria
import Database
import Foundation
import TestKit
import Testing

@testable import Recognition

/// Who sent a dossier back is told as it was; what the commune put before the area mended it counts no more; the
/// story's stations stand with their own days.
@Suite("What came back, and who sent it", .databases) struct RecognitionReturnedTests {
    @Test(
        arguments: [
            ("sendBack", Recognition.State.submitted, false, Recognition.Party.commune),
            ("sendBack", .forwarded, false, .panel), ("conclude", .forwarded, false, .panel),
            ("accept", .submitted, false, .commune), ("forward", .accepted, false, .commune),
            ("recall", .forwarded, false, .commune), ("submit", .posted, true, .area),
            ("handIn", .assessing, true, .area),
            ("count", .posted, true, .area), ("count", .posted, false, nil), ("register", nil, false, nil),
            ("withdraw", .submitted, true, .area), ("withdraw", .accepted, false, .commune),
            ("recognise", .proposed, false, nil),
            ("overdue", .returned, false, nil),
            ("remind", .assessing, true, nil),
        ] as [(String, Recognition.State?, Bool, Recognition.Party?)])
    func everyActHasItsParty(action: String, from: Recognition.State?, isOfArea: Bool, party: Recognition.Party?) {
        #expect(Recognition.party(of: action, from: from, isOfArea: isOfArea) == party)
    }

    private static func act(
        _ action: Recognition.Action, _ from: Recognition.State?, _ day: Int
    ) -> Recognition.StoryAct {
        Recognition.StoryAct(action, from: from, on: Day(year: 2026, month: 9, day: day) ?? .first)
    }

    @Test func theFirstHandingInStays() {
        let way = [
            Self.act(.register, nil, 1), Self.act(.handIn, .assessing, 2), Self.act(.post, .reviewing, 3),
            Self.act(.submit, .posted, 4), Self.act(.sendBack, .submitted, 5), Self.act(.submit, .returned, 6),
        ]
        func days(_ acts: [Recognition.StoryAct]) -> [String] {
            let passed = Recognition.passed(acts)
            return Recognition.Station.allCases.compactMap { station in
                passed[station].map { "\(station.rawValue) \($0.day)" }
            }
        }
        let first = ["registration 1", "assessment 2", "review 3", "posting 4"]
        #expect(days(way) == first)
        let panel = way + [Self.act(.accept, .submitted, 7), Self.act(.forward, .accepted, 8)]
        #expect(days(panel) == first + ["check 7", "submission 8"])
        #expect(days(panel + [Self.act(.sendBack, .forwarded, 9)]) == first)
        #expect(days(panel + [Self.act(.recall, .forwarded, 9)]) == first + ["check 7"])
        #expect(days(way.prefix(2) + [Self.act(.reopen, .reviewing, 9)]) == ["registration 1"])
    }

    @Test func whatTheAreaMendedIsNewerThanTheCommunesValue() {
        let checked = RecognitionSamples.instant
        for (own, evidence, isNewer) in [
            (-1, nil, false), (0, nil, false), (1, nil, true), (-1, 1, true), (-1, -1, false), (nil, nil, false),
        ] as [(Int?, Int?, Bool)] {
            func at(_ hours: Int?) -> [(code: String, at: Instant)] {
                hours.map { [("V.5", checked + .hours($0))] } ?? []
            }
            let mending = Recognition.Mending(returns: [], entries: at(own), evidence: at(evidence))
            #expect(mending.isNewer("V.5", than: checked) == isNewer, "\(String(describing: own))")
        }
    }

    @Test(arguments: [
        (
            "Ban Thường trực Ủy ban MTTQ Việt Nam tỉnh (giả định)", "Ủy ban MTTQ Việt Nam tỉnh Lâm Đồng" as String?,
            "Ban Thường trực Ủy ban MTTQ Việt Nam tỉnh Lâm Đồng"
        ),
        (
            "Ủy ban MTTQ Việt Nam tỉnh", "Ban Thường trực Ủy ban MTTQ Việt Nam tỉnh Lâm Đồng",
            "Ủy ban MTTQ Việt Nam tỉnh"
        ),
        ("Ủy ban MTTQ Việt Nam tỉnh (giả định)", nil, "Ủy ban MTTQ Việt Nam tỉnh"),
        ("Ủy ban nhân dân tỉnh", "Ủy ban MTTQ Việt Nam tỉnh Lâm Đồng", "Ủy ban nhân dân tỉnh"),
        ("", "Ủy ban MTTQ Việt Nam tỉnh Lâm Đồng", ""),
    ]) func aLetterIsWrittenToABodyByItsName(decider: String, superior: String?, written: String) {
        #expect(Recognition.addressee(decider, superior: superior) == written)
    }

    /// Thông Xanh, sent back by the panel on 28/10 for V.5, which the commune had lowered to 81.
    private func returned(_ engine: TestEngine) async throws -> (TestSite, ID) {
        let site = try await TestSite(engine, clock: TestClock(try #require(Day(iso: "2026-10-28"))))
        let dossier = try await PanelScene.begin(site.database)
        try await site.database.unattended(.seed) { tx in
            _ = try PanelScene.toPanel([dossier], tx)
            try PanelScene.declareAndScore(dossier, by: PanelScene.members, tx)
            return Receipt()
        }
        let chair = try await site.signIn(.dangThiAnh)
        let page = try await chair.open("/dossiers/\(dossier)/appraisal")
        try await chair.send(page.form("/return").filled(["back.V.5": "Danh sách thiếu tổ 3."])).expectStatus(200)
        return (site, dossier)
    }

    @Test(arguments: TestEngine.all) func whatThePanelSentBackIsNotTheCommunes(on engine: TestEngine) async throws {
        let (site, dossier) = try await returned(engine)
        let area = try await site.signIn(.yaThuong)
        let story = try await area.open("/dossiers/\(dossier)").expectStatus(200)
        #expect(story.says("Tổ thẩm định trả lại, đang bổ sung") && story.says("Tổ thẩm định trả lại 1 chỉ tiêu"))
        // The panel that has the dossier, not the body from which its chair has the office.
        #expect(story.says("Đặng Thị Ánh, Tổ thẩm định năm 2026.") && !story.says("Tổ thẩm định năm 2026 (minh họa)"))
        // An area head stands under the area, whichever body they are counted with.
        #expect(story.says("Đinh Công Sáu, Thôn Thông Xanh"))
        #expect(!story.says("Đinh Công Sáu, Ủy ban nhân dân xã Đơn Dương"))
        // The meeting's own day and the posting's own days.
        #expect(story.says("20/09/2026 đến 29/09/2026"))
        #expect(!story.says("Xã trả lại"))
        let index = try await area.open("/dossiers/\(dossier)/assessment")
        #expect(index.says("Tổ thẩm định trả lại 1 chỉ tiêu.") && !index.says("Xã trả lại"))
        #expect(index.says("Tổ thẩm định trả lại: Danh sách thiếu tổ 3."))
        let indicator = try await area.open("/dossiers/\(dossier)/values/V.5")
        #expect(indicator.says("Tổ thẩm định trả lại ngày 28/10/2026") && !indicator.says("Xã trả lại"))
        #expect(try await area.json("/dossiers/\(dossier)").body.contains(#""returnedBy":"panel""#))
    }

    @Test(arguments: TestEngine.all) func theCommunesOldFigureIsNotSentAgain(on engine: TestEngine) async throws {
        for typed in [nil, "90"] {
            let (site, dossier) = try await returned(engine)
            try await site.database.unattended(.seed) { tx in
                let saved = try RecognitionStore.entries(of: dossier, tx).first { $0.code == "V.5" && $0.side == .own }
                _ = try RecognitionStore.save(
                    .init(code: "V.5", value: Scene.percent(92), note: nil), dossier: dossier,
                    over: saved?.version ?? 0, Walk.deed(.yaThuong, "2026-10-29"), tx)
                try RecognitionStore.submit(Walk.now(dossier, tx), Walk.deed(.yaThuong, "2026-10-29", hour: 20), tx)
                return Receipt()
            }
            site.clock.move(to: try #require(Day(iso: "2026-10-30")))
            let kaHuong = try await site.signIn(.kaHuong)
            let page = try await kaHuong.open("/dossiers/\(dossier)/check").expectStatus(200)
            let form = try page.form("/check")
            #expect(form.values["value.V.5"] == "" && page.says("Lần trước xã ghi 81 %"))
            #expect(page.says("Tổ thẩm định trả lại: Danh sách thiếu tổ 3."))
            // Only what is to be seen to is unfolded: what came back, and where the commune saw another figure.
            #expect(page.body.components(separatedBy: #"<details class="fold ones" open>"#).count - 1 == 3)
            #expect(page.body.components(separatedBy: #"<details class="fold ones""#).count - 1 == 27)
            #expect(page.says("Đang mở 3 trong 27 chỉ tiêu cần xem: III.2 III.5 V.5"))
            #expect(page.links.contains("#row.V.5") && page.says("xã ghi 62"))
            // A reason that was typed is not folded away when the page comes back.
            let back = try await kaHuong.send(
                form.filled(["outcome": "accept", "reason.I.1": "Xem lại.", "value.I.3": "nhiều"]))
            back.expectStatus(422)
            #expect(back.says("Đang mở 5 trong 27 chỉ tiêu cần xem: I.1 I.3 III.2 III.5 V.5"))
            #expect(back.error(beside: "value.I.3") != nil, "a fault of a figure is said with the others")
            // What nobody mended stands as it stood.
            #expect(form.values["value.III.2"] == "62" && !page.says("Lần trước xã ghi 62 %"))
            let filled = try form.filled(["outcome": "accept"].merging(typed.map { ["value.V.5": $0] } ?? [:]) { $1 })
            try await kaHuong.send(filled).expectStatus(200)
            let check = try await site.database.read { reader in
                try RecognitionStore.entries(of: dossier, reader).first { $0.code == "V.5" && $0.side == .check }
            }
            #expect(check?.value == Scene.percent(typed == nil ? 92 : 90))
        }
    }

    /// What hung on the board stands there for ever: what was mended later is told beside it, with its day.
    @Test(arguments: TestEngine.all) func aMendedValueIsNotWhatWasPosted(on engine: TestEngine) async throws {
        let (site, dossier) = try await returned(engine)
        let before = try await site.visitor().json("/posted/\(dossier)").jsonObject
        #expect(try await !site.visitor().open("/posted/\(dossier)").says("sau niêm yết"))
        try await site.database.unattended(.seed) { tx in
            for (code, value) in [("V.5", Scene.percent(92)), ("III.2", Scene.percent(62))] {
                let saved = try RecognitionStore.entries(of: dossier, tx).first { $0.code == code && $0.side == .own }
                _ = try RecognitionStore.save(
                    .init(code: code, value: value, note: nil), dossier: dossier, over: saved?.version ?? 0,
                    Walk.deed(.yaThuong, "2026-10-29"), tx)
            }
            return Receipt()
        }
        site.clock.move(to: try #require(Day(iso: "2026-10-30")))
        let visitor = site.visitor()
        let posted = try await visitor.open("/posted/\(dossier)").expectStatus(200)
        #expect(posted.says("84 %") && posted.says("Đã sửa ngày 29/10/2026 sau niêm yết, nay là 92 %"))
        #expect(posted.says("66 %") && posted.says("nay là 62 %"))
        let json = try await visitor.json("/posted/\(dossier)").jsonObject
        #expect(json["total"] as? Int == before["total"] as? Int && before["total"] != nil)
        let notice = try await site.signIn(.yaThuong).open("/dossiers/\(dossier)/posting/notice").expectStatus(200)
        #expect(notice.says("84 %. Đã sửa ngày 29/10/2026 sau niêm yết, nay là 92 %"))
    }

    /// An area reads who gave its registration back, on its home and in the story.
    @Test(arguments: TestEngine.all) func theCommuneSaysThatItGaveARegistrationBack(on engine: TestEngine) async throws
    {
        let site = try await TestSite(engine)
        let set = try await Scene.begin(site.database)
        let (mine, theirs) = try await site.database.unattended(
            .seed,
            giving: { tx in (try Scene.register(set, tx), try Scene.register(set, in: .suoiThong, tx)) })
        let (chair, head) = (try await site.signIn(.kaHuong), try await site.signIn(.yaThuong))
        for id in [mine, theirs] {
            let page = try await chair.open("/dossiers/\(id)").expectStatus(200)
            try await chair.send(page.form("/withdrawal").filled(["reason": "Sáp nhập thôn"])).expectStatus(200)
        }
        let story = try await head.open("/dossiers/\(mine)").expectStatus(200)
        #expect(story.says("Xã rút đăng ký") && story.says("Sáp nhập thôn") && story.says("Ka Hương"))
        #expect(try await head.open("/").says("Xã rút đăng ký khu dân cư kiểu mẫu của thôn Thông Xanh"))
        // Its own head gives it back: then it is the area that does.
        try await site.database.unattended(.seed) { tx in
            try RecognitionStore.move(Walk.now(mine, tx), .register, to: .assessing, Scene.deed(.yaThuong, tx), tx)
            try RecognitionStore.move(
                Walk.now(mine, tx), .withdraw, to: .withdrawn, Scene.deed(.yaThuong, tx), reason: "Để sang năm", tx)
            return Receipt()
        }
        #expect(try await chair.open("/").says("Thôn Thông Xanh (minh họa) rút đăng ký"))
    }
}
