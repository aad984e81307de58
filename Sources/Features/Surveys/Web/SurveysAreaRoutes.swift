import Core
import Criteria
import Database
import Organisation
import Recognition
import Web

/// An area's surveys, and beginning one.
enum SurveysAreaRoutes {
    static func routes(_ held: @escaping SurveysHeld) -> [Route] {
        [
            .get("/areas/:id/survey", .signedIn, SurveysAreaOutput.self) { try area($0, held) },
            .post(
                "/areas/:id/survey", .holding(.surveyArea), SurveysBeginForm.self, again: { try area($0, held) }
            ) { try begin($0, $1, held) },
        ]
    }

    private static func area(_ call: Call<Actor>, _ held: SurveysHeld) throws -> SurveysAreaOutput {
        let area = try found(call)
        let surveys = try SurveysStore.surveys(of: area.id, call.reader)
        let current = try CriteriaStore.current(.residentialArea, on: call.today, for: area.id, call.reader)
        let year = SurveysYear.of(call.today, current?.set.procedure)
        let counts = try SurveysStore.gapsOf(surveys.map(\.id), call.reader)
        let known = try current.map { try SurveysKnown.values(of: area.id, $0.id, $0.set, year, held, call).count } ?? 0
        return SurveysAreaOutput(
            area: area, year: year, deadline: Surveys.deadline(of: year),
            surveys: surveys.map { survey in
                SurveysAreaOutput.Past(
                    id: survey.id, year: survey.year, number: survey.number, begunOn: survey.begunAt.day,
                    concludedOn: survey.concludedOn, gaps: counts[survey.id])
            },
            setName: current.map { SurveysName($0.set.name) },
            titles: try current.map { try titles(of: $0.set, area.id, call) } ?? [], known: known,
            isOpen: surveys.contains { $0.concludedOn == nil },
            maySurvey: call.authority.allows(call.who, .surveyArea, area))
    }

    /// The titles that can be registered for, the highest first, each with everybody who could decide on it.
    private static func titles(
        of set: CriteriaSet, _ area: ID, _ call: Call<Actor>
    ) throws -> [SurveysAreaOutput.Title] {
        let above = try RecognitionStore.levels(above: area, call.reader)
        return set.titles.reversed().flatMap { title -> [SurveysAreaOutput.Title] in
            let deciders = Recognition.Deciding.deciders(of: title, above: above)
            let name = SurveysName(title.name)
            guard deciders.count > 1 else {
                return title.deciders.isEmpty || !deciders.isEmpty
                    ? [SurveysAreaOutput.Title(code: title.code, choice: title.code, level: nil, name: name)] : []
            }
            return deciders.map { decider in
                SurveysAreaOutput.Title(
                    code: title.code,
                    choice: Recognition.Deciding.choice(
                        of: title.code, at: decider.level, usual: deciders.first?.level),
                    level: decider.level.rawValue, name: name)
            }
        }
    }

    /// The level that is to decide, as the registration takes it: the one chosen, else the usual one.
    private static func level(
        _ asked: String?, of title: Criteria.Title, _ area: ID, _ reader: any Reader
    ) throws -> Criteria.Level {
        if title.deciders.isEmpty, asked == nil { return .province }
        let above = try RecognitionStore.levels(above: area, reader)
        let levels = Recognition.Deciding.deciders(of: title, above: above).map(\.level)
        guard let level = asked.map({ asked in levels.first { $0.rawValue == asked } }) ?? levels.first else {
            throw Refusal(.invalid, "recognition.refusal.noSuchDecider", field: "title")
        }
        return level
    }

    private static func found(_ call: Call<Actor>) throws -> Territory {
        let area = try OrganisationStore.territory(call.id("id"), seenBy: call.sight, call.reader)
        guard area.kind == .area else { throw NotFound() }
        return area
    }

    private static func begin(
        _ call: Call<Actor>, _ form: SurveysBeginForm, _ held: SurveysHeld
    ) throws -> Change {
        let area = try found(call)
        let permit = try call.permit(.surveyArea, area)
        guard let current = try CriteriaStore.current(.residentialArea, on: call.today, for: area.id, call.reader)
        else { throw Refusal(.conflict, "surveys.refusal.noSet") }
        let (code, asked) = Recognition.Deciding.read(form.title)
        guard let title = current.set.title(code) else {
            throw Refusal(.invalid, "web.field.choice", field: "title")
        }
        guard form.year == SurveysYear.of(call.today, current.set.procedure) || form.year == call.today.year else {
            throw Refusal(.invalid, "web.field.choice", field: "year")
        }
        if let open = try SurveysStore.surveys(of: area.id, call.reader).first(where: { $0.concludedOn == nil }) {
            throw Refusal(.conflict, "surveys.refusal.openAlready", ["year": "\(open.year)"])
        }
        let profile = try RecognitionStore.profile(of: area.id, call.reader)
        if let refusal = Recognition.Region.refusal(profile.region, for: title.code, in: current.set) {
            throw Refusal(refusal.kind, "surveys.refusal.regionMissing", field: refusal.field, refusal.arguments)
        }
        let known = try SurveysKnown.values(of: area.id, current.id, current.set, form.year, held, call)
        let codes = Set(current.set.standards.flatMap { $0.indicators(for: title.code) }.map(\.code))
        let new = Surveys.NewSurvey(
            area: area.id, year: form.year, title: title.code,
            level: try level(asked, of: title, area.id, call.reader), areaClass: profile.areaClass,
            region: Recognition.Region.code(of: profile.region, in: current.set), criteriaSet: current.id,
            values: known.filter { codes.contains($0.key) })
        return .write(permit, as: "survey.begin") { tx in
            let id = try SurveysStore.begin(
                new, by: permit.actor.person, for: permit.grant?.organisation, tx)
            return Receipt(id: id, location: "/surveys/\(id)/values", version: 1, flash: "surveys.flash.begun")
        }
    }
}

/// The year that a survey is for: the one an area would register for today.
enum SurveysYear {
    static func of(_ today: Day, _ procedure: Criteria.Procedure?) -> Int {
        Recognition.YearCalendar.standard.following(procedure).registrationYear(on: today)
    }
}

/// What stands in a survey before anybody types: what counted in the last dossier, and over it what offices hold.
enum SurveysKnown {
    static func values(
        of area: ID, _ set: ID, _ criteria: CriteriaSet, _ year: Int, _ held: SurveysHeld, _ call: Call<Actor>
    ) throws -> [String: Surveys.Entry] {
        var found: [String: Surveys.Entry] = [:]
        func take(_ code: String, _ entry: Surveys.Entry) {
            guard let indicator = criteria.indicator(code),
                Criteria.refusal(of: entry.value, for: indicator) == nil
            else { return }
            found[code] = entry
        }
        let dossiers = try RecognitionStore.dossiers(of: area, seenBy: call.sight, call.reader)
        if let last = dossiers.first(where: { $0.year < year }) {
            let assessment = try RecognitionStore.assessment(last, call.reader)
            for indicator in assessment.indicators {
                guard let value = assessment.effective(indicator.code, .appraisal) else { continue }
                take(indicator.code, Surveys.Entry(value: value, source: .dossier, holder: "\(last.year)"))
            }
        }
        for asked in [year - 1, year] {
            for (code, given) in try held(area, set, asked, call.reader) {
                take(code, Surveys.Entry(value: given.value, source: .office, holder: given.holder))
            }
        }
        return found
    }
}
