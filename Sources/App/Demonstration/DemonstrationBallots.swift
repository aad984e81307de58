import Ballots
import Core
import Database
import Organisation
import Recognition

/// ballots.yaml: answers by code, beside a dossier's paper or for practice.
struct DemonstrationBallotsFile: Decodable, Sendable {
    struct Box: Decodable, Sendable {
        let area: String
        /// Of a practice ballot alone.
        let opened: Day?
        let last: Day?
        let codes: Int
        let spares: Int
        let satisfied: Int
        let notSatisfied: Int
        let noOpinion: Int

        var answers: Int { satisfied + notSatisfied + noOpinion }

        private enum CodingKeys: String, CodingKey {
            case area, opened, last, codes, spares, satisfied
            case notSatisfied = "not_satisfied"
            case noOpinion = "no_opinion"
        }
    }

    let boxes: [Box]
    let practice: [Box]
    /// Full names of those who count the paper, by invented area.
    let counters: [String: [String]]

    /// The box beside an area's paper.
    func box(of area: String) -> Box? { boxes.first { $0.area == area } }
}

/// Ballots by code: opened and closed by the commune, answered by households nobody names.
enum DemonstrationBallots {
    private static let file = "ballots.yaml"

    static func happenings(
        _ story: DemonstrationFiles, _ keys: BallotsKeys
    ) throws -> [DemonstrationHappening] {
        try story.ballots.boxes.flatMap { try beside($0, story, keys) }
            + story.ballots.practice.flatMap { try practice($0, keys, story) }
    }

    private static func beside(
        _ box: DemonstrationBallotsFile.Box, _ story: DemonstrationFiles, _ keys: BallotsKeys
    ) throws -> [DemonstrationHappening] {
        guard let dossier = story.year.dossiers.first(where: { $0.area == box.area }),
            let from = dossier.days.postedFrom, let last = dossier.days.postedLast, let paper = dossier.ballot,
            box.answers <= box.codes, paper.satisfied >= box.satisfied, paper.notSatisfied >= box.notSatisfied,
            paper.noOpinion >= box.noOpinion
        else {
            throw DemonstrationFault(file: file, key: box.area, problem: "has no posted ballot it could be part of")
        }
        func subject(_ scene: DemonstrationScene) async throws -> Ballots.Ballot {
            let id = try scene.dossier(box.area)
            return try await scene.database.read { reader in
                guard let posting = try RecognitionStore.posting(of: id, reader),
                    let ballot = try BallotsStore.ballot(about: posting.id, reader)
                else { throw NotFound() }
                return ballot
            }
        }
        return [
            try DemonstrationHappening(from, "10:05", file, box.area) { scene in
                let opening = try BallotsStore.prepare(keys, scene.database.world)
                let id = try scene.dossier(box.area)
                try await scene.act(
                    try commune(box.area, story, scene), .issueCodes, as: "ballot.open",
                    on: { try RecognitionStore.dossier(id, unattended: $0) }
                ) { dossier, deed, tx in
                    let now = try RecognitionStore.dossier(dossier.id, unattended: tx)
                    try RecognitionStore.openBox(opening, of: now, deed, tx)
                    return Receipt(id: opening.ballot)
                }
                try await issue(box, try await subject(scene), keys, story, scene)
            },
            try DemonstrationHappening(from.adding(days: 2), "19:20", file, box.area) { scene in
                try await answer(box, try await subject(scene), keys, scene)
            },
            try DemonstrationHappening(last.adding(days: 1), "08:40", file, box.area) { scene in
                try await close(try await subject(scene), box, keys, story, scene)
            },
        ]
    }

    private static func practice(
        _ box: DemonstrationBallotsFile.Box, _ keys: BallotsKeys, _ story: DemonstrationFiles
    ) throws -> [DemonstrationHappening] {
        guard let opened = box.opened, let last = box.last,
            let households = story.areas.first(where: { $0.key == box.area })?.households
        else { throw DemonstrationFault(file: file, key: box.area, problem: "has no days, or is no area") }
        return [
            try DemonstrationHappening(opened, "09:15", file, box.area) { scene in
                let opening = try BallotsStore.prepare(keys, scene.database.world)
                let area = try scene.unit(box.area)
                try await scene.act(
                    try commune(box.area, story, scene), .issueCodes, as: "ballot.open",
                    on: { try OrganisationStore.publicTerritory(area, $0) }
                ) { area, deed, tx in
                    try BallotsStore.openBallot(
                        opening, for: area.id, about: Ballots.Purpose(kind: .practice, year: opened.year),
                        asking: Ballots.QuestionSet(), households: households, paper: 0,
                        over: Ballots.Window(from: opened, last: last), by: deed.person, tx)
                    return Receipt(id: opening.ballot)
                }
                let ballot = try await scene.database.read { try BallotsStore.ballot(opening.ballot, $0) }
                try await issue(box, ballot, keys, story, scene)
                try await answer(
                    box, try await scene.database.read { try BallotsStore.ballot(opening.ballot, $0) }, keys, scene)
            }
        ]
    }

    /// Who of the cast issues codes for an area's commune.
    private static func commune(
        _ area: String, _ story: DemonstrationFiles, _ scene: DemonstrationScene
    ) throws -> DemonstrationHand {
        let unit = story.areas.first { $0.key == area }?.commune ?? ""
        return DemonstrationHand(
            actor: try scene.holder(of: [.communeFrontChair, .cultureOfficer], over: unit), organisation: nil)
    }

    private static func issue(
        _ box: DemonstrationBallotsFile.Box, _ ballot: Ballots.Ballot, _ keys: BallotsKeys,
        _ story: DemonstrationFiles, _ scene: DemonstrationScene
    ) async throws {
        for (count, kind) in [(box.codes, Ballots.BatchKind.household), (box.spares, .spare)] where count > 0 {
            let new = try BallotsNewCodes.draw(count, for: ballot, keys, scene.database.world)
            if kind == .household { scene.handOut(new.codes, of: ballot.id) }
            try await scene.act(
                try commune(box.area, story, scene), .issueCodes, as: "ballot.issue",
                on: { try BallotsStore.ballot(ballot.id, $0) }
            ) { ballot, deed, tx in
                try BallotsStore.issue(
                    new, as: kind, for: try BallotsStore.ballot(ballot.id, tx), by: deed.person, tx)
                return Receipt(id: ballot.id)
            }
        }
    }

    private static func answer(
        _ box: DemonstrationBallotsFile.Box, _ ballot: Ballots.Ballot, _ keys: BallotsKeys, _ scene: DemonstrationScene
    ) async throws {
        let answers =
            Array(repeating: Ballots.Answer.satisfied, count: box.satisfied)
            + Array(repeating: .unsatisfied, count: box.notSatisfied)
            + Array(repeating: .noOpinion, count: box.noOpinion)
        let mixing = BallotsMixing.byLot(scene.database.world.secrets)
        for (code, answer) in zip(scene.codes(of: ballot.id), answers) {
            let slip = Ballots.Slip(answers: ballot.questions.questions.map { _ in answer })
            _ = try await BallotsStore.vote(code, slip, in: ballot, from: "local", keys, mixing, .vi, scene.database)
        }
    }

    private static func close(
        _ ballot: Ballots.Ballot, _ box: DemonstrationBallotsFile.Box, _ keys: BallotsKeys,
        _ story: DemonstrationFiles, _ scene: DemonstrationScene
    ) async throws {
        let world = scene.database.world
        let salt = world.secrets.bytes(16)
        try await scene.act(
            try commune(box.area, story, scene), .issueCodes, as: "ballot.close",
            on: { try BallotsStore.ballot(ballot.id, $0) }
        ) { ballot, deed, tx in
            try BallotsStore.close(
                ballot, reading: keys, .byLot(world.secrets), salt: salt, by: deed.person, .vi, tx)
            try RecognitionBox.hooks.settled(ballot.id, tx)
            return Receipt(id: ballot.id)
        }
    }
}
