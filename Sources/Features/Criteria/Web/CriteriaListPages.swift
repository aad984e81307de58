import Core
import Database
import Organisation
import Web

/// What a list of sets can be narrowed by.
struct CriteriaListQuery: Form {
    static let name = "criteria.list"
    static let fields: [Field] = [
        Field("q", .text(80), optional: true),
        Field("status", .choice(CriteriaSet.Status.allCases.map(\.rawValue)), optional: true),
        Field("after", .text(120), optional: true),
    ]
    init?(_ read: FormReader) { _ = read.text("q") }
}

/// The sets that a person sees, each version a line.
struct CriteriaListOutput: Output {
    let typed: String?
    let status: CriteriaSet.Status?
    let sets: [CriteriaRecordAnswer]
    /// For `after`, when there are more.
    let next: String?
    let mayImport: Bool
    private let behind: CriteriaBehind<[StoredCriteriaSet]>

    private enum CodingKeys: CodingKey { case typed, status, sets, next, mayImport }

    static let limit = 50

    static var sample: CriteriaListOutput {
        CriteriaListOutput(
            typed: "kdc", status: .superseded, records: [.sample], next: "KDC~1", mayImport: true)
    }

    private init(
        typed: String?, status: CriteriaSet.Status?, records: [StoredCriteriaSet], next: String?, mayImport: Bool
    ) {
        self.typed = typed
        self.status = status
        sets = records.map(CriteriaRecordAnswer.init)
        self.next = next
        self.mayImport = mayImport
        behind = CriteriaBehind(records)
    }

    static func of(_ call: Call<Actor>) throws -> CriteriaListOutput {
        let typed = String((call.query["q"] ?? "").prefix(80))
        let status = call.query["status"].flatMap(CriteriaSet.Status.init(rawValue:))
        let found = try CriteriaStore.summaries(
            CriteriaStore.Filter(statuses: status.map { [$0] } ?? [], words: typed), seenBy: call.sight,
            after: call.query["after"].flatMap(mark), limit: limit, call.reader)
        let records = Array(found.prefix(limit))
        return CriteriaListOutput(
            typed: typed.isEmpty ? nil : typed, status: status, records: records,
            next: found.count > limit ? records.last.map { "\($0.code)~\($0.version)" } : nil,
            mayImport: call.who.holds(.importCriteria))
    }

    /// The code may hold any letter, the version none but digits.
    private static func mark(_ text: String) -> CriteriaStore.Mark? {
        guard let sign = text.lastIndex(of: "~"), let version = Int(text[text.index(after: sign)...]) else {
            return nil
        }
        return CriteriaStore.Mark(code: String(text[..<sign]), version: version)
    }

    struct Content: Sendable {
        let head: WebHead
        let filters: WebFilters
        let search: CriteriaSearch?
        let table: WebTable?
        let pager: WebPager?
        let empty: WebEmpty?
        let rules: WebLink
        let action: WebLink?
    }

    func page(_ view: View) -> Page {
        let title = view("criteria.list.title")
        let isFiltered = typed != nil || status != nil
        let hasAny = !sets.isEmpty || isFiltered
        return Page(
            "criteria-list", title: title,
            Content(
                head: WebHead(title: title, lead: view("criteria.list.lead")), filters: filters(view),
                search: hasAny
                    ? CriteriaSearch(
                        "/criteria", view("criteria.list.q.label"), typed, view("criteria.list.verb"),
                        kept: status.map { [("status", $0.rawValue)] } ?? [],
                        clear: typed.map { _ in WebLink(address(nil, status), view("criteria.list.clear")) })
                    : nil,
                table: sets.isEmpty ? nil : table(view),
                pager: WebPager.ifNeeded(
                    previous: nil,
                    next: next.map {
                        criteriaAddress(
                            "/criteria",
                            [
                                ("q", typed), ("status", status?.rawValue), ("after", $0),
                            ])
                    }),
                empty: sets.isEmpty ? empty(isFiltered, view) : nil,
                rules: WebLink("/rules", view("criteria.rules.list")),
                action: mayImport && !sets.isEmpty ? WebLink("/criteria/new", view("criteria.list.import")) : nil))
    }

    private func address(_ typed: String?, _ status: CriteriaSet.Status?) -> String {
        criteriaAddress("/criteria", [("q", typed), ("status", status?.rawValue)])
    }

    private func filters(_ view: View) -> WebFilters {
        let all = WebFilter(address(typed, nil), view("criteria.list.all"), current: status == nil)
        return WebFilters(
            label: view("criteria.list.filters"),
            links: [all]
                + CriteriaSet.Status.allCases.map {
                    WebFilter(address(typed, $0), view("criteria.status.\($0.rawValue)"), current: status == $0)
                })
    }

    private func table(_ view: View) -> WebTable {
        let texts = CriteriaTexts(view)
        return WebTable(
            columns: [
                WebColumn(view("criteria.list.column.set")),
                WebColumn(view("criteria.list.column.version"), isNumber: true),
                WebColumn(view("criteria.list.column.subject")), WebColumn(view("criteria.list.column.from")),
                WebColumn(view("criteria.list.column.status")),
            ],
            rows: behind.value.map { record in
                WebRow([
                    .head(
                        record.name(in: view.language), href: record.href,
                        also: record.label == .real
                            ? record.code
                            : record.code + " · " + view("criteria.label.\(record.label.rawValue)")),
                    .number(view.language.format.integer(record.version)),
                    .text(view("criteria.subject.\(record.subject.rawValue)")),
                    .text(view.day(record.effectiveFrom)), .status(texts.status(record.status)),
                ])
            })
    }

    private func empty(_ isFiltered: Bool, _ view: View) -> WebEmpty {
        if isFiltered {
            return WebEmpty(
                title: view("criteria.list.none.title"), text: view("criteria.list.none.text"),
                example: WebLink("/criteria", view("criteria.list.none.all")))
        }
        return WebEmpty(
            title: view("criteria.list.empty.title"), text: view("criteria.list.empty.text"),
            first: view("criteria.list.empty.\(mayImport ? "first" : "ask")"),
            action: mayImport ? WebButton("/criteria/new", view("criteria.list.import"), isPrimary: true) : nil)
    }
}

/// The search bar over a list: one field, and what is kept with it.
struct CriteriaSearch: Sendable {
    struct Kept: Sendable {
        let name: String
        let value: String
    }

    let action: String
    let label: String
    let typed: String?
    let verb: String
    let kept: [Kept]
    let clear: WebLink?

    init(
        _ action: String, _ label: String, _ typed: String?, _ verb: String, kept: [(String, String)] = [],
        clear: WebLink?
    ) {
        self.action = action
        self.label = label
        self.typed = typed
        self.verb = verb
        self.kept = kept.map { Kept(name: $0.0, value: $0.1) }
        self.clear = clear
    }
}

/// An address with the choices that are made.
func criteriaAddress(_ path: String, _ query: [(String, String?)]) -> String {
    let parts = query.compactMap { name, value in
        value.flatMap { $0.isEmpty ? nil : "\(name)=\(criteriaEscaped($0))" }
    }
    return parts.isEmpty ? path : path + "?" + parts.joined(separator: "&")
}

/// A code or a typed text as part of an address.
func criteriaEscaped(_ text: String) -> String {
    var out = ""
    for byte in text.utf8 {
        switch byte {
        case 48...57, 65...90, 97...122, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
            out.unicodeScalars.append(Unicode.Scalar(byte))
        default:
            out += "%" + String(byte >> 4, radix: 16, uppercase: true) + String(byte & 15, radix: 16, uppercase: true)
        }
    }
    return out
}
