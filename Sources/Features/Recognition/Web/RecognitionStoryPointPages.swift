import Core
import Criteria
import Web

/// Points by group, whether they are enough, and where the sides differ, as the dossier's page tells it.
extension RecognitionDossierOutput {
    func pointsTable(_ view: View) -> WebTable {
        let last = sides.last ?? .own
        var columns = [
            WebColumn(view("recognition.column.group")), WebColumn(view("recognition.column.reached")),
        ]
        columns += sides.map { WebColumn(view("recognition.side.\($0.rawValue)"), isNumber: true) }
        let rows = Self.told(groups).map { group -> WebRow in
            let points = group.points[last.rawValue] ?? 0
            let name = "\(group.code). \(group.name.shown(view))"
            var cells: [WebCell] = [
                .head(name, href: "/dossiers/\(dossier.id)/assessment#group-\(group.code)"),
                WebCell(bar: bar(group, points, view)),
            ]
            cells += sides.map { side in
                let own = view.points(group.points[side.rawValue] ?? 0)
                return .number(side == last ? "\(own) / \(view.points(group.maximum))" : own)
            }
            return WebRow(cells)
        }
        var foot: [WebCell] = [.head(view("recognition.dossier.total")), .text(nil)]
        foot += sides.map { side in
            let own = view.points(totals[side.rawValue] ?? 0)
            return .number(side == last ? "\(own) / \(view.points(maximum))" : own)
        }
        return WebTable(columns: columns, rows: rows, foot: WebRow(foot))
    }

    /// The groups that a table of points tells: of one without points, as the area's own indicators are, it would say
    /// nothing but naughts.
    static func told(_ groups: [Group]) -> [Group] {
        let told = groups.filter { $0.maximum > 0 }
        return told.isEmpty ? groups : told
    }

    private func bar(_ group: Group, _ points: Int, _ view: View) -> WebBar? {
        guard group.maximum > 0 else { return nil }
        return WebBar(
            percent: points * 100 / group.maximum, mark: group.floor.map { $0 * 100 / group.maximum },
            label: view(
                "recognition.dossier.barLabel", ["points": view.points(points), "maximum": view.points(group.maximum)]),
            isUnder: group.isUnderFloor)
    }

    func pointsText(_ view: View) -> String {
        minimum.map { view("recognition.dossier.pointsText", ["minimum": view.points($0)]) }
            ?? view("recognition.dossier.pointsTextPlain")
    }

    func passes(_ view: View) -> WebNotice {
        if filled < indicatorCount {
            return WebNotice(
                .wait, text: view("recognition.dossier.filled", ["count": "\(filled)", "all": "\(indicatorCount)"]))
        }
        if reasons.isEmpty { return WebNotice(.done, text: view("recognition.dossier.passes")) }
        let texts = reasons.map { view($0.key, view.language == .en ? $0.english : $0.vietnamese) }
        return WebNotice(.error, bold: view("recognition.dossier.passesNot"), text: texts.joined(separator: " "))
    }

    func differenceTable(_ view: View) -> WebTable {
        let shown = sides.contains(.appraisal) ? Recognition.Side.allCases : [.own, .check]
        return WebTable(
            columns: [WebColumn(view("recognition.column.indicator"))]
                + shown.map { WebColumn(view("recognition.side.\($0.rawValue)")) }
                + [WebColumn(view("recognition.column.verdict"))],
            rows: differences.map { difference in
                WebRow(
                    [
                        .head(
                            "\(difference.code) \(difference.name.shown(view))",
                            href: "/dossiers/\(dossier.id)/values/\(difference.code)")
                    ]
                        + shown.map { side in cell(difference, side, view) }
                        + [.status(difference.verdict.status(view))])
            })
    }

    private func cell(_ difference: Difference, _ side: Recognition.Side, _ view: View) -> WebCell {
        switch side {
        case .own: return .text(difference.own?.shown(view))
        case .appraisal: return .text(difference.appraisal?.shown(view))
        case .check:
            let value = difference.check?.shown(view)
            guard let at = difference.returnedAt else { return .text(value) }
            let mark = WebStatus(.returned, view("recognition.dossier.returned", ["day": view.day(at.day)]))
            let reason = difference.returnReason ?? ""
            return .status(mark, also: value.map { view("recognition.dossier.then", ["value": $0]) } ?? reason)
        }
    }
}
