import Core
import Criteria
import Database
import Organisation
import Web

/// Makes the answers of a survey from what the store and the rules say.
struct SurveysParts {
    let survey: Surveys.Survey
    let set: CriteriaSet
    let entries: [String: Surveys.Entry]
    let findings: Surveys.Findings

    init(_ survey: Surveys.Survey, _ reader: any Reader) throws {
        self.survey = survey
        set = try CriteriaStore.set(survey.criteriaSet, reader)
        entries = try SurveysStore.entries(of: survey.id, reader)
        findings = Surveys.findings(set, for: survey.aim, entries.mapValues(\.value))
    }

    func answer(today: Day, _ reader: any Reader) throws -> SurveysAnswer {
        let current = try CriteriaStore.current(.residentialArea, on: today, for: survey.area.id, reader)
        let isNewer = current.map { $0.id != survey.criteriaSet } ?? false
        return SurveysAnswer(
            id: survey.id, area: survey.area, commune: survey.commune, year: survey.year, title: survey.title,
            titleName: SurveysName(set.title(survey.title)?.name ?? Criteria.Name(survey.title)),
            level: survey.level.rawValue, setName: SurveysName(set.name), setVersion: set.version,
            newerVersion: isNewer ? current?.set.version : nil, begunAt: survey.begunAt,
            concludedOn: survey.concludedOn, organisation: survey.organisation, revision: survey.revision)
    }

    /// The indicators by group, with their values and verdicts.
    var groups: [(code: String, name: SurveysName, lines: [SurveysLine])] {
        self.set.standards.compactMap { standard in
            let lines = standard.indicators(for: survey.title).map(line)
            return lines.isEmpty ? nil : (standard.code, SurveysName(standard.name), lines)
        }
    }

    private func line(_ indicator: Criteria.Indicator) -> SurveysLine {
        let entry = entries[indicator.code]
        var isNotApplicable = false
        if case .notApplicable? = entry?.value { isNotApplicable = true }
        return SurveysLine(
            indicator: SurveysIndicator(indicator, for: survey.aim),
            typed: entry.map { Surveys.ValueCode.typed($0.value) } ?? "", isNotApplicable: isNotApplicable,
            source: entry?.source, holder: entry?.holder,
            outcome: (findings.score.verdict(indicator.code)?.outcome ?? .missing).rawValue)
    }

    func gaps(_ needs: [String: [Surveys.NeedLine]], _ items: [Surveys.Item]) -> [SurveysGapAnswer] {
        findings.gaps.compactMap { gap in
            guard let indicator = set.indicator(gap.code) else { return nil }
            return SurveysGapAnswer(
                indicator: SurveysIndicator(indicator, for: survey.aim),
                typed: entries[gap.code].map { Surveys.ValueCode.typed($0.value) } ?? "", effort: gap.effort,
                distance: gap.distance, gain: gap.gain, isMandatory: gap.isMandatory,
                needs: (needs[gap.code] ?? []).map(SurveysNeedAnswer.init),
                planned: items.count { $0.code == gap.code })
        }
    }

    func items(_ items: [Surveys.Item]) -> [SurveysItemAnswer] {
        items.map { SurveysItemAnswer($0, SurveysName(set.indicator($0.code)?.name ?? Criteria.Name($0.code))) }
    }
}
