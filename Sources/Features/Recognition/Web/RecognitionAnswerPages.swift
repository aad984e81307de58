import Core
import Criteria
import Organisation
import Web

/// The parts that several answers share: typed for JSON, with the texts a page makes of them.

/// A name in both languages; the English one is empty where nobody translated it.
struct RecognitionName: Encodable, Sendable {
    let vi: String
    let en: String

    init(_ name: Criteria.Name) {
        vi = name.vi
        en = name.en
    }

    func shown(_ view: View) -> String { view.language == .en && !en.isEmpty ? en : vi }

    static let sample = RecognitionName(Criteria.Name("Sample title", en: "Sample title"))
}

/// A value as it was entered.
struct RecognitionValueAnswer: Encodable, Sendable {
    /// `yes`, `quantity`, `grade` or `na`.
    let kind: String
    /// As it is typed and sent back: "90,5", "yes", a grade's code, "na".
    let typed: String
    let unit: String
    let gradeName: String?
    /// Why the indicator does not apply.
    let why: String?
    /// What a share was counted from, "158/214"; nil when it was typed as a number.
    let counted: String?

    init(_ entry: Recognition.Entry, _ indicator: Criteria.Indicator) {
        self.init(entry.value, indicator, counted: entry.counted)
    }

    init(_ value: Criteria.Value, _ indicator: Criteria.Indicator, counted: String? = nil) {
        self.counted = counted
        typed = Recognition.ValueText.typed(value)
        unit = indicator.kind == .percentage ? Criteria.Measure.percent.rawValue : indicator.unit.rawValue
        var grade: String?
        var reason: String?
        switch value {
        case .yes: kind = "yes"
        case .quantity: kind = "quantity"
        case .grade(let code):
            kind = "grade"
            if case .grade(let choices) = indicator.kind { grade = choices.first { $0.code == code }?.name }
        case .notApplicable(let given):
            kind = "na"
            reason = given
        }
        gradeName = grade
        why = reason
    }

    init(_ bound: Criteria.Bound, _ indicator: Criteria.Indicator) {
        switch bound {
        case .yes(let yes): self.init(Criteria.Value.yes(yes), indicator)
        case .quantity(let quantity): self.init(Criteria.Value.quantity(quantity), indicator)
        case .grade(let code): self.init(Criteria.Value.grade(code), indicator)
        }
    }

    func shown(_ view: View) -> String {
        switch kind {
        case "yes": return view(typed == "yes" ? "recognition.value.yes" : "recognition.value.no")
        case "quantity":
            guard let quantity = Quantity.parse(typed) else { return typed }
            let measure = Criteria.Measure(rawValue: unit) ?? .none
            guard let counted else { return CriteriaTexts(view).quantity(quantity, measure) }
            return CriteriaTexts(view).quantity(Recognition.ValueText.tenths(quantity), measure) + " (\(counted))"
        case "grade": return gradeName ?? typed
        default: return view("recognition.value.notApplicable")
        }
    }
}

struct RecognitionVerdictAnswer: Encodable, Sendable {
    /// `met`, `unmet`, `notApplicable` or `missing`.
    let outcome: String
    /// Hundredths of a point.
    let points: Int
    let maximum: Int

    init(_ verdict: Criteria.Verdict, of indicator: Criteria.Indicator) {
        outcome = verdict.outcome.rawValue
        points = verdict.points
        maximum = indicator.points
    }

    func status(_ view: View) -> WebStatus {
        let arguments = ["points": view.points(points)]
        switch outcome {
        case "met":
            return WebStatus(
                .done, view(maximum > 0 ? "recognition.verdict.metPoints" : "recognition.verdict.met", arguments))
        case "unmet":
            return WebStatus(
                .unmet, view(maximum > 0 ? "recognition.verdict.unmetPoints" : "recognition.verdict.unmet", arguments))
        case "notApplicable": return WebStatus(.none, view("recognition.value.notApplicable"))
        default: return WebStatus(.notbegun, view("recognition.verdict.missing"))
        }
    }
}

struct RecognitionEntryAnswer: Encodable, Sendable {
    let value: RecognitionValueAnswer
    let note: String?
    let enteredBy: String?
    let at: Instant
    let version: Int
    let source: Recognition.Source
    let office: String?

    init(_ entry: Recognition.Entry, _ indicator: Criteria.Indicator) {
        source = entry.source
        office = entry.office
        value = RecognitionValueAnswer(entry, indicator)
        note = entry.note
        enteredBy = entry.enterer
        at = entry.at
        version = entry.version
    }
}

/// A dossier as every page begins with it.
struct RecognitionDossierAnswer: Encodable, Sendable {
    struct Rules: Encodable, Sendable {
        let id: ID
        let code: String
        let version: Int
    }

    let id: ID
    let area: TerritoryTitle
    let commune: TerritoryTitle?
    let year: Int
    let title: String
    let titleName: RecognitionName
    let level: String
    /// The body that decides at this level, by the criteria set.
    let decider: String
    let criteria: String
    let criteriaVersion: Int
    /// The version that the dossier froze.
    let criteriaSet: ID
    /// The version of the rules of recognition that it froze; nil where its criteria say them.
    let rules: Rules?
    let state: Recognition.State
    let since: Instant
    /// `commune` or `panel`, while what they sent back is being mended.
    let returnedBy: Recognition.Party?
    /// `area`, `commune`, `decider`; nil when it is closed.
    let holder: Recognition.Party?
    /// While it is being reviewed: a meeting with a quorum voted on it.
    let isReviewed: Bool
    let due: Day?
    let round: Int
    let revision: Int

    init(_ dossier: Recognition.Dossier, _ set: CriteriaSet) {
        let title = set.title(dossier.title)
        id = dossier.id
        area = dossier.area
        commune = dossier.commune
        year = dossier.year
        self.title = dossier.title
        titleName = RecognitionName(title?.name ?? Criteria.Name(dossier.title))
        level = dossier.level.rawValue
        decider = title?.deciders.first { $0.level == dossier.level }?.body ?? title?.deciders.last?.body ?? ""
        criteria = set.code
        criteriaVersion = set.version
        criteriaSet = dossier.criteriaSet
        rules = set.rules.map { Rules(id: $0.id, code: $0.code, version: $0.version) }
        state = dossier.state
        since = dossier.since
        returnedBy = dossier.returnedBy
        holder = dossier.stage.holder
        isReviewed = dossier.isReviewed
        due = dossier.due
        round = dossier.round
        revision = dossier.revision
    }

    func areaName(_ view: View) -> String { view.named(area) }

    /// The commune decides itself: its accepted dossiers go to its own panel and on no submission.
    var isDecidedHere: Bool { level == Criteria.Level.commune.rawValue }

    /// The state with its word; of one sent back with who did.
    func status(_ view: View, due: Day? = nil) -> WebStatus {
        let status = view.status(state, at: level, isReviewed: isReviewed, due: due)
        guard let returnedBy, status.state == .returned else { return status }
        return WebStatus(.returned, view("recognition.returned.state", ["by": view.returner(returnedBy)]))
    }

    /// "thôn Thông Xanh", inside a sentence.
    func areaNameInside(_ view: View) -> String { area.named { view($0, $1) } }

    /// "thôn Thông Xanh, xã Đơn Dương", inside a sentence.
    func placeInside(_ view: View) -> String {
        [area, commune].compactMap { $0?.named { view($0, $1) } }.joined(separator: ", ")
    }

    /// "Thôn Thông Xanh, xã Đơn Dương".
    func place(_ view: View) -> String { [area, commune].compactMap { $0 }.line { view($0, $1) } }

    func heading(_ view: View) -> String {
        view("recognition.dossier.heading", ["area": areaName(view), "title": lowered(titleName.shown(view))])
    }

    /// Who has it in hand, by name, inside a sentence.
    func holderName(_ view: View) -> String? {
        switch holder {
        case .area: areaNameInside(view)
        case .commune:
            view("recognition.holder.commune", ["commune": (commune ?? area).named { view($0, $1) }])
        case .panel: view("recognition.holder.panel")
        case .decider: decider.isEmpty ? view("recognition.holder.decider") : decider
        case nil: nil
        }
    }

    /// Who decides on it, as a line says it: "cấp tỉnh quyết định".
    func decidedAt(_ view: View) -> String {
        view("recognition.dossier.decidedAt", ["level": view("criteria.level.\(level)")])
    }

    func crumbs(_ view: View) -> [WebCrumb] {
        [
            WebCrumb(view("recognition.list.title"), "/dossiers?year=\(year)"),
            WebCrumb(areaName(view), "/areas/\(area.id)/dossiers"),
        ]
    }

    private func lowered(_ text: String) -> String { text.prefix(1).lowercased() + text.dropFirst() }
}

extension View {
    /// "Thôn Thông Xanh", at the head of a line.
    func named(_ title: TerritoryTitle) -> String { title.headed { self($0, $1) } }

    /// Who sent something back, at the head of a line.
    func returner(_ party: Recognition.Party) -> String {
        self(party == .panel ? "recognition.returned.panel" : "recognition.returned.commune")
    }

    /// Hundredths of a point as a number: "17", "4,5".
    func points(_ hundredths: Int) -> String {
        language.format.quantity(Quantity(thousandths: Int64(hundredths) * 10))
    }

    /// A dossier's state with its word; late ones say by how many days.
    ///
    /// - Parameter level: of the decider.
    func status(
        _ state: Recognition.State, at level: String, isReviewed: Bool = false, due: Day? = nil
    ) -> WebStatus {
        let shape: WebState =
            switch state {
            case .assessing, .reviewing, .posted, .submitted, .accepted, .forwarded, .appraised, .proposed: .waiting
            case .returned: .returned
            case .recognised: .done
            case .refused: .unmet
            case .withdrawn: .none
            }
        if let due, due < today { return deadline(due) }
        let word = state.word(to: Criteria.Level(rawValue: level), isReviewed: isReviewed)
        return WebStatus(shape, self("recognition.state.\(word)"))
    }
}
