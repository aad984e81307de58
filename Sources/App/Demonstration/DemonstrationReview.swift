import Ballots
import Core
import Database
import Recognition

/// Review meeting, posting, comments and ballot of a dossier, up to its handing over to the commune.
enum DemonstrationReview {
    private static let file = DemonstrationRound.file

    /// Who counts where no names are told: offices, because nobody of a real hamlet is named by invention.
    private static let offices = ["Bí thư chi bộ", "Chi hội trưởng Phụ nữ", "Đại diện các hộ do hội nghị cử"]

    static func happenings(
        _ dossier: DemonstrationDossier, _ hands: DemonstrationHands
    ) throws -> [DemonstrationHappening] {
        let days = dossier.days
        func happening(
            _ day: Day?, _ clock: String, _ act: @escaping (DemonstrationScene) async throws -> Void
        ) throws -> [DemonstrationHappening] {
            guard let day else { return [] }
            return [try DemonstrationHappening(day, clock, file, dossier.area, act)]
        }
        var happenings = try (dossier.meetings ?? []).flatMap { meeting in
            try happening(meeting.day, Evening.clock(dossier.area, 79)) {
                try await hold(meeting, dossier, hands, $0)
            }
        }
        happenings += try happening(dossier.workedOn, Evening.clock(dossier.area, 20)) { scene in
            try await act(dossier, hands.area, .holdReview, as: "review.work", scene) { now, deed, tx in
                try RecognitionStore.workOn(dossier.worked ?? [:], of: now, deed, tx)
            }
        }
        happenings += try happening(days.postedFrom, Morning.clock(dossier.area, -60)) { scene in
            let codes = scene.story.ballots.box(of: dossier.area)?.codes ?? 0
            try await act(dossier, hands.area, .holdReview, as: "dossier.post", scene) { now, deed, tx in
                guard let from = days.postedFrom else { return }
                _ = try RecognitionStore.post(now, from: from, last: days.postedLast, deed, tx)
                if let slips = dossier.ballot?.handedOut {
                    try RecognitionStore.handOut(slips - codes, of: try fresh(now, tx), deed, tx)
                }
            }
        }
        for comment in dossier.comments ?? [] { happenings += try told(comment, dossier, hands) }
        happenings += try happening(days.ballotCounted, "16:05") { try await count(dossier, hands.firstCount, $0) }
        happenings += try happening(days.ballotCounted, "16:40") { try await count(dossier, hands.secondCount, $0) }
        happenings += try happening(days.handedOver, Evening.clock(dossier.area, 60)) {
            try await submit(dossier, hands.area, $0)
        }
        return happenings
    }

    /// Everything goes to the commune, the first time or mended.
    static func submit(
        _ dossier: DemonstrationDossier, _ hand: DemonstrationHand, _ scene: DemonstrationScene
    ) async throws {
        try await act(dossier, hand, .submitAssessment, as: "dossier.submit", scene) {
            _ = try RecognitionStore.submit($0, $1, $2)
        }
    }

    private static func hold(
        _ meeting: DemonstrationDossier.Meeting, _ dossier: DemonstrationDossier, _ hands: DemonstrationHands,
        _ scene: DemonstrationScene
    ) async throws {
        let chair = hands.area.actor?.name ?? "Trưởng Ban Công tác Mặt trận"
        let secretary = hands.firstCount.actor?.name ?? "Chi hội trưởng Phụ nữ"
        try await act(dossier, hands.area, .holdReview, as: "review.hold", scene) { now, deed, tx in
            let record = Recognition.SittingRecord(
                day: meeting.day, venue: "Nhà văn hóa", chair: chair, secretary: secretary, present: meeting.present,
                list: meeting.quorum ? meeting.list ?? meeting.present - Hour.spread(dossier.area, 9) : nil,
                opinions: meeting.opinions ?? "", votes: meeting.quorum ? dossier.votes ?? [:] : [:],
                next: meeting.next)
            _ = try RecognitionStore.holdSitting(record, of: now, deed, tx)
        }
    }

    /// A resident writes to the commune, the commune lets the text through, the area answers.
    private static func told(
        _ comment: DemonstrationDossier.Comment, _ dossier: DemonstrationDossier, _ hands: DemonstrationHands
    ) throws -> [DemonstrationHappening] {
        @Sendable func latest(_ now: Recognition.Dossier, _ reader: any Reader) throws -> Recognition.Comment {
            guard let last = try RecognitionStore.comments(on: now, reader).first(where: { $0.said == comment.text })
            else { throw DemonstrationFault(file: file, key: dossier.area, problem: "its comment is not there") }
            return last
        }
        return [
            try DemonstrationHappening(comment.day, "20:12", file, dossier.area) { scene in
                let id = try scene.dossier(dossier.area)
                try await scene.database.unattended(.seed) { tx in
                    _ = try RecognitionStore.comment(comment.text, contact: nil, on: id, at: tx.now, tx)
                    return Receipt()
                }
            },
            try DemonstrationHappening(comment.letThrough, "10:15", file, dossier.area) { scene in
                try await act(dossier, hands.commune, .moderateComments, as: "comment.pass", scene) { now, deed, tx in
                    try RecognitionStore.moderate(
                        try latest(now, tx), .pass(text: comment.text), deed, tx)
                }
            },
            try DemonstrationHappening(comment.answered, "20:31", file, dossier.area) { scene in
                try await act(dossier, hands.area, .holdReview, as: "comment.answer", scene) { now, deed, tx in
                    try RecognitionStore.answer(try latest(now, tx), comment.answer, deed, tx)
                }
            },
        ]
    }

    private static func count(
        _ dossier: DemonstrationDossier, _ hand: DemonstrationHand, _ scene: DemonstrationScene
    ) async throws {
        guard let ballot = dossier.ballot else { return }
        // What came by code is not counted on paper.
        let box = scene.story.ballots.box(of: dossier.area)
        let counters = scene.story.ballots.counters[dossier.area] ?? offices
        let byCode = (
            all: box?.answers ?? 0, yes: box?.satisfied ?? 0, no: box?.notSatisfied ?? 0, silent: box?.noOpinion ?? 0
        )
        try await act(dossier, hand, .countBallot, as: "ballot.count", scene) { now, deed, tx in
            let count = Recognition.BallotCount(
                returned: ballot.returned - byCode.all, valid: ballot.valid - byCode.all,
                satisfied: ballot.satisfied - byCode.yes, unsatisfied: ballot.notSatisfied - byCode.no,
                noOpinion: ballot.noOpinion - byCode.silent, counters: counters,
                fetchedBy: counters.last ?? "",
                topics: try RecognitionStore.questions(of: now, tx).topics.compactMap { topic in
                    guard let told = ballot.topics?[topic.code], told.count == 3 else { return nil }
                    return Ballots.Tally.Line(
                        code: topic.code, satisfied: told[0], unsatisfied: told[1], noOpinion: told[2])
                })
            _ = try RecognitionStore.enterCount(count, of: now, deed, tx)
        }
    }

    private static func fresh(_ dossier: Recognition.Dossier, _ tx: Transaction) throws -> Recognition.Dossier {
        try RecognitionStore.dossier(dossier.id, unattended: tx)
    }

    static func act(
        _ dossier: DemonstrationDossier, _ hand: DemonstrationHand, _ capability: Capability, as act: String,
        _ scene: DemonstrationScene,
        _ effect: @escaping @Sendable (Recognition.Dossier, Recognition.Deed, Transaction) throws -> Void
    ) async throws {
        let id = try scene.dossier(dossier.area)
        try await scene.act(hand, capability, as: act, on: { try RecognitionStore.dossier(id, unattended: $0) }) {
            _, deed, tx in
            try effect(try RecognitionStore.dossier(id, unattended: tx), deed, tx)
            return Receipt(id: id)
        }
    }
}
