import Core
import Criteria
import Database
import Organisation
import Recognition
import Surveys

/// surveys.yaml: surveys before registration and the plans of the year.
struct DemonstrationSurveysFile: Decodable, Sendable {
    struct Survey: Decodable, Sendable {
        struct Need: Decodable, Sendable {
            let code: String
            let need: Surveys.Need
            let text: String
            let amount: Int?
            let unit: String?
        }

        struct Item: Decodable, Sendable {
            let code: String
            let what: String
            let owner: String
            let until: Day
            let done: Day?
        }

        let area: String
        let begun: Day?
        let day: Day
        let lower: [String: String]?
        let unknown: [String]?
        let needs: [Need]?
        let plan: [Item]?
    }

    let surveys: [Survey]
}

/// The surveys, made by the areas' own people, and their plans ticked off as the year went on.
enum DemonstrationSurveys {
    static let file = "surveys.yaml"

    static func happenings(_ story: DemonstrationFiles) throws -> [DemonstrationHappening] {
        try story.surveys.flatMap { survey in
            let made = [
                try DemonstrationHappening(survey.begun ?? survey.day, "19:05", file, survey.area) {
                    try await begin(survey, $0)
                },
                try DemonstrationHappening(survey.day, "20:30", file, survey.area) { try await conclude(survey, $0) },
            ]
            let ticked = try (survey.plan ?? []).compactMap { item in
                try item.done.map { day in
                    try DemonstrationHappening(day, "18:40", file, "\(survey.area) \(item.code)") {
                        try await tick(item, of: survey, $0)
                    }
                }
            }
            return made + ticked
        }
    }

    private static func hand(
        _ survey: DemonstrationSurveysFile.Survey, _ scene: DemonstrationScene
    ) throws -> DemonstrationHand {
        DemonstrationHand(
            actor: try scene.holder(of: [.frontWorkCommitteeHead, .areaHead], over: survey.area),
            organisation: try scene.body("ctmt-\(survey.area)"))
    }

    /// What was known in March: the dossier's values but for what was lower or not known.
    private static func values(
        _ survey: DemonstrationSurveysFile.Survey, _ scene: DemonstrationScene
    ) throws -> (title: String, values: [String: Surveys.Entry]) {
        let story = scene.story
        guard let dossier = story.year.dossiers.first(where: { $0.area == survey.area }), let own = dossier.own else {
            throw DemonstrationFault(file: file, key: survey.area, problem: "has no dossier with values")
        }
        var values: [String: Surveys.Entry] = [:]
        let told = own.merging(survey.lower ?? [:]) { _, lower in lower }
        for (code, text) in told where !(survey.unknown ?? []).contains(code) {
            let supplier = story.set.indicator(code)?.supplier
            let isOffice = supplier.map { $0.source != .area && $0.source != .records } ?? false
            values[code] = Surveys.Entry(
                value: try story.value(text, of: code, in: dossier), source: isOffice ? .office : .typed,
                holder: isOffice ? supplier?.name : nil)
        }
        return (dossier.title, values)
    }

    private static func begin(
        _ survey: DemonstrationSurveysFile.Survey, _ scene: DemonstrationScene
    ) async throws {
        let area = try scene.unit(survey.area)
        guard let set = scene.criteriaSet else { throw UnknownKey(key: "criteria set") }
        let (title, values) = try values(survey, scene)
        let criteria = scene.story.set
        let year = scene.story.year.year
        try await scene.act(
            hand(survey, scene), .surveyArea, as: "survey.begin",
            on: { try OrganisationStore.publicTerritory(area, $0) }
        ) { _, deed, tx in
            let profile = try RecognitionStore.profile(of: area, tx)
            let above = try RecognitionStore.levels(above: area, tx)
            let level = criteria.title(title).flatMap {
                Recognition.Deciding.deciders(of: $0, above: above).first?.level
            }
            let new = Surveys.NewSurvey(
                area: area, year: year, title: title, level: level ?? .province, areaClass: profile.areaClass,
                region: Recognition.Region.code(of: profile.region, in: criteria), criteriaSet: set, values: values)
            return Receipt(id: try SurveysStore.begin(new, by: deed.person, for: deed.organisation, tx))
        }
    }

    private static func last(_ area: ID, _ reader: any Reader) throws -> Surveys.Survey {
        guard let survey = try SurveysStore.surveys(of: area, reader).first else { throw NotFound() }
        return survey
    }

    private static func conclude(
        _ told: DemonstrationSurveysFile.Survey, _ scene: DemonstrationScene
    ) async throws {
        let area = try scene.unit(told.area)
        let items = try (told.plan ?? []).map { ($0, try scene.body($0.owner)) }
        try await scene.act(hand(told, scene), .surveyArea, as: "survey.conclude", on: { try last(area, $0) }) {
            survey, deed, tx in
            let set = try CriteriaStore.set(survey.criteriaSet, tx)
            let entries = try SurveysStore.entries(of: survey.id, tx)
            let findings = Surveys.findings(set, for: survey.aim, entries.mapValues(\.value))
            let gaps = Set(findings.gaps.map(\.code))
            for (code, needs) in Dictionary(grouping: told.needs ?? [], by: \.code).sorted(by: { $0.key < $1.key }) {
                guard gaps.contains(code) else { throw UnknownKey(key: "\(told.area) \(code) is no gap") }
                try SurveysStore.putNeeds(
                    needs.map {
                        Surveys.NeedLine(
                            need: $0.need, text: $0.text, amount: $0.amount.flatMap { Quantity($0) }, unit: $0.unit)
                    }, for: code, of: try last(area, tx), tx)
            }
            for (item, owner) in items {
                let rule = Surveys.ItemRule(code: item.code, until: item.until, year: survey.year)
                if let refusal = rule.refusal(on: tx.now.day, of: gaps) { throw refusal }
                _ = try SurveysStore.add(
                    item.what, for: item.code, owner: owner, until: item.until, to: try last(area, tx),
                    by: deed.person, tx)
            }
            try SurveysStore.conclude(try last(area, tx), findings, by: deed.person, tx)
            return Receipt(id: survey.id)
        }
    }

    private static func tick(
        _ item: DemonstrationSurveysFile.Survey.Item, of told: DemonstrationSurveysFile.Survey,
        _ scene: DemonstrationScene
    ) async throws {
        let area = try scene.unit(told.area)
        try await scene.act(hand(told, scene), .surveyArea, as: "plan.tick", on: { try last(area, $0) }) {
            survey, deed, tx in
            let items = try SurveysStore.items(of: survey.id, tx)
            guard let found = items.first(where: { $0.code == item.code && $0.what == item.what }) else {
                throw NotFound()
            }
            try SurveysStore.tick(found.id, done: true, of: survey, by: deed.person, tx)
            return Receipt(id: found.id)
        }
    }
}
