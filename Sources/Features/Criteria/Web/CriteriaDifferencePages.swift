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
            changes, names: CriteriaNames(shown.oldSet, shown.newSet), view
        ) { place in
            // An indicator that is still there can be opened.
            guard let code = place.code(in: "indicators"), shown.newSet.indicator(code) != nil else { return nil }
            return "\(shown.new.href)/indicators/\(criteriaEscaped(code))"
        }
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
        _ sides: Sides, _ changes: [CriteriaDifferenceOutput.Line], names: CriteriaNames, _ view: View,
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
                table: changes.isEmpty ? nil : table(changes, names, view, href: href),
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
        _ changes: [CriteriaDifferenceOutput.Line], _ names: CriteriaNames, _ view: View,
        href: (CriteriaPlace) -> String?
    ) -> WebTable {
        let written = CriteriaWritten(view.words, names)
        return WebTable(
            columns: [
                WebColumn(view("criteria.difference.where")), WebColumn(view("criteria.difference.what")),
                WebColumn(view("criteria.difference.old")), WebColumn(view("criteria.difference.new")),
            ],
            rows: changes.map { change in
                let place = CriteriaPlace(change.place)
                return WebRow([
                    .head(place.said(view.words, names), href: href(place)), .status(status(change.kind, view)),
                    .text(change.old.map { written.value($0, at: place) }),
                    .text(change.new.map { written.value($0, at: place) }),
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
}

extension Criteria.Change.Kind: Encodable {}
