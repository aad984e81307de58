import Core
import Criteria
import Organisation
import Web

/// The version that dossiers move to.
struct RecognitionMoveTargetAnswer: Encodable, Sendable {
    /// `criteria` or `rules`.
    let kind: String
    let id: ID
    let code: String
    let version: Int

    init(_ target: Recognition.MoveTarget) {
        switch target {
        case .criteria(let id, let code, let version):
            (kind, self.id, self.code, self.version) = ("criteria", id, code, version)
        case .rules(let id, let code, let version):
            (kind, self.id, self.code, self.version) = ("rules", id, code, version)
        }
    }

    /// The page of the version.
    var href: String { "/\(kind)/\(id)" }
    var name: String { "\(code) · \(version)" }
}

/// One indicator or rule that a move changes.
struct RecognitionMoveLineAnswer: Encodable, Sendable {
    let code: String
    let name: RecognitionName
    let fate: Recognition.MoveFate
    /// What was asked, and what is asked then, as in a criteria file; nil where nothing is.
    let old: String?
    let new: String?
    /// The value that the dossier has; nil in the plan of many, and where nobody entered one.
    let value: RecognitionValueAnswer?
    /// Words of both demands, which need the indicator.
    let demands: Demands

    struct Demands: PageOnly, Sendable {
        let old: Criteria.Indicator?
        let new: Criteria.Indicator?
        let oldBound: Criteria.Bound?
        let newBound: Criteria.Bound?

        func shown(_ bound: Criteria.Bound?, of indicator: Criteria.Indicator?, _ view: View) -> String? {
            guard let indicator, let bound else { return nil }
            return CriteriaTexts(view).demand(bound, of: indicator)
        }

        /// What else of it is another question than before: its kind and unit, when it does not apply.
        func also(_ indicator: Criteria.Indicator?, _ view: View) -> String? {
            guard let old, let new, let indicator else { return nil }
            var also: [String] = []
            if old.kind != new.kind || old.unit != new.unit || old.of != new.of {
                also.append(CriteriaTexts(view).kind(indicator))
            }
            if old.notApplicableIf != new.notApplicableIf {
                also.append(
                    view("criteria.field.notApplicableIf") + ": "
                        + (indicator.notApplicableIf ?? view("criteria.difference.nothing")))
            }
            if let scoring = CriteriaTexts(view).scoring(of: indicator, from: old, to: new) { also.append(scoring) }
            return also.isEmpty ? nil : also.joined(separator: " ")
        }
    }

    private enum CodingKeys: CodingKey { case code, name, fate, old, new, value }

    init(_ line: Recognition.MovePlan.Line, value: RecognitionValueAnswer? = nil) {
        code = line.code
        name = RecognitionName(line.name)
        fate = line.fate
        old = line.oldBound.map { Criteria.Format.text($0) }
        new = line.newBound.map { Criteria.Format.text($0) }
        self.value = value
        demands = Demands(old: line.old, new: line.new, oldBound: line.oldBound, newBound: line.newBound)
    }

    /// A row: indicator, what becomes of it, before, after; with the value where there is one.
    private func row(withValue: Bool, _ view: View) -> WebRow {
        WebRow(
            [
                .head("\(code) \(name.shown(view))"), .status(Self.status(fate, view)),
                .text(
                    demands.shown(demands.oldBound, of: demands.old, view) ?? "—", also: demands.also(demands.old, view)
                ),
                .text(
                    demands.shown(demands.newBound, of: demands.new, view) ?? "—", also: demands.also(demands.new, view)
                ),
            ] + (withValue ? [.text(value?.shown(view) ?? view("recognition.move.noValue"))] : []))
    }

    /// Lines as a table; values only where somebody entered one.
    static func table(_ lines: [RecognitionMoveLineAnswer], _ view: View) -> WebTable? {
        if lines.isEmpty { return nil }
        let withValue = lines.contains { $0.value != nil }
        return WebTable(
            columns: columns(withValue: withValue, view), rows: lines.map { $0.row(withValue: withValue, view) })
    }

    private static func columns(withValue: Bool, _ view: View) -> [WebColumn] {
        [
            WebColumn(view("recognition.column.indicator")), WebColumn(view("recognition.move.what")),
            WebColumn(view("recognition.move.before")), WebColumn(view("recognition.move.after")),
        ] + (withValue ? [WebColumn(view("recognition.move.value"))] : [])
    }

    static func status(_ fate: Recognition.MoveFate, _ view: View) -> WebStatus {
        let word = view("recognition.move.fate.\(fate.rawValue)")
        switch fate {
        case .kept, .points: return WebStatus(.done, word)
        case .asked, .opened: return WebStatus(.waiting, word)
        case .fresh: return WebStatus(.notbegun, word)
        case .gone: return WebStatus(.none, word)
        }
    }
}

/// A line beside the indicators that differs, as in the comparison of versions.
struct RecognitionMoveRuleAnswer: Encodable, Sendable {
    let place: String
    let old: String?
    let new: String?
    /// Both versions, out of which it is said.
    let said: Said

    struct Said: PageOnly, Sendable {
        let way: Recognition.MovePlan.Way

        static let sample: Said = {
            var (old, new) = (RecognitionSamples.set, RecognitionSamples.set)
            old.procedure = Criteria.Procedure(posting: .calendar(10))
            new.procedure = Criteria.Procedure(posting: .calendar(14), panelMembers: 5)
            return Said(way: Recognition.MovePlan.Way(title: "model", old: old, new: new))
        }()
    }

    private enum CodingKeys: CodingKey { case place, old, new }

    init(_ change: Criteria.Change, _ said: Said) {
        place = change.place
        old = change.old
        new = change.new
        self.said = said
    }

    /// The lines of one plan.
    static func answers(_ plan: Recognition.MovePlan) -> [RecognitionMoveRuleAnswer] {
        plan.rules.map { RecognitionMoveRuleAnswer($0, Said(way: plan.way)) }
    }

    static func link(_ difference: String?, _ view: View) -> WebLink? {
        difference.map { WebLink($0, view("recognition.move.difference")) }
    }

    /// What differs beside the indicators in sentences; nil where nothing does.
    static func table(_ rules: [RecognitionMoveRuleAnswer], _ view: View) -> WebTable? {
        guard let said = rules.first?.said else { return nil }
        let lines = CriteriaTexts(view).difference(from: said.way.old, to: said.way.new, forTitle: said.way.title)
        if lines.isEmpty { return nil }
        return WebTable(
            columns: [
                WebColumn(view("recognition.move.rule")), WebColumn(view("recognition.move.before")),
                WebColumn(view("recognition.move.after")),
            ],
            rows: lines.map { WebRow([.head($0.label), .text($0.old ?? "—"), .text($0.new ?? "—")]) })
    }
}
