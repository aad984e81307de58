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
        struct Section: Sendable {
            let anchor: String
            let title: String
            let href: String?
            /// That it came or went whole.
            let status: WebStatus?
            let table: WebTable?
            let inner: [Inner]
        }

        /// An indicator below its group.
        struct Inner: Sendable {
            let title: String
            let href: String?
            let status: WebStatus?
            let table: WebTable?
        }

        let head: WebHead
        let figures: [WebFigure]
        let sections: [Section]
        let empty: WebEmpty?
        let trace: WebTrace
    }

    func page(_ view: View) -> Page {
        let shown = behind.value
        let reading = CriteriaDifferenceReading(view.words, CriteriaNames(shown.oldSet, shown.newSet))
        let sections = reading.sections(from: shown.oldSet, to: shown.newSet) { code, isNew in
            "\(isNew ? shown.new.href : shown.old.href)/indicators/\(criteriaEscaped(code))"
        }
        return CriteriaDifferencePage.page(
            CriteriaDifferencePage.Sides(
                list: WebCrumb(view("criteria.list.title"), "/criteria"),
                old: (CriteriaDifferencePage.version(shown.old.code, shown.old.version, view), shown.old.href),
                new: (CriteriaDifferencePage.version(shown.new.code, shown.new.version, view), shown.new.href),
                digest: shown.new.digestText), sections, view)
    }
}

/// The page of a comparison, of sets and of rules.
enum CriteriaDifferencePage {
    struct Sides {
        let list: WebCrumb
        let old: (name: String, href: String)
        let new: (name: String, href: String)
        let digest: String
    }

    static func version(_ code: String, _ version: Int, _ view: View) -> String {
        "\(code) · \(view.language.format.integer(version))"
    }

    static func page(_ sides: Sides, _ sections: [CriteriaDifferenceSection], _ view: View) -> Page {
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
                        number: view.language.format.integer(sections.reduce(0) { $0 + $1.count(of: kind) }),
                        whole: view("criteria.difference.\(kind.rawValue)"))
                },
                sections: sections.enumerated().map { section($1, "d\($0 + 1)", view) },
                empty: sections.isEmpty
                    ? WebEmpty(
                        title: view("criteria.difference.none.title"), text: view("criteria.difference.none.text"))
                    : nil,
                trace: WebTrace(
                    isDemo: view.isDemonstration, printed: view.language.format.moment(view.now),
                    record: "\(sides.old.name) / \(sides.new.name)", revision: String(sides.digest.prefix(8)),
                    valid: view("criteria.trace.difference"))))
    }

    private static func section(
        _ section: CriteriaDifferenceSection, _ anchor: String, _ view: View
    ) -> CriteriaDifferenceOutput.Content.Section {
        CriteriaDifferenceOutput.Content.Section(
            anchor: anchor, title: section.title, href: section.href, status: section.kind.map { status($0, view) },
            table: table(section.lines, section.kind, view),
            inner: section.inner.map { inner in
                CriteriaDifferenceOutput.Content.Inner(
                    title: inner.title, href: inner.href, status: inner.kind.map { status($0, view) },
                    table: table(inner.lines, inner.kind, view))
            })
    }

    /// Before and after; of what came or went whole only the one that there is.
    private static func table(
        _ lines: [CriteriaDifferenceLine], _ kind: Criteria.Change.Kind?, _ view: View
    ) -> WebTable? {
        if lines.isEmpty { return nil }
        let (old, new) = (WebColumn(view("criteria.difference.old")), WebColumn(view("criteria.difference.new")))
        let nothing = view("criteria.difference.nothing")
        return WebTable(
            columns: [WebColumn(view("criteria.difference.where"))]
                + (kind == .added ? [new] : kind == .removed ? [old] : [old, new]),
            rows: lines.map { line in
                let cells = [line.old, line.new].map { WebCell.text($0 ?? nothing) }
                return WebRow(
                    [.head(line.label)] + (kind == .added ? [cells[1]] : kind == .removed ? [cells[0]] : cells))
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
