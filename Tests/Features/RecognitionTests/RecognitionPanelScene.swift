import Core
import Criteria
import Database
import Foundation
import People
import TestKit

@testable import Recognition

/// Thông Xanh as the demonstration has it, up to the commune's acceptance, and a panel of three.
enum PanelScene {
    /// Two members more than the cast of the tests has; the third of the panel.
    static let haBien = ID(high: 0x7003, low: 1 << 63 | 0x101)
    /// Holds no office until a panel is formed with her.
    static let hongPhuong = ID(high: 0x7003, low: 1 << 63 | 0x102)

    private static func quantity(_ thousandths: Int64) -> Criteria.Value {
        .quantity(Quantity(thousandths: thousandths))
    }

    /// The area's own 27 values.
    static let own: [String: Criteria.Value] = [
        "I.1": quantity(1_120), "I.2": quantity(100_000), "I.3": quantity(1_000), "I.4": quantity(96_400),
        "I.5": quantity(1_000), "II.1": quantity(96_700), "II.2": quantity(95_800), "II.3": quantity(100_000),
        "II.4": .yes(true), "II.5": .yes(true), "III.1": quantity(98_600), "III.2": quantity(66_000),
        "III.3": quantity(90_500), "III.4": quantity(100_000), "III.5": quantity(74_000), "III.6": quantity(92_300),
        "III.7": quantity(12_000), "IV.1": .notApplicable(reason: "Không có vụ việc hòa giải"), "IV.2": .yes(true),
        "IV.3": quantity(100_000), "IV.4": .yes(true), "V.1": .grade("hoanThanhTot"), "V.2": quantity(100_000),
        "V.3": quantity(100_000), "V.4": quantity(95_800), "V.5": quantity(84_000), "V.6": quantity(2_000),
    ]
    static let check: [String: Criteria.Value] = [
        "III.2": quantity(62_000), "III.5": quantity(71_000), "V.5": quantity(81_000),
    ]

    static func criteria() throws -> String {
        try String(contentsOfFile: TestSite.checkout + "/Demonstration/criteria.yaml", encoding: .utf8)
    }

    /// People, criteria, and Thông Xanh accepted on 8/10 with its meeting, posting and ballot; Suối Thông B1 has only
    /// registered. Answers Thông Xanh's dossier.
    ///
    /// - Parameters:
    ///   - topics: lines of the criteria's ballot: what households are asked besides.
    ///   - count: what came out of the box.
    static func begin(
        _ database: Database, topics: [String] = [], count: Recognition.BallotCount = Walk.count
    ) async throws -> ID {
        let ballot = "ballot:\n" + (topics.isEmpty ? "" : "  topics:\n" + topics.map { "    - \($0)\n" }.joined())
        let set = try await Scene.begin(
            database, criteria: criteria().replacing("\nballot:\n", with: "\n" + ballot))
        return try await database.unattended(
            .seed,
            giving: { tx in
                try addPeople(tx)
                _ = try Scene.register(set, in: .suoiThong, tx)
                return try accepted(set, in: .thongXanh, own: own, check: check, count, tx)
            })
    }

    static func addPeople(_ tx: Transaction) throws {
        for (id, name) in [(haBien, "Kră Jăn Ha Biên"), (hongPhuong, "Vũ Hồng Phương")] {
            try PeopleStore.addPerson(id, name: name, isInvented: true, tx)
            try PeopleStore.addAccount(person: id, passwordHash: nil, tx)
        }
        try PeopleStore.addRole(
            tx.ids.next(), person: haBien, role: .panelMember, organisation: Body.panel.id,
            territory: Place.lamDong.id, from: Day(iso: "2026-10-01") ?? .first, tx)
    }

    /// The commune's list, a panel, its visit and its minutes: all score what the commune had.
    static func appraise(_ dossier: ID, _ tx: Transaction) throws {
        try addPeople(tx)
        _ = try toPanel([dossier], tx)
        try declareAndScore(dossier, by: members, tx)
        try RecognitionStore.putVisit(
            Recognition.NewVisit(
                day: Day(iso: "2026-10-27") ?? .first, members: members, remark: nil,
                looks: [.init(code: "III.3", result: .asWritten, note: nil)]),
            dossier: dossier, deed(members[0], "2026-10-27"), tx)
        try RecognitionStore.conclude(
            .passes, reason: nil, remark: "Nhất trí.", dossier: dossier, deed(members[0], "2026-10-27"), tx)
    }

    /// Each of these declares that nothing ties them and scores what is asked of them: the commune's value, or the one
    /// given for them by their place and the code.
    static func declareAndScore(
        _ dossier: ID, by people: [ID], on day: String = "2026-10-26", values: [String: [Criteria.Value]] = [:],
        _ tx: Transaction
    ) throws {
        for (index, person) in people.enumerated() {
            let deed = deed(person, day)
            try RecognitionStore.declare(.none, reason: nil, dossier: dossier, deed, tx)
            let work = try work(on: dossier, tx)
            for code in work.scoring.judged where work.scoring.assigned(code).contains(person) {
                let own = values[code].flatMap { index < $0.count ? $0[index] : nil }
                guard let value = own ?? work.assessment.effective(code, .check) else { continue }
                try RecognitionStore.putScore(code, value, note: nil, dossier: dossier, deed, tx)
            }
        }
    }

    static func work(on dossier: ID, _ reader: any Reader) throws -> Recognition.PanelWork {
        guard let work = try RecognitionStore.work(on: Walk.now(dossier, reader), today: TestClock.today, reader)
        else { throw NotFound() }
        return work
    }

    /// A dossier that went the whole way to the commune's acceptance.
    static func accepted(
        _ set: ID, in place: Place, own: [String: Criteria.Value], check: [String: Criteria.Value],
        _ count: Recognition.BallotCount = Walk.count, _ tx: Transaction
    ) throws -> ID {
        let id = try Scene.register(set, in: place, tx)
        for (code, value) in own.sorted(by: { $0.key < $1.key }) {
            _ = try RecognitionStore.save(
                .init(code: code, value: value, note: nil), dossier: id, over: 0, Walk.deed(.yaThuong, "2026-09-10"),
                tx)
        }
        try Walk.fromHandIn(id, count, tx)
        let deed = Walk.deed(.kaHuong, "2026-10-08", hour: 9)
        for (code, value) in check {
            _ = try RecognitionStore.save(
                .init(code: code, side: .check, value: value, note: nil), dossier: id, over: 0, deed, tx)
        }
        try RecognitionStore.move(Walk.now(id, tx), .accept, to: .accepted, deed, tx)
        return id
    }

    static func deed(_ person: ID, _ day: String, hour: Int = 9) -> Recognition.Deed {
        Recognition.Deed(
            person: person, organisation: Body.panel.id, at: (Day(iso: day) ?? .first).start + .hours(hour))
    }

    static let members = [Member.dangThiAnh.id, haBien, hongPhuong]

    /// Sends the dossier on 10/10 and forms the panel on 12/10, by the store. Answers the panel.
    static func toPanel(_ dossiers: [ID], number: String = "12/TTr", _ tx: Transaction) throws -> ID {
        let id = try RecognitionStore.draftSubmission(
            Recognition.NewSubmission(
                territory: Place.donDuong.id, organisation: Body.frontOfDonDuong.id, year: 2026, text: "Đề nghị.",
                dossiers: dossiers), Walk.deed(.kaHuong, "2026-10-10"), tx)
        try RecognitionStore.send(
            RecognitionStore.submission(id, unattended: tx),
            Recognition.SubmissionPaper(
                number: number, day: Day(iso: "2026-10-10") ?? .first, signer: "Ka Hương", office: "Chủ tịch"),
            Walk.deed(.kaHuong, "2026-10-10"), tx)
        return try RecognitionStore.formPanel(
            Recognition.NewPanel(
                territory: Place.lamDong.id, organisation: Body.frontOfProvince.id, name: "Tổ thẩm định năm 2026",
                year: 2026, chair: Member.dangThiAnh.id, secretary: haBien, members: members, dossiers: dossiers),
            Walk.deed(.doThiHanh, "2026-10-12"), tx)
    }

    /// All declare and score alike what the commune had, but III.5 as given; the visit is made, the minutes are open.
    static func score(_ dossier: ID, hedges: [Int64] = [72, 66, 71], _ tx: Transaction) throws {
        try declareAndScore(dossier, by: members, values: ["III.5": hedges.map { Scene.percent($0) }], tx)
        try RecognitionStore.putVisit(
            Recognition.NewVisit(
                day: Day(iso: "2026-10-27") ?? .first, members: members,
                others: [Recognition.Attendee("Ya Thương", duty: "Trưởng thôn")], remark: nil,
                looks: [.init(code: "III.5", result: .otherwise, note: "Đoạn mới trồng chưa phủ kín")]),
            dossier: dossier, deed(members[0], "2026-10-27"), tx)
    }
}
