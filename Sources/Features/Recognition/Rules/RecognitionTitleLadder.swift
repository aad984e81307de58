import Core
import Criteria

extension Recognition {
    /// A title that an area holds, as far as the next grant asks.
    package struct Rung: Sendable, Equatable {
        package let title: ID
        package let kind: TitleKind
        /// The body that decided.
        package let decider: ID
        /// The first day without; nil where no term is set.
        package let until: Day?

        package init(title: ID, kind: TitleKind, decider: ID, until: Day?) {
            self.title = title
            self.kind = kind
            self.decider = decider
            self.until = until
        }
    }

    /// What an area may still go for.
    package struct NextTitle: Sendable, Equatable {
        /// Why it may.
        package enum Why: String, Sendable, CaseIterable, Codable {
            /// Nothing stands before it.
            case first
            /// The title before it is held.
            case after
            /// The same title of a higher level.
            case level
            /// The term ends within a year.
            case renewal
        }

        package let kind: TitleKind
        package let why: Why
        /// The title it rises from, or is renewed.
        package let from: ID?

        package init(_ kind: TitleKind, _ why: Why, from: ID? = nil) {
            self.kind = kind
            self.why = why
            self.from = from
        }
    }

    /// Titles that rise above one another: those of one criteria set, at the levels that the set lets decide. A title
    /// that another body gives on its own (a commune's "outstanding" under its own rules) stands beside them.
    package struct TitleLadder: Sendable {
        /// By rising title, the levels that decide on it.
        private let rungs: [(code: String, levels: [Criteria.Level])]

        package init(_ set: CriteriaSet) {
            rungs = set.titles.map { ($0.code, $0.deciders.map(\.level)) }
        }

        /// How long before its end a title may be won again. Constructed for the demonstration (labelled so where it is shown): a year,
        /// so that the way from registration to decision can be walked.
        package static let renewalMonths = 12

        private func place(of kind: TitleKind) -> (title: Int, level: Int)? {
            guard let title = rungs.firstIndex(where: { $0.code == kind.code }) else { return nil }
            return (title, Criteria.Level.allCases.firstIndex(of: kind.level) ?? 0)
        }

        /// Whether both stand on this ladder.
        private func isOnLadder(_ kind: TitleKind, with new: TitleKind) -> Bool {
            guard let rung = rungs.first(where: { $0.code == kind.code }) else { return false }
            return rung.levels.contains(kind.level) || kind.level == new.level
        }

        /// How an act on a held title reads when the new one begins; nil when the held one stays beside it.
        ///
        /// - Parameter decider: the body that decides on the new one; what it gave before stands on its ladder.
        package func replacement(of held: Rung, by new: TitleKind, from decider: ID? = nil) -> TitleAct? {
            guard held.decider == decider || isOnLadder(held.kind, with: new), let old = place(of: held.kind),
                let next = place(of: new)
            else {
                return nil
            }
            if held.kind == new { return .renewed }
            if old.title < next.title { return .raised }
            return old.title == next.title && old.level < next.level ? .raised : nil
        }

        /// How the new title's own row reads.
        package func opening(of new: TitleKind, over held: [Rung], from decider: ID? = nil) -> TitleAct {
            let acts = held.compactMap { replacement(of: $0, by: new, from: decider) }
            if acts.contains(.renewed) { return .renewal }
            return acts.contains(.raised) ? .upgrade : .grant
        }

        /// Refuses a second title of the same kind from the same body while the first one has more than a year left.
        package static func refusal(
            of new: TitleKind, by decider: ID, over held: [Rung], on day: Day, field: String? = nil
        ) -> Refusal? {
            let twice = held.first { rung in
                rung.kind == new && rung.decider == decider && !mayRenew(rung, on: day)
            }
            return twice.map { rung in
                Refusal(
                    .invalid, rung.until == nil ? "recognition.refusal.heldForGood" : "recognition.refusal.heldAlready",
                    field: field,
                    ["until": rung.until.map { Language.vi.format.day($0.adding(days: -1)) } ?? ""])
            }
        }

        package static func mayRenew(_ held: Rung, on day: Day) -> Bool {
            held.until.map { $0 <= day.adding(months: renewalMonths) } ?? false
        }

        /// Why an area that holds these may not go for a title on a day; nil when it may, or the set has no such title.
        /// What another body gives beside the ladder closes nothing.
        ///
        /// - Parameter level: of the decider it would go to; nil for the highest.
        package func closing(
            of title: String, at level: Criteria.Level? = nil, over held: [Rung], in set: CriteriaSet, on day: Day
        ) -> ClosedTitle? {
            guard let level = level ?? rungs.first(where: { $0.code == title })?.levels.last else { return nil }
            let kind = TitleKind(title, level)
            let mine = held.filter { isOnLadder($0.kind, with: kind) }
            if let higher = mine.first(where: { isAbove($0.kind, kind) }) { return .lower(higher) }
            if let same = mine.first(where: { $0.kind == kind }) {
                return TitleLadder.mayRenew(same, on: day) ? nil : .held(same)
            }
            guard !mine.contains(where: { $0.kind.code == title }), let before = set.title(title)?.after,
                !before.isEmpty, !held.contains(where: { $0.kind.code == before })
            else { return nil }
            return .before(before)
        }

        private func isAbove(_ kind: TitleKind, _ other: TitleKind) -> Bool {
            guard let one = place(of: kind), let two = place(of: other) else { return false }
            return one.title > two.title || one.title == two.title && one.level > two.level
        }

        /// What an area that holds these may go for on a day, the lowest title first and of each the highest level.
        ///
        /// - Parameter levels: of the units above the area, which alone decide; nil for the highest level of each title.
        package func next(
            over held: [Rung], in set: CriteriaSet, above levels: Set<Criteria.Level>? = nil, on day: Day
        ) -> [NextTitle] {
            rungs.flatMap { rung -> [NextTitle] in
                let highest = rung.levels.suffix(1)
                let deciding = levels.map { above in rung.levels.reversed().filter { above.contains($0) } }
                return (deciding ?? Array(highest)).filter { level in
                    closing(of: rung.code, at: level, over: held, in: set, on: day) == nil
                }.map { next(TitleKind(rung.code, $0), over: held, in: set) }
            }
        }

        /// Why an area may go for a title that is not closed to it.
        private func next(_ kind: TitleKind, over held: [Rung], in set: CriteriaSet) -> NextTitle {
            let own = held.filter { $0.kind.code == kind.code && isOnLadder($0.kind, with: kind) }
            if let same = own.first(where: { $0.kind == kind }) { return NextTitle(kind, .renewal, from: same.title) }
            if let lower = own.first { return NextTitle(kind, .level, from: lower.title) }
            let before = set.title(kind.code)?.after ?? ""
            let step = before.isEmpty ? nil : held.first { $0.kind.code == before }
            return NextTitle(kind, step == nil ? .first : .after, from: step?.title)
        }
    }

    /// Why a title cannot be registered for.
    package enum ClosedTitle: Sendable, Equatable {
        /// A higher one is held: that one is kept by its re-checks.
        case lower(Rung)
        /// It is held, with more than a year left or for good.
        case held(Rung)
        /// The title that must be held first is not.
        case before(String)

        /// The rule in words, with the titles as the set names them.
        ///
        /// - Parameter title: the one that was asked for.
        package func refusal(of title: String, in set: CriteriaSet, _ language: Language, field: String? = nil)
            -> Refusal
        {
            func name(_ code: String) -> String {
                guard let name = set.title(code)?.name else { return code }
                return language == .en && !name.en.isEmpty ? name.en : name.vi
            }
            switch self {
            case .lower(let rung):
                return Refusal(
                    .invalid, "recognition.refusal.lowerThanHeld", field: field,
                    ["title": name(title), "held": name(rung.kind.code)])
            case .held(let rung):
                return Refusal(
                    .invalid, rung.until == nil ? "recognition.refusal.heldForGood" : "recognition.refusal.heldAlready",
                    field: field,
                    ["until": rung.until.map { language.format.day($0.adding(days: -1)) } ?? ""])
            case .before(let before):
                return Refusal(.invalid, "recognition.refusal.afterMissing", field: field, ["title": name(before)])
            }
        }
    }
}
