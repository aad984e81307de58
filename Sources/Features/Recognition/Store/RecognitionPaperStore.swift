import Core
import Database

extension Recognition {
    /// What a list of papers (decisions, submissions, panels) is narrowed to; nil narrows nothing.
    package struct PaperFilter: Sendable, Equatable {
        package var year: Int?
        /// As the paper's own state is written.
        package var state: String?
        package var title: String?

        package init(year: Int? = nil, state: String? = nil, title: String? = nil) {
            self.year = year
            self.state = state
            self.title = title
        }

        package var isNone: Bool { self == PaperFilter() }
    }

    /// Which part of a list of papers, newest first.
    package struct PaperTurn: Sendable {
        /// The last paper of the page before.
        package let after: ID?
        /// The first paper of the page behind, to go back.
        package let before: ID?
        package let limit: Int

        package init(after: ID? = nil, before: ID? = nil, limit: Int = 50) {
            self.after = after
            self.before = after == nil ? before : nil
            self.limit = limit
        }

        package var isFirst: Bool { after == nil && before == nil }
    }

    /// Papers of one page, newest first.
    package struct PaperPage<Paper: Sendable>: Sendable {
        package let papers: [Paper]
        /// The paper after which the next page begins; nil at the end.
        package let next: ID?
        /// The paper before which the page before ends; nil at the beginning.
        package let previous: ID?
    }

    /// Where papers stand, and the moment by which they are ordered.
    enum PaperKind {
        case decision, submission, panel

        var table: SQL {
            switch self {
            case .decision: "decision"
            case .submission: "submission"
            case .panel: "panel"
            }
        }

        var moment: SQL {
            switch self {
            case .decision, .submission: "drafted_at"
            case .panel: "formed_at"
            }
        }

        /// Of decisions those that were made here: the others have their own register.
        var own: SQL {
            switch self {
            case .decision: "x.origin = 'here'"
            case .submission, .panel: "1 = 1"
            }
        }
    }
}

extension RecognitionStore {
    /// One page of papers.
    ///
    /// - Parameters:
    ///   - select: what is read of each, up to its condition; the paper is `x`.
    ///   - condition: whose papers.
    static func papers<Paper: Sendable>(
        _ kind: Recognition.PaperKind, _ select: SQL, where condition: SQL, _ filter: Recognition.PaperFilter,
        _ turn: Recognition.PaperTurn, _ reader: any Reader, _ make: (Row) throws -> Paper
    ) throws -> Recognition.PaperPage<Paper> {
        let moment = kind.moment
        var conditions = [kind.own, condition]
        if let year = filter.year { conditions.append("x.year = \(year)") }
        if let state = filter.state { conditions.append("x.state = \(state)") }
        if let title = filter.title { conditions.append("x.title = \(title)") }
        var isBack = false
        if let edge = turn.after ?? turn.before,
            let at = try reader.first("SELECT y.\(moment) AS at FROM \(kind.table) y WHERE y.id = \(edge)")?
                .instant("at")
        {
            isBack = turn.before != nil
            conditions.append(
                isBack
                    ? "(x.\(moment) > \(at) OR (x.\(moment) = \(at) AND x.id > \(edge)))"
                    : "(x.\(moment) < \(at) OR (x.\(moment) = \(at) AND x.id < \(edge)))")
        }
        let order: SQL = isBack ? "x.\(moment), x.id" : "x.\(moment) DESC, x.id DESC"
        let rows = try reader.rows(
            """
            \(select) WHERE \(SQL.joined(conditions, by: " AND ")) ORDER BY \(order) LIMIT \(turn.limit + 1)
            """)
        let hasMore = rows.count > turn.limit
        var shown = Array(rows.prefix(turn.limit))
        if isBack { shown.reverse() }
        return Recognition.PaperPage(
            papers: try shown.map(make), next: hasMore || isBack ? try shown.last?.id("id") : nil,
            previous: turn.after != nil || (isBack && hasMore) ? try shown.first?.id("id") : nil)
    }

    /// The years in which there are papers of a kind, newest first: a year says nothing about whose they are.
    static func years(of kind: Recognition.PaperKind, _ reader: any Reader) throws -> [Int] {
        try reader.rows("SELECT DISTINCT x.year FROM \(kind.table) x WHERE \(kind.own) ORDER BY x.year DESC")
            .map { try $0.integer("year") }
    }
}
