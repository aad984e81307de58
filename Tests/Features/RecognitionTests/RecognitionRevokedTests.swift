import Core
import Criteria
import Database
import Foundation
import Synchronization
import TestKit
import Testing

@testable import Recognition

/// A role that ends while its holder is at work.
@Suite("An office ends while its holder writes", .databases) struct RecognitionRevokedTests {
    private func begin(_ engine: TestEngine) async throws -> (TestSite, dossier: ID) {
        let site = try await TestSite(engine, clock: TestClock(try #require(Day(iso: "2026-08-20"))))
        let set = try await Scene.begin(site.database)
        return (site, try await site.database.unattended(.seed, giving: { try Scene.register(set, $0) }))
    }

    private static let ending = "/people/\(Member.yaThuong.id)/roles/\(Member.yaThuong.role)"

    /// As the administrator does, over JSON.
    private static func endRole(_ administrator: Browser) async throws {
        try await administrator.json("\(ending)/end", sending: #"{"day": "2026-08-20"}"#).expectStatus(200)
    }

    private func kept(_ site: TestSite, _ dossier: ID) async throws -> (values: [String], acts: Int) {
        try await site.database.read { reader in
            (
                try RecognitionStore.history(of: dossier, code: "III.3", reader).map { $0.entry.note ?? "" },
                try reader.one(
                    """
                    SELECT count(*) AS n FROM audit WHERE act = 'value.save' AND actor_id = \(Member.yaThuong.id)
                    """
                ).integer("n")
            )
        }
    }

    @Test(arguments: TestEngine.all) func aFormOpenedBeforeTheEndIsRefusedWithTheReason(on engine: TestEngine)
        async throws
    {
        let (site, dossier) = try await begin(engine)
        let here = "/dossiers/\(dossier)/values/III.3"
        let yaThuong = try await site.signIn(.yaThuong)
        // The control: the same form, sent while the office runs.
        let first = try await yaThuong.open(here).form("/values/III.3")
        try await yaThuong.send(first.filled(["value": "85", "note": "sáng"])).expectStatus(200)
        let open = try await yaThuong.open(here).form("/values/III.3")

        let administrator = try await site.signIn(.ngoTanPhat)
        let page = try await administrator.open(Self.ending).expectStatus(200)
        try await administrator.send(page.form("/end").filled(["day": "20/8/2026"])).expectStatus(200)

        let refused = try await yaThuong.send(open.filled(["value": "91", "note": "tối"])).expectStatus(403)
        #expect(refused.says("Vai trò đang giữ không có việc này"), "\(refused.text)")
        let told = try await yaThuong.json(here, sending: #"{"value": "91", "version": 1}"#).expectStatus(403)
        #expect(told.headers[.contentType] == "application/problem+json" && !told.body.contains("fillAssessment"))
        let (values, acts) = try await kept(site, dossier)
        #expect(values == ["sáng"] && acts == 1, "nothing of it is kept")
        // Somebody whose office still runs goes on over what stands.
        let dinhCongSau = try await site.signIn(.dinhCongSau)
        let other = try await dinhCongSau.open(here).form("/values/III.3")
        try await dinhCongSau.send(other.filled(["value": "91", "note": "trưa"])).expectStatus(200)
    }

    /// What came of one write, and whether it was sent when the end had been answered already.
    private struct Sent {
        let wasLate: Bool
        let isDone: Bool
        /// 403, and nothing else.
        let isForbidden: Bool
    }

    /// Four write at once, each an indicator of their own: two over HTTP, two with a permit that was given while the
    /// office ran, on PostgreSQL through a second program. In the midst of it the office is ended.
    @Test(arguments: TestEngine.all) func ofManyWritesNoneBeginsAfterTheEnd(on engine: TestEngine) async throws {
        let (site, dossier) = try await begin(engine)
        let other = engine == .postgres ? try site.data.another(.test(site.clock, from: 1 << 40)) : site.database
        let ended = Flag()
        let permit = try await site.database.read { reader in
            try Authority(today: TestClock.today).permit(
                Scene.actor(.yaThuong), to: .fillAssessment,
                try RecognitionStore.dossier(dossier, seenBy: Scene.sight(.yaThuong), reader))
        }
        let administrator = try await site.signIn(.ngoTanPhat)
        let head = try await site.signIn(.yaThuong)
        let sent = try await withThrowingTaskGroup(of: [Sent].self) { group in
            for code in ["I.1", "III.2"] {
                let browser = head.copy()
                group.addTask {
                    try await Self.saving(until: ended) { version in
                        let answer = try await browser.json(
                            "/dossiers/\(dossier)/values/\(code)",
                            sending: #"{"value": "\#(version % 90 + 1)", "version": \#(version)}"#)
                        return answer.status
                    }
                }
            }
            for (place, code) in ["III.3", "I.2"].enumerated() {
                group.addTask {
                    try await Self.saving(until: ended) { version in
                        let operation = Operation(
                            id: ID(high: 0x4000_0001 + UInt64(place), low: UInt64(version)), fingerprint: [1])
                        do {
                            _ = try await other.write(permit, operation, as: "value.save") { tx in
                                let value: Criteria.Value =
                                    code == "I.2" ? .yes(version.isMultiple(of: 2)) : Scene.percent(Int64(version % 90))
                                let saving = try RecognitionStore.save(
                                    .init(code: code, value: value, note: "lần \(version)"), dossier: dossier,
                                    over: version, Scene.deed(.yaThuong, tx), tx)
                                guard case .saved = saving else { throw Refusal(.conflict, "x") }
                                return Receipt(id: dossier)
                            }
                            return 200
                        } catch let refusal as Refusal { return refusal.kind.status }
                    }
                }
            }
            group.addTask {
                // Not before there is something to race with.
                while try await kept(site, dossier).acts < 24 { await Task.yield() }
                try await Self.endRole(administrator)
                ended.raise()
                return []
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(sent.allSatisfy { $0.isDone || $0.isForbidden }, "a conflict or a fault is no answer to a revocation")
        #expect(!sent.contains { $0.wasLate && $0.isDone }, "sent after the end was answered, and done")
        let (done, late) = (sent.count(where: \.isDone), sent.count(where: \.wasLate))
        #expect(done >= 24 && late >= 4 * Self.tries, "the race was no race: \(done) done, \(late) sent late")
        let (acts, behind) = try await site.database.read { reader in
            let end = try reader.one("SELECT lane, number FROM audit WHERE act = 'role.end'")
            let (lane, number) = (try end.integer("lane"), try end.integer("number"))
            return (
                try reader.one("SELECT count(*) AS n FROM audit WHERE act = 'value.save'").integer("n"),
                try reader.one(
                    """
                    SELECT count(*) AS n FROM audit
                    WHERE actor_id = \(Member.yaThuong.id) AND lane = \(lane) AND number > \(number)
                    """
                ).integer("n")
            )
        }
        #expect(acts == done, "what was answered as done stands in the trail, and nothing else")
        #expect(behind == 0, "behind the end stands nothing of theirs")
        let lanes = try await site.database.read { reader in
            try reader.rows("SELECT DISTINCT lane FROM audit WHERE act = 'value.save'").count
        }
        #expect(lanes == (engine == .postgres ? 2 : 1), "both programs wrote")
    }

    /// How often each goes on trying once the end was answered.
    private static let tries = 3

    /// Saves over and over, each time over the version before, and some times more after the end.
    private static func saving(until ended: Flag, _ save: (_ version: Int) async throws -> Int) async throws -> [Sent] {
        var (sent, version, late) = ([Sent](), 0, 0)
        while late < tries {
            try #require(sent.count < 100_000, "the office never ended")
            let wasLate = ended.isRaised
            let status = try await save(version)
            if status == 200 { version += 1 }
            if wasLate { late += 1 }
            sent.append(Sent(wasLate: wasLate, isDone: status == 200, isForbidden: status == 403))
        }
        return sent
    }
}

/// Raised once, seen by all.
private final class Flag: Sendable {
    private let state = Mutex(false)
    var isRaised: Bool { state.withLock { $0 } }
    func raise() { state.withLock { $0 = true } }
}
