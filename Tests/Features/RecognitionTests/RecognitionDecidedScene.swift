import App
import Core
import Criteria
import Database
import Documents
import Organisation
import TestKit

@testable import Recognition

/// Dossiers of the province's titles on which a panel concluded, and decisions on them, by the store.
extension Scene {
    static let scan = Recognition.Decision.Scan(
        address: ContentAddress(of: Array("paper".utf8)), type: "application/pdf", name: "qd.pdf")

    static func concluded(
        _ set: ID, in place: Place = .thongXanh, year: Int = 2026, title: String = "model", _ tx: Transaction
    ) throws -> Recognition.Dossier {
        let id = try RecognitionStore.register(
            Recognition.Registration(
                area: place.id, year: year, title: title, level: .province, areaClass: nil, criteriaSet: set),
            deed(.yaThuong, tx), tx)
        for (action, state, member) in [
            (Recognition.Action.submit, Recognition.State.submitted, Member.yaThuong), (.accept, .accepted, .kaHuong),
            (.forward, .forwarded, .kaHuong), (.conclude, .appraised, .dangThiAnh),
        ] {
            try RecognitionStore.move(Walk.now(id, tx), action, to: state, deed(member, tx), tx)
        }
        return try Walk.now(id, tx)
    }

    static func draft(
        _ items: [(Recognition.Dossier, Recognition.Outcome)], title: String = "model", year: Int = 2026,
        _ tx: Transaction
    ) throws -> ID {
        try RecognitionStore.draft(
            Recognition.NewDecision(
                territory: Place.lamDong.id, organisation: Body.frontOfProvince.id, title: title, level: .province,
                year: year,
                items: items.map {
                    Recognition.DecisionItem(
                        dossier: $0.0, outcome: $0.1, reason: $0.1 == .refused ? "Đường chưa đủ đèn" : nil)
                }), deed(.doThiHanh, tx), tx)
    }

    /// - Parameter day: of the paper; today where none is given.
    static func issue(_ id: ID, _ number: String, on day: Day? = nil, _ tx: Transaction) throws {
        try RecognitionStore.issue(
            RecognitionStore.decision(id, seenBy: sight(.doThiHanh), tx),
            Recognition.SignedPaper(
                number: number, day: day ?? tx.now.day, signer: "Đỗ Thị Hạnh", office: "Chủ tịch"),
            scan: scan, deed(.doThiHanh, tx), tx)
    }

    /// Takes a title back by a decision of today.
    static func withdraw(_ title: ID, _ number: String, _ tx: Transaction) throws {
        let draft = try RecognitionStore.draftWithdrawal(
            Recognition.NewWithdrawal(
                territory: Place.lamDong.id, organisation: Body.frontOfProvince.id, year: tx.now.day.year, title: title,
                reason: "Không khắc phục", basis: nil,
                hearing: .init(invitedOn: tx.now.day, day: tx.now.day, came: true)), deed(.doThiHanh, tx), tx)
        try issue(draft, number, tx)
    }
}
