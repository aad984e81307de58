import Core
import Criteria
import Database
import Organisation
import Recognition

/// The year's dossiers, from registration to the draft decisions.
///
/// The story's steps between self-assessment and decision that the product does not have yet are passed over: a
/// dossier that "passed" or "did not pass" was accepted by its commune and stands in a draft, which recognises it or
/// refuses it with the reason; one whose visit is due was accepted and waits for the draft, late since that day.
enum DemonstrationRound {
    static let file = "dossiers.yaml"

    static func happenings(_ story: DemonstrationFiles, _ scene: DemonstrationScene) throws -> [DemonstrationHappening]
    {
        try DemonstrationOffices.happenings(story) + dossiers(story, scene)
    }

    /// Without the offices' grids, which only the demonstration's own year has.
    static func dossiers(_ story: DemonstrationFiles, _ scene: DemonstrationScene) throws -> [DemonstrationHappening] {
        var happenings: [DemonstrationHappening] = []
        for dossier in story.year.dossiers {
            let hands = try DemonstrationHands(dossier, scene)
            happenings += try area(dossier, hands)
            happenings += try DemonstrationMove.happenings(dossier, hands, story)
            happenings += try DemonstrationReview.happenings(dossier, hands)
            happenings += try DemonstrationValues.happenings(dossier, hands, story)
            happenings += try commune(dossier, hands)
            if dossier.area == DemonstrationPicture.area {
                happenings += try DemonstrationPicture.happenings(dossier, hands)
                happenings += try DemonstrationDocument.happenings(dossier, hands)
            }
        }
        happenings += try DemonstrationPanel.happenings(story, scene)
        for (index, draft) in story.year.drafts.enumerated() {
            guard let day = draft.drafted else { continue }
            happenings.append(
                try DemonstrationHappening(day, "14:\(30 + index * 15)", file, draft.key) {
                    try await DemonstrationDraft.write(draft, $0)
                })
        }
        return happenings
    }

    /// What the area does: registers, hands in, hands in again, or gives its registration back.
    private static func area(
        _ dossier: DemonstrationDossier, _ hands: DemonstrationHands
    ) throws -> [DemonstrationHappening] {
        func happening(
            _ day: Day, _ clock: String, _ act: @escaping (DemonstrationScene) async throws -> Void
        ) throws -> DemonstrationHappening {
            try DemonstrationHappening(day, clock, file, dossier.area, act)
        }
        var happenings = [
            try happening(dossier.days.registered, Evening.clock(dossier.area, 0)) {
                try await register(dossier, hands, $0)
            }
        ]
        if let day = dossier.days.selfAssessed {
            happenings.append(
                try happening(day, dossier.handedIn ?? Evening.clock(dossier.area, 50)) {
                    try await handIn(dossier, hands.area, $0)
                })
        }
        for back in dossier.returns ?? [] {
            guard let day = back.mended else { continue }
            happenings.append(
                try happening(day, Evening.clock(dossier.area, 70)) {
                    try await DemonstrationReview.submit(dossier, hands.area, $0)
                })
        }
        if let day = dossier.days.withdrawn {
            happenings.append(
                try happening(day, "09:35") {
                    try await move(
                        dossier, .withdraw, as: "dossier.withdraw", by: hands.area, reason: dossier.reason, $0)
                })
        }
        return happenings
    }

    /// What the commune does: puts its own values, sends back, accepts.
    private static func commune(
        _ dossier: DemonstrationDossier, _ hands: DemonstrationHands
    ) throws -> [DemonstrationHappening] {
        guard let checked = dossier.days.checked else { return [] }
        var happenings: [DemonstrationHappening] = []
        for back in dossier.returns ?? [] {
            happenings.append(
                try DemonstrationHappening(back.day, Morning.clock(dossier.area, 40), file, dossier.area) {
                    try await sendBack(dossier, back, by: hands.commune, $0)
                })
        }
        let isAccepted = dossier.state != .returned
        happenings.append(
            try DemonstrationHappening(checked, Morning.clock(dossier.area, 0), file, dossier.area) { scene in
                try await DemonstrationValues.save(dossier, .check, by: hands.commune, scene)
                if isAccepted {
                    try await move(
                        dossier, .accept, as: "dossier.accept", by: hands.commune,
                        calendar: calendar(dossier, decisionBy: dossier.due), scene)
                }
            })
        return happenings
    }

    private static func handIn(
        _ dossier: DemonstrationDossier, _ hand: DemonstrationHand, _ scene: DemonstrationScene
    ) async throws {
        try await DemonstrationReview.act(dossier, hand, .submitAssessment, as: "dossier.handIn", scene) {
            _ = try RecognitionStore.handIn($0, $1, $2)
        }
    }

    private static func register(
        _ dossier: DemonstrationDossier, _ hands: DemonstrationHands, _ scene: DemonstrationScene
    ) async throws {
        let id = try scene.unit(dossier.area)
        let older = try dossier.moved.map { try scene.publication(of: $0.fromVersionOf).set }
        guard let set = older ?? scene.criteriaSet, let level = hands.level else {
            throw DemonstrationFault(file: file, key: dossier.area, problem: "no set or level to register for")
        }
        let areaClass = scene.story.areas.first { $0.key == dossier.area }?.areaClass
        let registration = Recognition.Registration(
            area: id, year: scene.story.year.year, title: dossier.title, level: level, areaClass: areaClass,
            region: Recognition.Region.code(of: scene.story.region, in: scene.story.set), criteriaSet: set)
        let reason = scene.story.year.registeredBecause
        let receipt = try await scene.act(
            hands.area, .registerArea, as: "dossier.register",
            on: { try OrganisationStore.publicTerritory(id, $0) }
        ) { _, deed, tx in
            Receipt(id: try RecognitionStore.register(registration, deed, reason: reason, tx))
        }
        if let dossierID = receipt.id { scene.register(dossierID, of: dossier.area) }
    }

    private static func sendBack(
        _ dossier: DemonstrationDossier, _ back: DemonstrationDossier.Return, by hand: DemonstrationHand,
        _ scene: DemonstrationScene
    ) async throws {
        let calendar = calendar(dossier, mendingDays: back.day.days(until: back.due))
        try await move(dossier, .sendBack, as: "dossier.return", by: hand, calendar: calendar, scene) { now, deed, tx in
            try RecognitionStore.putReturns(back.reasons, on: now, deed, tx)
        }
    }

    /// Brings a dossier one step on, if the life cycle has that step and whoever does it may.
    static func move(
        _ dossier: DemonstrationDossier, _ action: Recognition.Action, as act: String, by hand: DemonstrationHand,
        reason: String? = nil, calendar: Recognition.YearCalendar = .standard, _ scene: DemonstrationScene,
        with more: @escaping @Sendable (Recognition.Dossier, Recognition.Deed, Transaction) throws -> Void = {
            _, _, _ in
        }
    ) async throws {
        let id = try scene.dossier(dossier.area)
        let state = try await scene.database.read { try RecognitionStore.dossier(id, unattended: $0).state }
        let step = try Recognition.LifeCycle.possible(state, action)
        try await scene.act(
            hand, step.needs, as: act, on: { try RecognitionStore.dossier(id, unattended: $0) }
        ) { now, deed, tx in
            if let person = deed.person,
                let refusal = try RecognitionStore.hands(of: person, on: id, tx).refusal(of: step)
            {
                throw refusal
            }
            try more(now, deed, tx)
            try RecognitionStore.move(now, action, to: step.to, deed, reason: reason, calendar: calendar, tx)
            return Receipt(id: id)
        }
    }

    /// The ordinary calendar, with the story's own deadline where it names one.
    private static func calendar(
        _ dossier: DemonstrationDossier, mendingDays: Int? = nil, decisionBy: Day? = nil
    ) -> Recognition.YearCalendar {
        let standard = Recognition.YearCalendar.standard
        var days = standard.days
        if let decisionBy { days[.decisionEnds] = .init(decisionBy.day, decisionBy.month) }
        return Recognition.YearCalendar(
            days: days, mending: mendingDays.map(Deadline.calendar) ?? standard.mending, least: standard.least,
            isFinal: true)
    }
}

/// Who does what to one dossier: somebody of the cast where the cast has them, else the body.
struct DemonstrationHands {
    let area: DemonstrationHand
    let commune: DemonstrationHand
    /// The ballot is counted twice by two people, neither of whom filled the self-assessment.
    let firstCount: DemonstrationHand
    let secondCount: DemonstrationHand
    /// The level that decides.
    let level: Criteria.Level?

    init(_ dossier: DemonstrationDossier, _ scene: DemonstrationScene) throws {
        let story = scene.story
        guard let area = story.areas.first(where: { $0.key == dossier.area }),
            let draft = story.year.drafts.first(where: { $0.title == dossier.title }),
            let decider = story.territory.territory.first(where: { unit in
                (try? scene.unit(unit.key) == scene.place(ofBody: draft.decidedBy)) ?? false
            })
        else {
            throw DemonstrationFault(file: "dossiers.yaml", key: dossier.area, problem: "nobody decides on its title")
        }
        self.area = DemonstrationHand(
            actor: try scene.holder(of: [.frontWorkCommitteeHead, .areaHead], over: area.key),
            organisation: try scene.body("ctmt-\(area.key)"))
        commune = DemonstrationHand(
            actor: try scene.holder(of: [.communeFrontChair], over: area.commune),
            organisation: try scene.body("mttq-\(area.commune)"))
        firstCount = DemonstrationHand(
            actor: try scene.holder(of: [.branchHead], over: area.key), organisation: commune.organisation)
        secondCount = DemonstrationHand(
            actor: try scene.holder(of: [.cellSecretary], over: area.key), organisation: commune.organisation)
        level = decider.kind.decidingLevel
    }
}

/// Hours of an evening at home: 19:20 to 20:50, another one for each area.
enum Evening {
    static func clock(_ key: String, _ minutes: Int) -> String {
        Hour.clock(19 * 60 + 20 + Hour.spread(key, 20) + minutes)
    }
}

/// Hours of a morning in the office: 08:15 to 10:15.
enum Morning {
    static func clock(_ key: String, _ minutes: Int) -> String {
        Hour.clock(8 * 60 + 15 + Hour.spread(key, 60) + minutes)
    }
}

enum Hour {
    static func clock(_ minutes: Int) -> String {
        let (hour, minute) = (minutes / 60, minutes % 60)
        return (hour < 10 ? "0" : "") + "\(hour):" + (minute < 10 ? "0" : "") + "\(minute)"
    }

    /// A number below `most` that is the same for a key in every run.
    static func spread(_ key: String, _ most: Int) -> Int {
        Int(key.utf8.reduce(UInt32(17)) { $0 &* 31 &+ UInt32($1) } % UInt32(most))
    }
}
