import Core

extension Criteria {
    /// What publication asks beyond a set without faults, and what it brings about.
    package struct Publication: Equatable, Sendable {
        /// Every fault, then the warnings: of the set itself, against its frame, and against the version before.
        package let faults: [Fault]

        package var hinders: [Fault] { faults.filter { !$0.isWarning } }
        package var warnings: [Fault] { faults.filter(\.isWarning) }
        package var isPossible: Bool { hinders.isEmpty }
        package var aboutPeople: [Fault] { faults.filter(\.key.isAboutPeople) }

        /// The highest version of the same code that was ever published.
        package struct Before: Sendable {
            let version: Int
            let effectiveFrom: Day
            /// The frame that it was derived from.
            let frame: CriteriaSet.Frame?
            /// That frame's code is kept here.
            let isFrameKept: Bool
        }

        /// Rules that govern the set, or will.
        package struct Governing: Sendable {
            let rules: CriteriaRules
            /// Of a unit below the set's own: they may be laid over it there, and do not hinder the set.
            let isBelow: Bool
        }

        /// - Parameters:
        ///   - set: what is to be published; `reading` are the faults and warnings of its text, with lines.
        ///   - frame: the set that it was derived from; nil when it names none or that version is not kept here.
        ///   - isFrameKept: some version of the frame that it names is kept here.
        ///   - newest: nil for a set of which nothing was published before.
        ///   - governing: the rules that are held against the frame together with the set.
        package init(
            of set: CriteriaSet, reading: [Fault], frame: CriteriaSet?, isFrameKept: Bool = false, newest: Before?,
            governing: [Governing] = []
        ) {
            var found = reading
            if let frame {
                found += Criteria.loosenings(of: set, from: frame)
                found += Self.looser(governing, set, frame)
            } else {
                found += Self.unheld(set, isFrameKept, newest).map { [$0] } ?? []
            }
            if let newest {
                if set.version <= newest.version {
                    found.append(
                        Fault(
                            .versionNotNewer, at: "version",
                            ["given": "\(set.version)", "least": "\(newest.version + 1)"]))
                }
                if let day = set.effectiveFrom, day < newest.effectiveFrom {
                    found.append(
                        Fault(
                            .effectiveBeforeLast, at: "effectiveFrom",
                            ["given": day.isoText, "least": newest.effectiveFrom.isoText]))
                }
            }
            // Who may be hurt by a number is said before what is merely not filled in.
            let warnings = found.filter(\.isWarning)
            faults =
                found.filter { !$0.isWarning } + warnings.filter(\.key.isAboutPeople)
                + warnings.filter { !$0.key.isAboutPeople }
        }

        /// Why there is no frame to hold it against. Whoever was held against one before stays held: a line left out or
        /// a version that does not exist would let everything through.
        private static func unheld(_ set: CriteriaSet, _ isFrameKept: Bool, _ newest: Before?) -> Fault? {
            if let wanted = set.frame, isFrameKept {
                return Fault(
                    .frameVersionUnknown, at: "frame.version",
                    ["given": wanted.code, "version": "\(wanted.version)"])
            }
            if let before = newest?.frame, set.frame == nil || newest?.isFrameKept ?? false {
                return Fault(.frameDropped, at: "frame", ["frame": "\(before.code) \(before.version)"])
            }
            return set.frame.map {
                Fault(.frameUnknown, at: "frame", ["given": $0.code, "version": "\($0.version)"])
            }
        }

        private static func looser(_ governing: [Governing], _ set: CriteriaSet, _ frame: CriteriaSet) -> [Fault] {
            governing.flatMap { one -> [Fault] in
                let places = Criteria.loosenings(by: one.rules, over: set, from: frame)
                let arguments = [
                    "rules": "\(one.rules.code) \(one.rules.version)", "frame": "\(frame.code) \(frame.version)",
                ]
                guard !one.isBelow else {
                    return places.isEmpty ? [] : [Fault(.frameRulesBelow, at: "frame", arguments)]
                }
                return places.map { Fault(.frameGovernedLooser, at: $0, arguments) }
            }
        }
    }
}
