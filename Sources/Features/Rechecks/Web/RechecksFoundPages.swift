import Core
import Criteria
import Organisation
import Recognition
import Web

/// What was found at the indicators of one re-check, as its page tells it: what matters first.
extension RechecksOneOutput {
    /// Looked at, and neither met nor out of the question: what a reader has come for.
    var notable: [Line] { lines.filter { $0.first != nil && !holds($0) } }

    /// Looked at and as it should be.
    var holding: [Line] { lines.filter { $0.first != nil && holds($0) } }

    private func holds(_ line: Line) -> Bool {
        !line.isLacking && (line.outcome == "met" || line.outcome == "notApplicable")
    }

    func found(_ lines: [Line], _ view: View) -> WebTable? {
        lines.isEmpty
            ? nil
            : WebTable(
                columns: [
                    WebColumn(view("recognition.column.indicator")), WebColumn(view("rechecks.column.demand")),
                    WebColumn(view("rechecks.column.granted")), WebColumn(view("rechecks.column.found")),
                    WebColumn(view("rechecks.column.again")), WebColumn(view("rechecks.column.result")),
                ],
                rows: lines.map { line in
                    WebRow([
                        .head("\(line.code) \(line.name)"), .text(bound(line, view)),
                        .text(line.granted?.shown(view) ?? view("rechecks.granted.none")),
                        .text(
                            line.first?.shown(view),
                            also: line.firstNote
                                ?? line.office.map { [$0, line.paper].compactMap { $0 }.joined(separator: " · ") }),
                        .text(line.again?.shown(view) ?? "–", also: line.againNote),
                        .status(result(line, view), also: line.lookedBy),
                    ])
                })
    }

    func result(_ line: Line, _ view: View) -> WebStatus {
        if line.isLacking {
            return line.isMended
                ? WebStatus(.done, view("rechecks.result.mended"))
                : WebStatus(.unmet, view("rechecks.result.\(line.hasFallen ? "fallen" : "lacking")"))
        }
        switch line.outcome {
        case "met": return WebStatus(.done, view("rechecks.result.met"))
        case "notApplicable": return WebStatus(.none, view("recognition.value.notApplicable"))
        default: return WebStatus(.question, view("rechecks.result.wasUnmet"))
        }
    }

    /// What the title asks for: "from 90 %"; of yes or no and of grades the answer alone.
    func bound(_ line: Line, _ view: View) -> String? {
        line.bound.map { bound in
            if line.kind == "yesNo" { return bound.shown(view) }
            return [view("rechecks.comparison.\(Self.signs[line.comparison] ?? "equal")"), bound.shown(view)]
                .joined(separator: " ")
        }
    }

    func demand(_ line: Line, _ view: View) -> String {
        bound(line, view).map { view("rechecks.one.demand", ["value": $0]) } ?? ""
    }

    private static let signs = [">=": "atLeast", "<=": "atMost", ">": "above", "<": "below", "==": "equal"]
}
