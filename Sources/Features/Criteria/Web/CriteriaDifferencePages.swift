import Core
import Database
import Web

/// What is different between two versions, line by line.
struct CriteriaDifferenceOutput: Output {
    struct Line: Encodable, Sendable {
        let kind: Criteria.Change.Kind
        /// By codes: `groups[III].indicators[III.2].thresholds.model`.
        let place: String
        let old: String?
        let new: String?
    }

    let old: CriteriaRecordAnswer
    let new: CriteriaRecordAnswer
    let changes: [Line]
    private let behind: CriteriaBehind<Shown>

    private enum CodingKeys: CodingKey { case old, new, changes }

    struct Shown: Sendable {
        let old: StoredCriteriaSet
        let new: StoredCriteriaSet
        let newSet: CriteriaSet
        let oldSet: CriteriaSet
    }

    static var sample: CriteriaDifferenceOutput {
        var before = CriteriaSet.sample
        before.maximum = 9000
        before.issuer = ""
        before.standards[0].criteria[0].indicators[0].name = Criteria.Name("Den")
        return CriteriaDifferenceOutput(Shown(old: .sample, new: .sample, newSet: .sample, oldSet: before))
    }

    private init(_ shown: Shown) {
        old = CriteriaRecordAnswer(shown.old)
        new = CriteriaRecordAnswer(shown.new)
        changes = Criteria.difference(from: shown.oldSet, to: shown.newSet)
            // What differs between any two versions, and is said in the head of the page.
            .filter { !["version", "status"].contains($0.place) }
            .map { Line(kind: $0.kind, place: $0.place, old: $0.old, new: $0.new) }
        behind = CriteriaBehind(shown)
    }

    /// The older version stands on the left, in whatever order they were asked for.
    static func of(_ call: Call<Actor>) throws -> CriteriaDifferenceOutput {
        let one = try CriteriaStore.stored(call.id("id"), seenBy: call.sight, call.reader)
        let other = try CriteriaStore.stored(call.id("other"), seenBy: call.sight, call.reader)
        let isOrdered = one.code != other.code || one.version >= other.version
        let (old, new) = isOrdered ? (other, one) : (one, other)
        return CriteriaDifferenceOutput(
            Shown(
                old: old, new: new, newSet: try CriteriaStore.set(new.id, call.reader),
                oldSet: try CriteriaStore.set(old.id, call.reader)))
    }

    struct Content: Sendable {
        let head: WebHead
        let figures: [WebFigure]
        let table: WebTable?
        let empty: WebEmpty?
        let trace: WebTrace
    }

    func page(_ view: View) -> Page {
        let shown = behind.value
        return CriteriaDifferenceParts.page(
            CriteriaDifferenceParts.Sides(
                list: WebCrumb(view("criteria.list.title"), "/criteria"),
                old: (CriteriaDifferenceParts.version(shown.old.code, shown.old.version, view), shown.old.href),
                new: (CriteriaDifferenceParts.version(shown.new.code, shown.new.version, view), shown.new.href),
                digest: shown.new.digestText),
            changes, view
        ) { place in
            // An indicator that is still there can be opened.
            guard let code = place.code(in: "indicators"), shown.newSet.indicator(code) != nil else { return nil }
            return "\(shown.new.href)/indicators/\(criteriaEscaped(code))"
        }
    }
}

extension CriteriaTexts {
    /// A place of a change as people say it: "Trình tự · Niêm yết".
    package static func place(_ place: String, _ view: View) -> String { CriteriaPlace(place).said(view) }

    /// A value as a change has it, as people write it.
    package static func written(_ text: String, at place: String, _ view: View) -> String {
        CriteriaDifferenceParts.value(text, CriteriaPlace(place), view)
    }
}

/// The page of a comparison, of sets and of rules.
enum CriteriaDifferenceParts {
    struct Sides {
        let list: WebCrumb
        let old: (name: String, href: String)
        let new: (name: String, href: String)
        let digest: String
    }

    static func version(_ code: String, _ version: Int, _ view: View) -> String {
        "\(code) · \(view.language.format.integer(version))"
    }

    static func page(
        _ sides: Sides, _ changes: [CriteriaDifferenceOutput.Line], _ view: View,
        href: (CriteriaPlace) -> String? = { _ in nil }
    ) -> Page {
        let title = view("criteria.difference.title")
        return Page(
            "criteria-difference", title: title,
            CriteriaDifferenceOutput.Content(
                head: WebHead(
                    title: title,
                    lead: view("criteria.difference.lead", ["old": sides.old.name, "new": sides.new.name]),
                    crumbs: [
                        sides.list, WebCrumb(sides.old.name, sides.old.href), WebCrumb(sides.new.name, sides.new.href),
                    ]),
                figures: Criteria.Change.Kind.allCases.map { kind in
                    WebFigure(
                        number: view.language.format.integer(changes.filter { $0.kind == kind }.count),
                        whole: view("criteria.difference.\(kind.rawValue)"))
                },
                table: changes.isEmpty ? nil : table(changes, view, href: href),
                empty: changes.isEmpty
                    ? WebEmpty(
                        title: view("criteria.difference.none.title"), text: view("criteria.difference.none.text"))
                    : nil,
                trace: WebTrace(
                    isDemo: view.isDemonstration, printed: view.language.format.moment(view.now),
                    record: "\(sides.old.name) / \(sides.new.name)", revision: String(sides.digest.prefix(8)),
                    valid: view("criteria.trace.difference"))))
    }

    static func table(
        _ changes: [CriteriaDifferenceOutput.Line], _ view: View, href: (CriteriaPlace) -> String?
    ) -> WebTable {
        WebTable(
            columns: [
                WebColumn(view("criteria.difference.where")), WebColumn(view("criteria.difference.what")),
                WebColumn(view("criteria.difference.old")), WebColumn(view("criteria.difference.new")),
            ],
            rows: changes.map { change in
                let place = CriteriaPlace(change.place)
                return WebRow([
                    .head(place.said(view), href: href(place)), .status(status(change.kind, view)),
                    .text(change.old.map { value($0, place, view) }), .text(change.new.map { value($0, place, view) }),
                ])
            })
    }

    private static func status(_ kind: Criteria.Change.Kind, _ view: View) -> WebStatus {
        let word = view("criteria.difference.\(kind.rawValue)")
        switch kind {
        case .added: return WebStatus(.done, word)
        case .removed: return WebStatus(.unmet, word)
        case .changed: return WebStatus(.waiting, word)
        }
    }

    /// Values as in the file, but numbers, days, yes and no as people write them.
    static func value(_ text: String, _ place: CriteriaPlace, _ view: View) -> String {
        if text.isEmpty { return view("criteria.difference.blank") }
        if place.last == "code" { return text }
        if let day = Day(iso: text) { return view.day(day) }
        if let day = Criteria.Procedure.YearDay(text: text) { return CriteriaTexts(view).yearDay(day) }
        if text == "yes" || text == "no" { return view("criteria.text.\(text == "yes" ? "isSo" : "isNot")") }
        if let thousandths = Criteria.Format.thousandths(text), !text.contains(" ") {
            return view.language.format.quantity(Quantity(thousandths: thousandths))
        }
        return text
    }
}

extension Criteria.Change.Kind: Encodable {}

/// A place in a set, by codes, and how people say it.
struct CriteriaPlace {
    /// Field names, and codes of list items with the list they stand in.
    private var steps: [(field: String, code: String?)] = []

    init(_ place: String) {
        var rest = place[...]
        while !rest.isEmpty {
            let end = rest.firstIndex { $0 == "." || $0 == "[" } ?? rest.endIndex
            var step: (field: String, code: String?) = (String(rest[..<end]), nil)
            rest = rest[end...]
            if rest.first == "[" {
                // A code may hold a point or a bracket; the item ends where a bracket is followed by a step or nothing.
                var close = rest.firstIndex(of: "]")
                while let at = close, let next = rest[rest.index(after: at)...].first, next != ".", next != "[" {
                    close = rest[rest.index(after: at)...].firstIndex(of: "]")
                }
                let stop = close ?? rest.index(before: rest.endIndex)
                step.code = String(
                    rest[rest.index(after: rest.startIndex)..<max(stop, rest.index(after: rest.startIndex))])
                rest = rest[rest.index(after: stop)...]
            }
            if !step.field.isEmpty || step.code != nil { steps.append(step) }
            if rest.first == "." { rest = rest.dropFirst() }
        }
    }

    var last: String { steps.last?.field ?? "" }

    func code(in list: String) -> String? { steps.last { $0.field == list }?.code }

    /// "Nhóm III · Chỉ tiêu III.2 · Ngưỡng · model".
    func said(_ view: View) -> String {
        steps.map { step in
            let key = "criteria.field.\(step.field)"
            let name = view.words.has(key) ? view(key) : step.field
            return step.code.map { "\(name) \($0)" } ?? name
        }.joined(separator: " · ")
    }
}
