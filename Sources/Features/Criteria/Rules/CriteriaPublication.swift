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

        /// - Parameters:
        ///   - set: what is to be published; `reading` are the faults and warnings of its text, with lines.
        ///   - frame: the set that it was derived from; nil when it names none or the frame is not kept here.
        ///   - newest: the highest version of the same code that was ever published.
        package init(
            of set: CriteriaSet, reading: [Fault], frame: CriteriaSet?,
            newest: (version: Int, effectiveFrom: Day)?
        ) {
            var found = reading
            if let wanted = set.frame {
                if let frame {
                    found += Criteria.loosenings(of: set, from: frame)
                } else {
                    found.append(
                        Fault(
                            .frameUnknown, at: "frame", ["given": "\(wanted.code)", "version": "\(wanted.version)"]))
                }
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
    }
}
