import Core
import Web

/// An import as its page shows it, whatever it brings in: units and organisations here, people and roles elsewhere.
package protocol ShownImport: Sendable {
    var state: ImportBatch.State { get }
    var rows: Int { get }
    var faults: Int { get }
    /// Everything in the file stands already.
    var changesNothing: Bool { get }
    var columnsRead: [ImportColumn] { get }
    var columnsUnknown: [ImportColumn] { get }
    var madeAt: Instant { get }
    var doneAt: Instant? { get }
    var undoneAt: Instant? { get }
}

extension ImportBatch: ShownImport {}

extension View {
    /// How an import stands.
    package func status(of batch: some ShownImport) -> WebStatus {
        switch batch.state {
        case .previewed where batch.faults > 0: WebStatus(.unmet, self("organisation.import.state.faulty"))
        case .previewed where batch.changesNothing: WebStatus(.none, self("organisation.import.state.nothing"))
        case .previewed: WebStatus(.waiting, self("organisation.import.state.previewed"))
        case .done: WebStatus(.done, self("organisation.import.state.done"))
        case .undone: WebStatus(.returned, self("organisation.import.state.undone"))
        }
    }

    /// - Parameters:
    ///   - result: what it did, in a sentence.
    ///   - isCurrent: what the plan was made on has not changed since.
    package func notice(of batch: some ShownImport, result: String, isCurrent: Bool = true) -> WebNotice {
        switch batch.state {
        case .done: WebNotice(.done, bold: self("organisation.import.notice.done"), text: result)
        case .undone: WebNotice(.plain, text: self("organisation.import.notice.undone"))
        case .previewed where batch.faults > 0:
            WebNotice(
                .error,
                bold: self("organisation.import.faultCount", ["count": language.format.integer(batch.faults)]),
                text: self("organisation.import.notice.faults"))
        case .previewed where batch.changesNothing:
            WebNotice(
                .plain, bold: self("organisation.import.notice.nothing"), text: self("organisation.import.notice.same"))
        case .previewed where !isCurrent: WebNotice(.wait, text: self("organisation.import.refusal.treeMoved"))
        case .previewed: WebNotice(.wait, text: self("organisation.import.notice.look"))
        }
    }

    /// What was read of the file and when.
    ///
    /// - Parameters:
    ///   - key: below it stand the names of the columns.
    ///   - more: what only this kind of import has to say.
    package func facts(of batch: some ShownImport, columnsBelow key: String, _ more: [WebFact] = []) -> WebFacts {
        func columns(_ columns: [ImportColumn], _ name: (String) -> String) -> String {
            columns.map { self("organisation.import.fact.column", ["letters": $0.letters, "name": name($0.name)]) }
                .joined(separator: "; ")
        }
        let moments = [("made", batch.madeAt), ("done", batch.doneAt), ("undone", batch.undoneAt)]
        var facts = [WebFact(self("organisation.import.fact.rows"), language.format.integer(batch.rows))] + more
        facts += moments.compactMap { word, moment in
            moment.map { WebFact(self("organisation.import.fact.\(word)"), language.format.moment($0)) }
        }
        facts.append(
            WebFact(self("organisation.import.fact.read"), columns(batch.columnsRead) { self("\(key).\($0)") }))
        if !batch.columnsUnknown.isEmpty {
            facts.append(WebFact(self("organisation.import.fact.unknown"), columns(batch.columnsUnknown) { $0 }))
        }
        return WebFacts(facts: facts)
    }

    /// What must be mended and what is worth a look, cell by cell; nil where there is nothing.
    ///
    /// - Parameter key: below it stand the words of the remarks.
    package func table(of remarks: [ImportRemark], below key: String) -> WebTable? {
        guard !remarks.isEmpty else { return nil }
        return WebTable(
            columns: [
                WebColumn(self("organisation.import.remarkColumn.where")),
                WebColumn(self("organisation.import.remarkColumn.what")),
            ],
            rows: remarks.map { remark in
                WebRow([
                    .head(
                        place(of: remark),
                        status: remark.isFault
                            ? WebStatus(.unmet, self("organisation.import.mustMend"))
                            : WebStatus(.question, self("organisation.import.worthALook"))),
                    .text(text(of: remark, below: key)),
                ])
            })
    }

    /// What stands over an import’s remarks: faults or warnings; nil where there are none.
    package func title(of remarks: [ImportRemark], in batch: some ShownImport) -> String? {
        guard !remarks.isEmpty else { return nil }
        return self(batch.faults > 0 ? "organisation.import.faultsTitle" : "organisation.import.warningsTitle")
    }

    /// "Sheet1, dòng 7, cột D".
    private func place(of remark: ImportRemark) -> String {
        var parts: [String] = []
        if !remark.sheet.isEmpty { parts.append(remark.sheet) }
        if remark.line > 0 { parts.append(self("organisation.import.line", ["line": "\(remark.line)"])) }
        if let column = remark.column { parts.append(self("organisation.import.letters", ["letters": column])) }
        return parts.isEmpty ? self("organisation.import.wholeFile") : parts.joined(separator: ", ")
    }

    private func text(of remark: ImportRemark, below key: String) -> String {
        var arguments = remark.arguments
        // Days are kept as ISO writes them, and read as people do.
        if let day = arguments["day"].flatMap({ Day(iso: $0) }) { arguments["day"] = self.day(day) }
        return self("\(key).\(remark.key)", arguments)
    }
}
