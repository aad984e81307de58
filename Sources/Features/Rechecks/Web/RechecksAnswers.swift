import Core
import Criteria
import Documents
import Organisation
import Recognition
import Web

/// A value as it was found or granted.
struct RechecksValueAnswer: Encodable, Sendable {
    /// `yes`, `quantity`, `grade` or `na`.
    let kind: String
    /// As it is typed: "90,5", "yes", a grade's code, "na".
    let typed: String
    let unit: String
    let gradeName: String?

    init(_ value: Criteria.Value, _ indicator: Criteria.Indicator) {
        typed = Recognition.ValueText.typed(value)
        unit = indicator.kind == .percentage ? Criteria.Measure.percent.rawValue : indicator.unit.rawValue
        var grade: String?
        switch value {
        case .yes: kind = "yes"
        case .quantity: kind = "quantity"
        case .grade(let code):
            kind = "grade"
            if case .grade(let choices) = indicator.kind { grade = choices.first { $0.code == code }?.name }
        case .notApplicable: kind = "na"
        }
        gradeName = grade
    }

    func shown(_ view: View) -> String {
        switch kind {
        case "yes": return view(typed == "yes" ? "recognition.value.yes" : "recognition.value.no")
        case "quantity":
            guard let quantity = Quantity.parse(typed) else { return typed }
            return CriteriaTexts(view).quantity(quantity, Criteria.Measure(rawValue: unit) ?? .none)
        case "grade": return gradeName ?? typed
        default: return view("recognition.value.notApplicable")
        }
    }
}

/// How long there is, as it is counted: "30 ngày", "10 ngày làm việc".
struct RechecksTermAnswer: Encodable, Sendable {
    let days: Int
    /// "calendar" or "working".
    let unit: String

    init(_ term: Deadline) {
        days = term.days
        unit = term.unit
    }

    func shown(_ view: View) -> String {
        CriteriaTexts(view).deadline(unit == "working" ? .working(days) : .calendar(days))
    }
}

/// One re-check as every page begins with it.
struct RechecksAnswer: Encodable, Sendable {
    let id: ID
    let year: Int
    let area: TerritoryTitle
    let commune: TerritoryTitle?
    let titleID: ID
    let title: String
    let titleName: String
    let level: String
    let number: String
    let day: Day
    let body: String
    let until: Day?
    let scope: Rechecks.Kind
    let state: Rechecks.State
    let holder: Rechecks.Party?
    let since: Instant
    let due: Day?
    /// Entered from an older register: what held at recognition is not known.
    let isFromRegister: Bool
    let withdrawal: ID?
    let revision: Int

    init(_ recheck: Rechecks.Recheck) {
        id = recheck.id
        year = recheck.year
        area = recheck.area
        commune = recheck.commune
        titleID = recheck.title
        title = recheck.code
        titleName = recheck.name
        level = recheck.level.rawValue
        number = recheck.number
        day = recheck.day
        body = recheck.body
        until = recheck.until
        scope = recheck.scope
        state = recheck.state
        holder = recheck.stage.holder
        since = recheck.since
        // Who has answered in time is not late while the others look at it.
        due = recheck.stage.awaits == nil || recheck.state == .answered ? nil : recheck.due
        isFromRegister = recheck.dossier == nil
        withdrawal = recheck.withdrawal
        revision = recheck.revision
    }

    static let sample = RechecksAnswer(RechecksSamples.recheck)

    func areaName(_ view: View) -> String { view.headed(area) }

    /// "thôn Thông Xanh", inside a sentence.
    func areaNameInside(_ view: View) -> String { area.named { view($0, $1) } }

    func titleText(_ view: View) -> String {
        view("recognition.held.line", ["title": titleName, "level": view("criteria.level.\(level)")])
    }

    func status(_ view: View) -> WebStatus {
        if let due, due < view.today { return view.deadline(due) }
        let shape: WebState =
            switch state {
            case .due: .notbegun
            case .watched: .question
            case .noticed: .returned
            case .answered, .summoned, .heard: .waiting
            case .warning, .withdrawing: .draft
            case .kept: .done
            case .ended: .none
            case .withdrawn: .unmet
            }
        return WebStatus(shape, view("rechecks.state.\(state.rawValue)"))
    }
}

/// Values from which the description of the interface and the check of templates are made.
enum RechecksSamples {
    static let day = Day(ordinal: 20_767)
    static let instant = day.start
    static let id = ID(high: 0x7000, low: 1 << 63 | 1)
    static let area = TerritoryTitle(id: id, kind: .area, designation: .thon, name: "Sample")
    static let commune = TerritoryTitle(id: id, kind: .commune, designation: .commune, name: "Sample")

    static let indicator = Criteria.Indicator(
        "III.3", Criteria.Name("Lit roads", en: "Lit roads"), kind: .percentage, unit: .percent, of: "length",
        comparison: .atLeast, thresholds: [Criteria.Threshold(.quantity(Quantity(thousandths: 90_000)))], points: 400,
        isMandatory: true)

    static let graded = Criteria.Indicator(
        "V.1", Criteria.Name("Cell's class", en: "Cell's class"), kind: .grade([Criteria.Choice("good", "good")]),
        unit: .none, comparison: .atLeast, thresholds: [Criteria.Threshold(.grade("good"))], points: 100)

    static let set = CriteriaSet(
        code: "SAMPLE", status: .published, name: Criteria.Name("Sample", en: "Sample"), effectiveFrom: day,
        titles: [Criteria.Title("model", Criteria.Name("Model", en: "Model"), pass: Criteria.PassRule())],
        standards: [
            Criteria.Standard(
                "III", Criteria.Name("Environment", en: "Environment"), maximum: 500, indicators: [indicator, graded])
        ])

    static let recheck = Rechecks.Recheck(
        id: id, round: id, year: 2026, title: id, area: area, commune: commune, code: "model", name: "Sample",
        level: .province, number: "46", day: day, body: "Sample", from: day, until: day, dossier: id, scope: .light,
        criteriaSet: id, rules: id, own: nil, areaClass: nil, region: nil, written: .noticed, state: .noticed,
        since: instant,
        due: day, withdrawal: id,
        revision: 1, place: [id])

    static let notice = Rechecks.Notice(
        id: id, term: .calendar(30), by: "Sample", at: instant, reasons: ["III.3": "Sample"],
        paper: Rechecks.Notice.Paper(
            signed: Recognition.SignedPaper(number: "12", day: day, signer: "Sample", office: "Sample"),
            scan: Recognition.Decision.Scan(
                address: ContentAddress(of: []), type: "application/pdf", name: "sample.pdf"),
            mendUntil: day, by: "Sample", at: instant))

    static let finding = Rechecks.Finding(
        set, for: recheck.aim, listed: ["III.3", "V.1"],
        granted: ["III.3": .quantity(Quantity(thousandths: 95_000))],
        [
            Rechecks.Found("III.3", turn: 1, .quantity(Quantity(thousandths: 80_000))),
            Rechecks.Found("III.3", turn: 2, .quantity(Quantity(thousandths: 91_000))),
        ])
}

extension RechecksAnswer {
    /// What follows. Once the time to mend is over without an answer, it is for whoever decides to go on.
    func next(_ view: View) -> String {
        let isOver = state == .noticed && (due.map { $0 < view.today } ?? false)
        return view("rechecks.next.\(isOver ? "noticedOver" : state.rawValue)")
    }
}
