import Core
import Criteria
import Database
import TestKit

@testable import Recognition

/// The area's way from its values to the commune, one verb a step, by the store and on the days of the plan: closed on
/// 14/9, met on 18/9, posted 20/9 to 29/9, counted and submitted on 30/9 of 2026.
enum Walk {
    static func deed(_ member: Member, _ day: String, hour: Int = 19) -> Recognition.Deed {
        let day = Day(iso: day) ?? .first
        return Recognition.Deed(
            person: member.id, organisation: member.plan.body.id, at: day.start + .hours(hour))
    }

    static func now(_ id: ID, _ reader: any Reader) throws -> Recognition.Dossier {
        try RecognitionStore.dossier(id, unattended: reader)
    }

    /// Values that meet every threshold of the tests' criteria.
    static let values: [(code: String, value: Criteria.Value)] = [
        ("I.1", .quantity(Quantity(thousandths: 2_000))), ("I.2", .yes(true)), ("III.2", Scene.percent(66)),
        ("III.3", Scene.percent(91)),
    ]

    static func fill(_ id: ID, by member: Member = .yaThuong, _ tx: Transaction) throws {
        for (code, value) in values {
            _ = try RecognitionStore.save(
                .init(code: code, value: value, note: nil), dossier: id, over: 0, deed(member, "2026-09-10"), tx)
        }
    }

    static func handIn(_ id: ID, _ tx: Transaction) throws {
        try RecognitionStore.handIn(now(id, tx), deed(.yaThuong, "2026-09-14"), tx)
    }

    @discardableResult
    static func hold(
        _ id: ID, present: Int = 158, list: Int? = nil, votes: [String: Int] = [:], on day: String = "2026-09-18",
        correcting: ID? = nil, isRest: Bool = false, _ tx: Transaction
    ) throws -> Recognition.Sitting {
        try RecognitionStore.holdSitting(
            sitting(present: present, list: list, votes: votes, on: day, isRest: isRest), correcting: correcting,
            of: now(id, tx), deed(.yaThuong, day, hour: 21), tx)
    }

    /// - Parameter list: households for the list; nil for all present where they are enough of Thông Xanh's 214.
    static func sitting(
        present: Int, list: Int? = nil, votes: [String: Int] = [:], opinions: String = "Nhất trí.",
        on day: String = "2026-09-18", isRest: Bool = false, next: String? = nil
    ) -> Recognition.SittingRecord {
        Recognition.SittingRecord(
            day: Day(iso: day) ?? .first, venue: "Nhà văn hóa thôn", chair: "Ya Thương", secretary: "Trần Thị Lụa",
            present: present, list: list ?? (present >= 108 ? present : nil), opinions: opinions, votes: votes,
            isRest: isRest, next: next.flatMap { Day(iso: $0) })
    }

    static func post(_ id: ID, _ tx: Transaction) throws {
        try RecognitionStore.post(
            now(id, tx), from: Day(iso: "2026-09-20") ?? .first, deed(.yaThuong, "2026-09-20", hour: 7), tx)
    }

    /// A dossier on its way: registered, filled in, handed in, met over and posted.
    static func posted(_ set: ID, _ tx: Transaction) throws -> ID {
        let id = try Scene.register(set, tx)
        try fill(id, tx)
        try handIn(id, tx)
        try hold(id, tx)
        try post(id, tx)
        return id
    }

    static let count = Recognition.BallotCount(
        returned: 163, valid: 161, satisfied: 149, unsatisfied: 7, noOpinion: 5,
        counters: ["K'Đoan", "Trần Thị Lụa", "Đinh Công Sáu"], fetchedBy: "Trần Thị Lụa")

    static func ballot(_ id: ID, _ count: Recognition.BallotCount = count, _ tx: Transaction) throws {
        try RecognitionStore.handOut(214, of: now(id, tx), deed(.yaThuong, "2026-09-20", hour: 8), tx)
        for member in [Member.dinhCongSau, .kDoan] {
            try RecognitionStore.enterCount(count, of: now(id, tx), deed(member, "2026-09-30", hour: 9), tx)
        }
    }

    static func submit(_ id: ID, _ tx: Transaction) throws {
        try RecognitionStore.submit(now(id, tx), deed(.yaThuong, "2026-09-30"), tx)
    }

    /// All of it, from a registered dossier without values to one that the commune checks.
    static func toSubmitted(_ id: ID, _ tx: Transaction) throws {
        try fill(id, tx)
        try fromHandIn(id, count, tx)
    }

    /// From a dossier with values to one that the commune checks.
    static func fromHandIn(_ id: ID, _ count: Recognition.BallotCount = count, _ tx: Transaction) throws {
        try handIn(id, tx)
        try fromReview(id, count, tx)
    }

    static func fromReview(_ id: ID, _ count: Recognition.BallotCount = count, _ tx: Transaction) throws {
        try hold(id, tx)
        try post(id, tx)
        try ballot(id, count, tx)
        try submit(id, tx)
    }
}
