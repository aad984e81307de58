import Core
import Criteria

extension Recognition {
    /// What becomes of one indicator when a dossier moves to another version of its criteria.
    package enum MoveFate: String, Sendable, CaseIterable, Codable {
        /// Asked as before: its value stays.
        case kept
        /// Asked as before and its value stays; it earns other points, is or is no longer required, or may now be left out.
        case points
        /// Another threshold: the value stays and is asked again.
        case asked
        /// Another unit or kind: what was entered does not fit, and it is open.
        case opened
        case fresh
        case gone
    }

    /// How far a dossier may have come to move: what the residents have begun to decide upon stays as they know it.
    package enum MoveLimit: String, Sendable, CaseIterable, Codable {
        case assessing
        /// Closed self-assessments too, as long as no meeting was held.
        case reviewing
    }

    /// The difference of two versions for one case (title, level, class, region), indicator by indicator.
    package struct MovePlan: Sendable, Equatable {
        /// What becomes of one indicator.
        package struct Line: Sendable, Equatable {
            package let code: String
            package let name: Criteria.Name
            package let fate: MoveFate
            /// As the old and the new version have it; nil where one does not have it.
            package let old: Criteria.Indicator?
            package let new: Criteria.Indicator?
            /// Of whom each is asked: the case as it was frozen, and as it is after the move.
            package let aim: Criteria.Aim
            package let after: Criteria.Aim

            /// What was asked, and what is then.
            package var oldBound: Criteria.Bound? { old?.bound(for: aim) }
            package var newBound: Criteria.Bound? { new?.bound(for: after) }

            package init(
                code: String, name: Criteria.Name, fate: MoveFate, old: Criteria.Indicator?,
                new: Criteria.Indicator?, aim: Criteria.Aim, after: Criteria.Aim? = nil
            ) {
                (self.code, self.name, self.fate, self.old, self.new) = (code, name, fate, old, new)
                (self.aim, self.after) = (aim, after ?? aim)
            }

            /// Two dossiers that differ only in what this indicator does not tell apart have the same line.
            package static func == (one: Line, other: Line) -> Bool {
                one.code == other.code && one.name == other.name && one.fate == other.fate && one.old == other.old
                    && one.new == other.new && one.oldBound == other.oldBound && one.newBound == other.newBound
            }
        }

        /// In the order of the new version; what is gone last.
        package let lines: [Line]
        /// Lines beside the indicators that differ: who decides, the pass mark, floors, shares, quorum, posting, term, days.
        package let rules: [Criteria.Change]
        /// The versions as they were and as they are then, to be told in words.
        package let way: Way
        /// Why the dossier cannot stand on the new version at all.
        package let stays: Stay?

        /// From which set to which, for one title: what dossiers with the same plan share.
        package struct Way: Sendable, Equatable {
            package let title: String
            package let old: CriteriaSet
            package let new: CriteriaSet

            package init(title: String, old: CriteriaSet, new: CriteriaSet) {
                // Under whichever rules they were read: two dossiers with the same difference have one plan.
                var (old, new) = (old, new)
                (old.rules, new.rules) = (nil, nil)
                (self.title, self.old, self.new) = (title, old, new)
            }
        }

        /// Nobody could decide on it any more.
        package enum Stay: String, Sendable, CaseIterable {
            /// The new version has no such title.
            case title
            /// It asks by region, and nobody has said in which the area lies.
            case region
            /// It no longer names the level that the dossier was registered with.
            case decider

            package var refusal: Refusal {
                Refusal(.conflict, "recognition.move.stays.\(rawValue)", field: "dossier")
            }
        }

        /// - Parameter later: the case after the move, where the new version tells apart what the old one did not.
        package init(
            from old: CriteriaSet, to new: CriteriaSet, for aim: Criteria.Aim, after later: Criteria.Aim? = nil
        ) {
            let after = later ?? aim
            func asked(_ set: CriteriaSet) -> [Criteria.Indicator] {
                set.standards.flatMap { $0.indicators(for: aim.title) }
            }
            let before = Dictionary(asked(old).map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
            let asks = asked(new)
            let kept = Set(asks.map(\.code))
            lines =
                asks.map { indicator in
                    Line(
                        code: indicator.code, name: indicator.name,
                        fate: before[indicator.code].map { Self.fate($0, indicator, aim, after) } ?? .fresh,
                        old: before[indicator.code], new: indicator, aim: aim, after: after)
                }
                + asked(old).filter { !kept.contains($0.code) }.map {
                    Line(code: $0.code, name: $0.name, fate: .gone, old: $0, new: nil, aim: aim, after: after)
                }
            way = Way(title: aim.title, old: old, new: new)
            rules = Criteria.difference(from: old, to: new, forTitle: aim.title)
            stays =
                Self.stay(old.title(aim.title), new.title(aim.title), aim.level)
                ?? Region.refusal(after.region, for: after.title, in: new).map { _ in .region }
        }

        private static func stay(
            _ old: Criteria.Title?, _ new: Criteria.Title?, _ level: Criteria.Level?
        ) -> Stay? {
            guard let old else { return nil }
            guard let new else { return .title }
            guard let level, old.deciders.contains(where: { $0.level == level }) else { return nil }
            // Rules that name nobody leave it to the province.
            let isNamed = new.deciders.isEmpty ? level == .province : new.deciders.contains { $0.level == level }
            return isNamed ? nil : .decider
        }

        package func codes(_ fate: MoveFate) -> [String] { lines.filter { $0.fate == fate }.map(\.code) }

        /// Whether the area has something to do that it had not to do before.
        package var asksAnything: Bool { lines.contains { [.asked, .opened, .fresh].contains($0.fate) } }

        private static func fate(
            _ old: Criteria.Indicator, _ new: Criteria.Indicator, _ aim: Criteria.Aim, _ after: Criteria.Aim
        ) -> MoveFate {
            // Grades and baselines are part of the kind: other words are another question.
            if old.kind != new.kind || old.unit != new.unit || old.of != new.of { return .opened }
            if old.comparison != new.comparison || old.bound(for: aim) != new.bound(for: after) { return .asked }
            if old.notApplicableIf != nil, new.notApplicableIf == nil { return .asked }
            if new.kind == .points, new.points < old.points { return .asked }
            let isSame =
                old.points == new.points && old.scoring == new.scoring && old.isMandatory == new.isMandatory
                && old.notApplicableIf == new.notApplicableIf
            return isSame ? .kept : .points
        }
    }

    /// Whether and how a dossier moves.
    package enum MoveRule {
        /// Why a dossier stays with its version; nil when it may move.
        ///
        /// - Parameter hasMet: a sitting of the review meeting stands.
        package static func refusal(_ state: State, hasMet: Bool, until limit: MoveLimit) -> Refusal? {
            switch state {
            case .assessing: nil
            case .reviewing where hasMet: Refusal(.conflict, "recognition.move.stays.met", field: "dossier")
            case .reviewing where limit == .assessing:
                Refusal(.conflict, "recognition.move.stays.limit", field: "dossier")
            case .reviewing: nil
            default: Refusal(.conflict, "recognition.move.stays.\(state.rawValue)", field: "dossier")
            }
        }

        /// The same, heeding what the new version would mean for it.
        package static func refusal(
            _ state: State, hasMet: Bool, until limit: MoveLimit, _ plan: MovePlan
        ) -> Refusal? {
            refusal(state, hasMet: hasMet, until: limit) ?? plan.stays?.refusal
        }

        /// The act and the state after it.
        package static func step(_ state: State, _ plan: MovePlan) throws(Refusal) -> LifeCycle.Step {
            try LifeCycle.possible(state, state == .reviewing && plan.asksAnything ? .reopen : .adopt)
        }

        /// States of which dossiers are listed: all that are under way.
        package static let running = LifeCycle.stages.filter { !$0.isClosed }.map(\.state)
    }
}
