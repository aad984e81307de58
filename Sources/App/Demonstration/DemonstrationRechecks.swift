import Core
import Criteria
import Database
import Documents
import Organisation
import Rechecks
import Recognition

/// rechecks.yaml: the round of the year over the titles held.
struct DemonstrationRechecksFile: Decodable, Sendable {
    struct Kept: Decodable, Sendable {
        let day: Day
        let areas: [String]
    }

    struct Notice: Decodable, Sendable {
        let number: String
        let signer: String
        let office: String
    }

    struct Round: Decodable, Sendable {
        let commune: String
        let opened: Day
        /// Who of the cast looks; without one the commune's Front does.
        let by: String?
        let kept: [Kept]
    }

    /// A title of which something fell; the days say how far it has come.
    struct Fallen: Decodable, Sendable {
        let area: String
        let looked: Day
        /// By indicator, as they are typed.
        let values: [String: String]
        let note: String?
        /// The day of the signed notice, and what stands on it.
        let noticed: Day?
        let notice: Notice?
        let reasons: [String: String]?
        let answered: Day?
        let answer: String?
        let done: [String: String]?
    }

    let year: Int
    let rounds: [Round]
    let fallen: [Fallen]
}

/// The re-check of the year, from the opening of each commune's round to the answer of an area.
enum DemonstrationRechecks {
    private static let file = "rechecks.yaml"

    static func happenings(
        _ story: DemonstrationFiles, _ scene: DemonstrationScene
    ) throws -> [DemonstrationHappening] {
        var happenings: [DemonstrationHappening] = []
        let told = story.rechecks
        for round in told.rounds {
            let hand = try hand(round, scene)
            happenings.append(
                try DemonstrationHappening(round.opened, Morning.clock(round.commune, 20), file, round.commune) {
                    try await open(round, year: told.year, hand, $0)
                })
            for kept in round.kept {
                for (index, area) in kept.areas.enumerated() {
                    happenings.append(
                        try DemonstrationHappening(kept.day, Morning.clock(area, 5 * index), file, area) {
                            try await look(at: area, values: [:], note: nil, year: told.year, hand, $0)
                        })
                }
            }
        }
        for fallen in told.fallen { happenings += try self.fallen(fallen, told, scene) }
        return happenings
    }

    private static func hand(
        _ round: DemonstrationRechecksFile.Round, _ scene: DemonstrationScene
    ) throws -> DemonstrationHand {
        let actor = try round.by.map(scene.actor) ?? scene.holder(of: [.communeFrontChair], over: round.commune)
        return DemonstrationHand(actor: actor, organisation: try scene.body("mttq-\(round.commune)"))
    }

    private static func open(
        _ round: DemonstrationRechecksFile.Round, year: Int, _ hand: DemonstrationHand, _ scene: DemonstrationScene
    ) async throws {
        let id = try scene.unit(round.commune)
        let today = round.opened
        let candidates = try await scene.database.read {
            try RechecksStore.candidates(under: id, year: year, on: today, $0)
        }
        try await scene.act(
            hand, .recheckTitles, as: "recheck.open", on: { try OrganisationStore.publicTerritory(id, $0) }
        ) { _, deed, tx in
            Receipt(
                id: try RechecksStore.open(
                    candidates, territory: id, year: year,
                    dueOn: Rechecks.Terms.standard.roundEnds(openedOn: today), held: Wiring.heldForRechecks, deed, tx))
        }
    }

    /// The re-check of an area's title, which the round has listed.
    private static func recheck(
        of area: String, year: Int, _ reader: any Reader, _ unit: ID, on day: Day
    ) throws -> Rechecks.Recheck {
        let row = try reader.one(
            """
            SELECT r.id FROM recheck r JOIN recheck_round o ON o.id = r.round_id
            WHERE r.territory_id = \(unit) AND o.year = \(year) ORDER BY r.id
            """)
        return try RechecksStore.recheck(row.id("id"), unattended: reader, on: day)
    }

    /// Notes every indicator of the list, and concludes: kept where all hold, else on watch.
    private static func look(
        at area: String, values: [String: String], note: String?, year: Int, _ hand: DemonstrationHand,
        _ scene: DemonstrationScene
    ) async throws {
        let unit = try scene.unit(area)
        let today = scene.database.world.clock.today()
        let (now, finding) = try await scene.database.read { reader in
            let recheck = try recheck(of: area, year: year, reader, unit, on: today)
            return (recheck, try RechecksStore.finding(of: recheck, reader))
        }
        var found: [(found: Rechecks.Found, note: String?)] = []
        for code in finding.listed {
            guard let indicator = finding.set.indicator(code) else { continue }
            let value =
                try values[code].map { try Recognition.ValueText.read($0, for: indicator) }
                ?? holding(indicator, for: now.aim, of: area)
            found.append((Rechecks.Found(code, turn: 1, value), values[code] == nil ? nil : note))
        }
        let looked = Rechecks.Finding(
            finding.set, for: now.aim, listed: finding.listed, granted: [:], found.map(\.found))
        let fallen = looked.lacking
        guard Set(fallen) == Set(values.keys) else {
            throw DemonstrationFault(file: file, key: area, problem: "fell: \(fallen), told: \(values.keys.sorted())")
        }
        let (all, id) = (found, now.id)
        try await act(hand, .recheckTitles, "recheck.look", id, scene) { now, deed, tx in
            try RechecksStore.move(now, .look, to: .due, due: now.due, deed, tx)
            try RechecksStore.look(all, at: id, deed, tx)
        }
        try await act(hand, .recheckTitles, "recheck.conclude", id, scene) { now, deed, tx in
            try RechecksStore.move(
                now, fallen.isEmpty ? .pass : .flag, to: fallen.isEmpty ? .kept : .watched, due: nil,
                reason: fallen.isEmpty ? nil : fallen.joined(separator: ", "), deed, tx)
        }
    }

    /// A value that still meets what the title asks for, a little above it and another one in each area.
    private static func holding(
        _ indicator: Criteria.Indicator, for aim: Criteria.Aim, of area: String
    ) -> Criteria.Value {
        switch indicator.bound(for: aim) {
        case .yes(let yes)?: return .yes(yes)
        case .grade(let code)?: return .grade(code)
        case .quantity(let needed)?:
            let more = Int64(Hour.spread(area + indicator.code, 5))
            guard indicator.comparison.risesToThreshold, indicator.comparison != .equal else {
                return .quantity(needed)
            }
            if indicator.kind == .percentage {
                return .quantity(Quantity(thousandths: min(100_000, needed.thousandths + more * 900)))
            }
            let step: Int64 = needed.thousandths % 1_000 == 0 && indicator.unit.isCounted ? 1_000 : 20
            return .quantity(Quantity(thousandths: needed.thousandths + more * step))
        case nil: return .yes(true)
        }
    }

    private static func fallen(
        _ told: DemonstrationRechecksFile.Fallen, _ all: DemonstrationRechecksFile, _ scene: DemonstrationScene
    ) throws -> [DemonstrationHappening] {
        guard let area = scene.story.areas.first(where: { $0.key == told.area }),
            let round = all.rounds.first(where: { $0.commune == area.commune })
        else { throw DemonstrationFault(file: file, key: told.area, problem: "no round has it") }
        let commune = try hand(round, scene)
        let decidedBy = scene.story.year.drafts.first?.decidedBy ?? ""
        let decider = DemonstrationHand(
            actor: try scene.story.cast.first { person in
                person.roles.contains {
                    $0.organisation == decidedBy && $0.role.role.capabilities.contains(.warnTitles)
                }
            }.map { try scene.actor($0.key) }, organisation: try scene.body(decidedBy))
        let own = DemonstrationHand(
            actor: try scene.holder(of: [.frontWorkCommitteeHead, .areaHead], over: told.area),
            organisation: try scene.body("ctmt-\(told.area)"))
        var happenings = [
            try DemonstrationHappening(told.looked, Morning.clock(told.area, 30), file, told.area) {
                try await look(
                    at: told.area, values: told.values, note: told.note, year: all.year, commune, $0)
            }
        ]
        if let day = told.noticed, let notice = told.notice {
            happenings.append(
                try DemonstrationHappening(day, Morning.clock(told.area, 45), file, told.area) {
                    try await notify(told, notice, year: all.year, decider, $0)
                })
        }
        if let day = told.answered, let text = told.answer {
            happenings.append(
                try DemonstrationHappening(day, Evening.clock(told.area, 10), file, told.area) {
                    try await answer(told, text, year: all.year, own, $0)
                })
        }
        return happenings
    }

    private static func notify(
        _ told: DemonstrationRechecksFile.Fallen, _ notice: DemonstrationRechecksFile.Notice, year: Int,
        _ hand: DemonstrationHand, _ scene: DemonstrationScene
    ) async throws {
        let (now, finding) = try await standing(told.area, year: year, scene)
        let reasons = told.reasons ?? [:]
        if let refusal = Refusal.of(finding.refusals(of: reasons)) { throw refusal }
        let (terms, today) = (Rechecks.Terms.of(finding.set), scene.database.world.clock.today())
        let codes = reasons.keys.sorted().joined(separator: ", ")
        try await act(hand, .warnTitles, "recheck.draft", now.id, scene) { now, deed, tx in
            try RechecksStore.move(now, .draft, to: .warning, due: now.due, reason: codes, deed, tx)
            try RechecksStore.draftNotice(reasons, term: terms.mending, on: now.id, deed, tx)
        }
        let made = try Picture.normalise(DemonstrationPicture.paper.png)
        let scan = Recognition.Decision.Scan(
            address: try scene.files.put(made.bytes), type: "image/jpeg", name: "minh-hoa-thong-bao-\(told.area).jpg")
        let paper = Recognition.SignedPaper(
            number: notice.number, day: today, signer: notice.signer, office: notice.office)
        let until = terms.mendUntil(from: today)
        try await act(hand, .warnTitles, "recheck.notify", now.id, scene) { now, deed, tx in
            guard let draft = try RechecksStore.notices(of: now.id, tx).first else { throw NotFound() }
            try RechecksStore.move(
                now, .notify, to: .noticed, due: until, reason: codes, on: paper.day, deed, tx)
            try RechecksStore.giveNotice(draft.id, paper, scan: scan, mendUntil: until, deed, tx)
        }
    }

    private static func answer(
        _ told: DemonstrationRechecksFile.Fallen, _ text: String, year: Int, _ hand: DemonstrationHand,
        _ scene: DemonstrationScene
    ) async throws {
        let (now, _) = try await standing(told.area, year: year, scene)
        let done = told.done ?? [:]
        try await act(hand, .answerNotice, "recheck.answer", now.id, scene) { now, deed, tx in
            try RechecksStore.move(now, .answer, to: .answered, due: now.due, deed, tx)
            try RechecksStore.answer(text, done: done, to: now.id, deed, tx)
        }
    }

    private static func standing(
        _ area: String, year: Int, _ scene: DemonstrationScene
    ) async throws -> (Rechecks.Recheck, Rechecks.Finding) {
        let unit = try scene.unit(area)
        let today = scene.database.world.clock.today()
        return try await scene.database.read { reader in
            let found = try recheck(of: area, year: year, reader, unit, on: today)
            return (found, try RechecksStore.finding(of: found, reader))
        }
    }

    private static func act(
        _ hand: DemonstrationHand, _ capability: Capability, _ act: String, _ id: ID, _ scene: DemonstrationScene,
        _ effect: @escaping @Sendable (Rechecks.Recheck, Recognition.Deed, Transaction) throws -> Void
    ) async throws {
        let today = scene.database.world.clock.today()
        try await scene.act(
            hand, capability, as: act, on: { try RechecksStore.recheck(id, unattended: $0, on: today) }
        ) { now, deed, tx in
            try effect(now, deed, tx)
            return Receipt(id: id)
        }
    }
}
