import Core
import Criteria
import Documents
import Organisation
import Web

/// A name in both languages, as an answer.
struct SurveysName: Encodable, Sendable, Equatable {
    let vi: String
    let en: String

    init(_ name: Criteria.Name) {
        vi = name.vi
        en = name.en
    }

    func shown(_ view: View) -> String { view.language == .en && !en.isEmpty ? en : vi }

    static let sample = SurveysName(Criteria.Name("Sample", en: "Sample"))
}

/// A survey as an answer.
struct SurveysAnswer: Encodable, Sendable {
    let id: ID
    let area: TerritoryTitle
    let commune: TerritoryTitle?
    let year: Int
    let title: String
    let titleName: SurveysName
    /// Of the decider it was made for.
    let level: String
    let setName: SurveysName
    let setVersion: Int
    /// A set that applies today and is not the survey's: its version.
    let newerVersion: Int?
    let begunAt: Instant
    let concludedOn: Day?
    let organisation: String?
    let revision: Int

    static let sample = SurveysAnswer(
        id: SurveysSamples.id, area: SurveysSamples.area, commune: SurveysSamples.commune, year: 2026, title: "model",
        titleName: .sample, level: "province", setName: .sample, setVersion: 1, newerVersion: 2,
        begunAt: SurveysSamples.instant,
        concludedOn: SurveysSamples.day, organisation: "Front work committee", revision: 2)

    func status(_ view: View) -> WebStatus {
        concludedOn.map { WebStatus(.done, view("surveys.state.concluded", ["day": view.day($0)])) }
            ?? WebStatus(.waiting, view("surveys.state.open"))
    }

    func heading(_ view: View) -> String {
        view("surveys.heading", ["area": view.headed(area), "year": "\(year)"])
    }

    func lead(_ view: View) -> String {
        view(
            "surveys.lead",
            [
                "title": titleName.shown(view), "level": view("criteria.level.\(level)"), "set": setName.shown(view),
                "version": view.number(setVersion),
            ])
    }

    func crumbs(_ view: View) -> [WebCrumb] {
        [
            WebCrumb(view("surveys.navigation"), "/surveys?year=\(year)"),
            WebCrumb(view.headed(area), "/areas/\(area.id)/survey"),
        ]
    }

    /// A set newer than the survey is said on every page of it.
    func newer(_ view: View) -> WebNotice? {
        newerVersion.map {
            WebNotice(
                .ask, text: view("surveys.newer", ["old": view.number(setVersion), "new": view.number($0)]),
                action: concludedOn == nil
                    ? nil : WebLink("/areas/\(area.id)/survey", view("surveys.again")))
        }
    }
}

/// One indicator of a survey with its value.
struct SurveysLine: Encodable, Sendable {
    let indicator: SurveysIndicator
    /// As it is typed and sent back; empty for none, and for what does not apply.
    let typed: String
    let isNotApplicable: Bool
    let source: Surveys.Source?
    let holder: String?
    let outcome: String

    static let sample = SurveysLine(
        indicator: .sample, typed: "90,5", isNotApplicable: false, source: .office, holder: "Insurance",
        outcome: "met")

    func verdict(_ view: View) -> WebStatus {
        let word = view("surveys.verdict.\(outcome)")
        return switch outcome {
        case "met": WebStatus(.done, word)
        case "unmet": WebStatus(.unmet, word)
        case "notApplicable": WebStatus(.none, word)
        default: WebStatus(.notbegun, word)
        }
    }

    /// "Hồ sơ năm 2025", "Bảo hiểm xã hội".
    func sourceText(_ view: View) -> String? {
        source.map { view("surveys.source.\($0.rawValue)", ["holder": holder ?? ""]) }
    }

    func value(_ view: View) -> String {
        isNotApplicable
            ? view("surveys.verdict.notApplicable")
            : typed.isEmpty ? view("surveys.verdict.missing") : indicator.shown(typed, view)
    }
}

/// A gap as an answer.
struct SurveysGapAnswer: Encodable, Sendable {
    let indicator: SurveysIndicator
    let typed: String
    let effort: Surveys.Effort
    /// In thousandths of the threshold.
    let distance: Int?
    let gain: Int
    let isMandatory: Bool
    let needs: [SurveysNeedAnswer]
    let planned: Int

    static let sample = SurveysGapAnswer(
        indicator: .sample, typed: "78,6", effort: .near, distance: 114, gain: 400, isMandatory: true,
        needs: [.sample], planned: 1)

    func value(_ view: View) -> String {
        typed.isEmpty ? view("surveys.verdict.missing") : indicator.shown(typed, view)
    }

    func effortStatus(_ view: View) -> WebStatus {
        let word = view("surveys.effort.\(effort.rawValue)")
        return switch effort {
        case .near: WebStatus(.waiting, word)
        case .midway, .far: WebStatus(.unmet, word)
        case .unknown: WebStatus(.notbegun, word)
        }
    }
}

struct SurveysNeedAnswer: Encodable, Sendable {
    let need: Surveys.Need
    let text: String
    let amount: Quantity?
    let unit: String?

    init(_ line: Surveys.NeedLine) {
        need = line.need
        text = line.text
        amount = line.amount
        unit = line.unit
    }

    static let sample = SurveysNeedAnswer(
        Surveys.NeedLine(need: .works, text: "lamps", amount: Quantity(thousandths: 12_000), unit: "lamps"))

    /// "Công trình: lắp đèn (12 bóng)".
    func shown(_ view: View) -> String {
        let label = view("surveys.need.\(need.rawValue)")
        guard let amount else { return "\(label): \(text)" }
        let number = view.language.format.quantity(amount)
        let unit =
            switch need {
            case .people: view("surveys.unit.labourDays")
            case .money: view("surveys.unit.millionDong")
            case .works: self.unit ?? ""
            }
        return "\(label): \(text) (\([number, unit].filter { !$0.isEmpty }.joined(separator: "\u{A0}")))"
    }
}

struct SurveysItemAnswer: Encodable, Sendable {
    let id: ID
    let code: String
    let indicator: SurveysName
    let what: String
    let owner: ID
    let ownerName: String
    let until: Day
    let doneOn: Day?
    /// What it says, as a mark that the form of a change sends back.
    let standing: String

    init(_ item: Surveys.Item, _ indicator: SurveysName) {
        id = item.id
        code = item.code
        self.indicator = indicator
        what = item.what
        owner = item.owner
        ownerName = item.ownerName
        until = item.until
        doneOn = item.doneOn
        standing = Self.standing(item.content)
    }

    static func standing(_ content: Surveys.ItemContent) -> String {
        ContentAddress(of: Array(content.trace.utf8)).hex
    }

    static let sample = SurveysItemAnswer(sampleItem(doneOn: SurveysSamples.day), .sample)
    static let sampleOpen = SurveysItemAnswer(sampleItem(doneOn: nil), .sample)

    private static func sampleItem(doneOn: Day?) -> Surveys.Item {
        Surveys.Item(
            id: SurveysSamples.id, code: "III.3", what: "lamps", owner: SurveysSamples.id, ownerName: "Youth Union",
            until: SurveysSamples.day, doneOn: doneOn)
    }

    func status(_ view: View) -> WebStatus {
        doneOn.map { WebStatus(.done, view("surveys.plan.done", ["day": view.day($0)])) }
            ?? WebStatus.deadline(until, today: view.today, ahead: .notbegun, view.words)
    }
}

/// Values for samples.
enum SurveysSamples {
    static let id = ID(high: 0x7000, low: 1 << 63 | 1)
    static let day = Day(ordinal: 20_767)
    static let instant = day.start
    static let area = TerritoryTitle(id: id, kind: .area, designation: .thon, name: "Sample")
    static let commune = TerritoryTitle(id: id, kind: .commune, designation: .commune, name: "Sample")
}

extension View {
    func named(_ unit: TerritoryTitle) -> String { unit.named { self($0, $1) } }
    func headed(_ unit: TerritoryTitle) -> String { unit.headed { self($0, $1) } }
    func number(_ number: Int) -> String { language.format.integer(number) }

    /// "6,5": hundredths of a point.
    func points(_ hundredths: Int) -> String {
        language.format.quantity(Quantity(thousandths: Int64(hundredths) * 10))
    }

    /// The foot of a paper of a survey.
    func trace(_ survey: SurveysAnswer) -> WebTrace {
        // Without a code where the address is longer than one holds.
        let code = try? QRCode(absolute("/surveys/\(survey.id)"))
        return WebTrace(
            isDemo: isDemonstration, printed: language.format.moment(now), record: "\(survey.id)",
            revision: "\(survey.revision)",
            valid: self(survey.concludedOn == nil ? "surveys.paper.notValid" : "surveys.paper.valid"),
            qrPath: code?.squares, qrSize: code?.wholeSide)
    }
}
