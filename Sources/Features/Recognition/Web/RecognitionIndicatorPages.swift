import Core
import Criteria
import Organisation
import Web

/// One indicator of a self-assessment (look.md, picture 03): what is asked, the value with its verdict, evidence.
struct RecognitionIndicatorOutput: Output {
    struct Threshold: Encodable, Sendable {
        let title: String
        let titleName: RecognitionName
        /// ">=", "<=", "==", ">", "<".
        let comparison: String
        let value: RecognitionValueAnswer
    }

    struct Choice: Encodable, Sendable {
        let code: String
        let name: String
    }

    struct Asked: Encodable, Sendable {
        let code: String
        let name: RecognitionName
        let group: String
        let groupName: RecognitionName
        let kind: String
        let unit: String
        let of: String
        /// Hundredths.
        let points: Int
        let isMandatory: Bool
        let thresholds: [Threshold]
        let grades: [Choice]
        let notApplicableIf: String?
        /// `area`, `communeOffice` …; nil where the set does not say.
        let supplier: String?
        let supplierName: String
        let verifier: String
        let guidance: String
        let example: String
        let basis: String
        let evidence: [String]
        let minutes: Int?
    }

    struct Past: Encodable, Sendable {
        let side: Recognition.Side
        let entry: RecognitionEntryAnswer
        let wasSaved: Bool
        /// An office took it back with the whole of what it had saved.
        let wasTakenBack: Bool
    }

    struct Return: Encodable, Sendable {
        let reason: String
        let at: Instant
        /// `commune` or `panel`.
        let by: Recognition.Party
    }

    let dossier: RecognitionDossierAnswer
    let asked: Asked
    let actions: [Recognition.Action]
    /// This person types for the head, and what they type waits for the head's yes.
    let mayType: Bool
    let isWaiting: Bool
    /// The office that fills this in for all areas, and how that stands.
    let supply: RecognitionSupply?
    /// Whether this person types the value; what an office holds nobody of the area types.
    let mayFill: Bool
    /// Who said yes to what a helper typed.
    let confirmedBy: String?
    /// Which of how many, from 1, with how each stands: `met`, `unmet`, `notApplicable`, `missing`.
    let number: Int
    let outcomes: [String]
    let own: RecognitionEntryAnswer?
    let check: RecognitionEntryAnswer?
    let verdict: RecognitionVerdictAnswer
    let returns: [Return]
    let evidence: [RecognitionEvidenceAnswer]
    let mayRelease: Bool
    /// Whether this person may note the commune's own visit here.
    let notesVisit: Bool
    let history: [Past]
    /// The code after this one; nil at the end.
    let next: String?
    let nextNumber: Int?
    /// Numbers of what lies between and is filled in by offices.
    let passedOver: [Int]

    static var sample: RecognitionIndicatorOutput {
        let indicator = RecognitionSamples.indicator
        let entry = RecognitionEntryAnswer(RecognitionSamples.entry, indicator)
        return RecognitionIndicatorOutput(
            dossier: RecognitionDossierAnswer(RecognitionSamples.dossier, RecognitionSamples.set),
            asked: RecognitionIndicatorParts.asked(indicator, RecognitionSamples.assessment), actions: [.fill],
            mayType: false, isWaiting: true, supply: .sample, mayFill: true, confirmedBy: "Sample",
            number: 1, outcomes: ["met", "missing"], own: entry, check: entry,
            verdict: RecognitionVerdictAnswer(Criteria.Verdict(.met, points: 400), of: indicator),
            returns: [Return(reason: "The list differs.", at: RecognitionSamples.instant, by: .panel)],
            evidence: [.sample],
            mayRelease: true, notesVisit: true,
            history: [Past(side: .own, entry: entry, wasSaved: true, wasTakenBack: false)], next: "V.1",
            nextNumber: 3, passedOver: [2])
    }
}

/// Makes the parts of an indicator's answer.
enum RecognitionIndicatorParts {
    static func asked(
        _ indicator: Criteria.Indicator, _ assessment: Recognition.Assessment
    ) -> RecognitionIndicatorOutput.Asked {
        let standard = assessment.standards.first { $0.indicators.contains { $0.code == indicator.code } }?.standard
        var grades: [RecognitionIndicatorOutput.Choice] = []
        if case .grade(let choices) = indicator.kind {
            grades = choices.map { RecognitionIndicatorOutput.Choice(code: $0.code, name: $0.name) }
        }
        return RecognitionIndicatorOutput.Asked(
            code: indicator.code, name: RecognitionName(indicator.name), group: standard?.code ?? "",
            groupName: RecognitionName(standard?.name ?? Criteria.Name("")), kind: indicator.kind.word,
            unit: indicator.kind == .percentage ? Criteria.Measure.percent.rawValue : indicator.unit.rawValue,
            of: indicator.of, points: indicator.points, isMandatory: indicator.isMandatory,
            thresholds: thresholds(indicator, assessment), grades: grades, notApplicableIf: indicator.notApplicableIf,
            supplier: indicator.supplier?.source.rawValue, supplierName: indicator.supplier?.name ?? "",
            verifier: indicator.verifier, guidance: indicator.guidance, example: indicator.example,
            basis: indicator.basis, evidence: indicator.evidence.map(\.name), minutes: indicator.minutes)
    }

    /// What each title asks for, the dossier's own first.
    private static func thresholds(
        _ indicator: Criteria.Indicator, _ assessment: Recognition.Assessment
    ) -> [RecognitionIndicatorOutput.Threshold] {
        let own = assessment.aim.title
        let titles = assessment.set.titles.filter { $0.code == own } + assessment.set.titles.filter { $0.code != own }
        return titles.compactMap { title in
            var aim = assessment.aim
            aim.title = title.code
            return indicator.bound(for: aim).map {
                RecognitionIndicatorOutput.Threshold(
                    title: title.code, titleName: RecognitionName(title.name),
                    comparison: indicator.comparison.rawValue, value: RecognitionValueAnswer($0, indicator))
            }
        }
    }
}
