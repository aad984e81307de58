import Core
import Criteria
import Database
import TestKit
import Testing

@testable import Recognition

@Suite("An area's own indicators", .databases) struct RecognitionOwnTests {
    private static let criteria = Scene.criteria.replacing("maximum: 100\n", with: "maximum: 100\nownIndicators: 2\n")

    private static func proposal(
        _ name: String = "Đường hoa do bà con chăm", kind: Recognition.OwnProposal.Kind = .number,
        unit: Criteria.Measure? = .metre, threshold: Int64? = 800, meeting: String = "2026-11-05"
    ) -> Recognition.OwnProposal {
        Recognition.OwnProposal(
            name: name, kind: kind, unit: unit, isAtMost: false,
            threshold: threshold.map { Quantity(thousandths: $0 * 1_000) }, evidence: "Sơ đồ", verifier: "Xã",
            meeting: Day(iso: meeting) ?? .first)
    }

    private struct Case: CustomTestStringConvertible {
        let testDescription: String
        let proposal: Recognition.OwnProposal
        var most = 2
        var before = 0
        let refusals: [String]
    }

    private static let cases = [
        Case(testDescription: "as it should be", proposal: proposal(), refusals: []),
        Case(testDescription: "yes or no", proposal: proposal(kind: .yesNo, unit: nil, threshold: nil), refusals: []),
        Case(testDescription: "no room", proposal: proposal(), most: 0, refusals: ["noRoom"]),
        Case(testDescription: "a third one", proposal: proposal(), before: 2, refusals: ["tooMany"]),
        Case(
            testDescription: "nothing to count", proposal: proposal(unit: nil, threshold: nil),
            refusals: ["unit", "threshold"]),
        Case(
            testDescription: "more than all", proposal: proposal(kind: .percentage, unit: nil, threshold: 101),
            refusals: ["range"]),
        Case(
            testDescription: "givers", proposal: proposal("Tỷ lệ hộ đóng góp quỹ", kind: .percentage, threshold: 90),
            refusals: ["people.countsGivers"]),
        Case(
            testDescription: "signers", proposal: proposal("Số hộ ký cam kết", unit: .household),
            refusals: ["people.countsSigners"]),
        Case(
            testDescription: "the poor", proposal: proposal("Số hộ nghèo", unit: .household),
            refusals: ["people.countsThePoor"]),
        Case(
            testDescription: "complaints", proposal: proposal("Số đơn thư khiếu nại", unit: .session),
            refusals: ["people.countsComplainers"]),
        Case(testDescription: "a meeting to come", proposal: proposal(meeting: "2026-12-01"), refusals: ["dayAhead"]),
    ]

    @Test(arguments: cases) private func whatMayBeProposed(_ one: Case) {
        let refusal = one.proposal.refusal(most: one.most, before: one.before, on: TestClock.today)
        let keys = (refusal.map { [$0] + $0.others } ?? []).map {
            String($0.key.dropFirst("recognition.own.refusal.".count))
        }
        #expect(keys == one.refusals)
    }

    /// Proposed, refused where it counts people or is one too many, declined with a reason, agreed, filled in.
    @Test(arguments: TestEngine.all) func anAreaChoosesItsOwn(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        let set = try await Scene.begin(site.database, criteria: Self.criteria)
        let dossier = try await site.database.unattended(
            .seed,
            giving: { tx in
                let id = try Scene.register(set, tx)
                try Walk.fill(id, tx)
                return id
            })
        let own = "/dossiers/\(dossier)/own"
        let yaThuong = try await site.signIn(.yaThuong)
        let form = try await yaThuong.open(own).expectStatus(200).form("/own")
        let typed = [
            "name": "Đường hoa do bà con chăm", "kind": "number", "unit": "metre", "threshold": "800",
            "evidence": "Sơ đồ từng đoạn", "verifier": "Mặt trận xã", "day": "05/11/2026",
        ]
        let people = try await yaThuong.send(
            form.filled(typed.merging(["name": "Tỷ lệ hộ đóng góp", "kind": "percentage", "threshold": "90"]) { $1 })
        ).expectStatus(422)
        #expect(people.error(beside: "name")?.contains("ai chưa góp sẽ bị lộ") == true)
        let proposed = try await yaThuong.send(form.filled(typed)).expectStatus(200)
        #expect(proposed.says("R.1 Đường hoa do bà con chăm") && proposed.says("Chờ xã trả lời"))
        try await yaThuong.send(form.filled(typed.merging(["name": "Tổ tự quản họp hằng tháng"]) { $1 }))
            .expectStatus(200)
        let third = try await yaThuong.send(form.filled(typed)).expectStatus(422)
        #expect(third.error(beside: "name")?.contains("nhiều nhất 2") == true)

        let kaHuong = try await site.signIn(.kaHuong)
        #expect(try await kaHuong.open("/").says("Đường hoa do bà con chăm"))
        let ask = try await kaHuong.open(own).expectStatus(200)
        let answer = try #require(ask.forms.first { $0.action.hasPrefix(own + "/") })
        let bare = try await kaHuong.send(answer.filled(["outcome": "decline"])).expectStatus(422)
        #expect(bare.error(beside: "reason")?.contains("ghi lý do") == true)
        let agreed = try await kaHuong.send(answer.filled(["outcome": "agree"])).expectStatus(200)
        #expect(agreed.says("Đã đồng ý."))
        let next = try #require(agreed.forms.first { $0.action.hasPrefix(own + "/") })
        let declined = try await kaHuong.send(
            next.filled(["outcome": "decline", "reason": "Đã có ở chỉ tiêu khác."])
        ).expectStatus(200)
        #expect(declined.says("Đã có ở chỉ tiêu khác."))

        // What was agreed is asked like any other, and has to be filled in; it earns nothing and costs nothing.
        let index = try await yaThuong.open("/dossiers/\(dossier)/assessment").expectStatus(200)
        #expect(index.says("Chỉ tiêu riêng của khu dân cư") && index.says("Đã điền 4 trong 5 chỉ tiêu"))
        let value = try await yaThuong.open("/dossiers/\(dossier)/values/R.1").expectStatus(200)
        try await yaThuong.send(value.form("/values/R.1").filled(["value": "640"])).expectStatus(200)
        let score = try await site.database.read { reader in
            try RecognitionStore.assessment(Walk.now(dossier, reader), reader).score(.own)
        }
        #expect(score.passes && score.total == 10_000 && score.verdict("R.1")?.outcome == .unmet)
        try await site.signIn(.damThiNhung).open(own).expectStatus(404)
    }

    /// What the commune did not answer is never lost in silence: it is told how long it waits, and closing over it is
    /// asked for.
    @Test(arguments: TestEngine.all) func nothingProposedIsClosedOverUnasked(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        let set = try await Scene.begin(site.database, criteria: Self.criteria)
        let dossier = try await site.database.unattended(
            .seed,
            giving: { tx in
                let id = try Scene.register(set, tx)
                try Walk.fill(id, tx)
                try RecognitionStore.propose(
                    Self.proposal(), for: Walk.now(id, tx), Scene.deed(.yaThuong, tx), tx)
                return id
            })
        site.clock.move(to: TestClock.today.adding(days: 12))
        let home = try await site.signIn(.kaHuong).open("/").expectStatus(200)
        #expect(home.says("Đường hoa do bà con chăm") && home.says("chờ 12 ngày"))
        let yaThuong = try await site.signIn(.yaThuong)
        let page = try await yaThuong.open("/dossiers/\(dossier)/assessment").expectStatus(200)
        #expect(page.says("R.1 Đường hoa do bà con chăm (chờ 12 ngày)"))
        let asked = try await yaThuong.send(page.form("/hand-in")).expectStatus(422)
        #expect(asked.error(beside: "withoutOwn")?.contains("R.1 Đường hoa do bà con chăm") == true)
        let bare = try await yaThuong.json("/dossiers/\(dossier)/hand-in", sending: "{}")
        #expect(bare.status == 422)
        try await yaThuong.send(asked.form("/hand-in").filled(["withoutOwn": "on"])).expectStatus(200)
        let (state, own) = try await site.database.read { reader in
            (try Walk.now(dossier, reader).state, try RecognitionStore.ownIndicators(of: dossier, reader))
        }
        #expect(state == .reviewing && own.map(\.state) == [.withdrawn])
        let story = try await yaThuong.open("/dossiers/\(dossier)/own").expectStatus(200)
        #expect(story.says("Khóa khi xã chưa trả lời") && story.says("Người cho qua"))
        #expect(try await !site.signIn(.kaHuong).open("/").says("Đường hoa do bà con chăm"))
    }
}

/// Own indicators that are named with the registration.
@Suite("Own indicators named at registration", .databases) struct RecognitionOwnAtRegistrationTests {
    private static let criteria = Scene.criteria.replacing("maximum: 100\n", with: "maximum: 100\nownIndicators: 2\n")

    @Test(arguments: TestEngine.all) func anAreaNamesThemWhereItRegisters(on engine: TestEngine) async throws {
        let site = try await TestSite(engine, clock: TestClock(try #require(Day(iso: "2026-03-20"))))
        try await Scene.begin(site.database, criteria: Self.criteria)
        let head = try await site.signIn(.yaThuong)
        let short = try await head.open("/areas/\(Place.thongXanh.id)/dossiers/new").expectStatus(200)
        #expect(!short.says("Chỉ tiêu riêng thứ 1"))
        let link = try #require(short.links.first { $0.hasSuffix("?own=yes") })
        let page = try await head.open(link).expectStatus(200)
        #expect(page.says("Chỉ tiêu riêng thứ 2") && page.says("nhiều nhất 2 chỉ tiêu riêng"))
        let form = try page.form("/dossiers").filled(["title": "model", "year": "2026"])
        // What was begun must be whole, and no number of who gave is asked of anybody.
        let half = try await head.send(form.filled(["own2Evidence": "Sơ đồ"])).expectStatus(422)
        #expect(half.error(beside: "own2Name") != nil && half.error(beside: "own2Day") != nil)
        var typed = [
            "own1Name": "Tỷ lệ hộ đóng góp", "own1Kind": "percentage", "own1Threshold": "90",
            "own1Evidence": "Sơ đồ từng đoạn", "own1Verifier": "Mặt trận xã", "own1Day": "15/03/2026",
        ]
        let people = try await head.send(form.filled(typed)).expectStatus(422)
        #expect(people.error(beside: "own1Name")?.contains("ai chưa góp sẽ bị lộ") == true)
        typed["own1Name"] = "Đoạn đường hoa"
        typed["own1Kind"] = "yesNo"
        let sent = try await head.send(form.filled(typed)).expectStatus(200)
        let dossier = sent.path.replacing("/assessment", with: "")
        let kaHuong = try await site.signIn(.kaHuong)
        #expect(try await kaHuong.open("/").says("Đoạn đường hoa"))
        let asked = try await kaHuong.open("\(dossier)/own").expectStatus(200)
        #expect(asked.says("R.1 Đoạn đường hoa") && asked.says("Chờ xã trả lời"))
        let answer = try #require(asked.forms.first { $0.action.hasPrefix("\(dossier)/own/") })
        #expect(try await kaHuong.send(answer.filled(["outcome": "agree"])).expectStatus(200).says("Đã đồng ý."))
        // The later way stays: one more.
        #expect(
            try await head.open("\(dossier)/own").expectStatus(200).forms.contains { $0.names.contains("verifier") })
    }

    @Test func aSetWithoutRoomShowsNoFold() async throws {
        let site = try await TestSite(.sqlite, clock: TestClock(try #require(Day(iso: "2026-03-20"))))
        try await Scene.begin(site.database)
        let head = try await site.signIn(.yaThuong)
        #expect(try await !head.open("/areas/\(Place.thongXanh.id)/dossiers/new").says("Chỉ tiêu riêng"))
    }
}
