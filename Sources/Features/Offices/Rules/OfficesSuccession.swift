import Core

extension Offices {
    /// What becomes of the figures that an office entered when another one is asked in its place.
    package enum Figures: String, Sendable, CaseIterable, Codable {
        /// They go over to the new office, which may mend them from then on.
        case handOver
        /// The old office keeps its columns with figures and mends them; the new one enters what is missing.
        case keep
    }

    /// Who is asked for the indicators of one supplier, with how many figures it entered in each.
    package struct Answerable: Sendable, Equatable {
        package let grid: ID
        package let organisation: ID
        package let name: String
        package let codes: [String]
        package let held: [String: Int]
        /// Others that are asked for some of the same columns, by name.
        package let others: [String]

        package init(
            grid: ID, organisation: ID, name: String, codes: [String], held: [String: Int], others: [String] = []
        ) {
            self.grid = grid
            self.organisation = organisation
            self.name = name
            self.codes = codes
            self.held = held
            self.others = others
        }

        package var figures: Int { held.values.reduce(0, +) }
    }

    /// Columns that end at an office because another one, or none, was chosen for their supplier.
    package struct Succession: Sendable, Equatable {
        package let grid: ID
        /// Columns that the office is no longer asked for.
        package let codes: [String]
        /// Whose the figures in them are from now on; nil when there are none in them.
        package let heir: ID?

        package init(grid: ID, codes: [String], heir: ID?) {
            self.grid = grid
            self.codes = codes
            self.heir = heir
        }
    }

    /// What ends when offices are chosen for the suppliers of a set. Nothing ends silently: where figures stand, the
    /// person says what becomes of them.
    ///
    /// - Parameters:
    ///   - asked: who is asked today, by the supplier's number.
    ///   - chosen: the organisation, or nil for none, by the supplier's number; suppliers that are not in it stay as
    ///     they are.
    ///   - figures: what is to become of figures, by the supplier's number.
    package static func successions(
        asked: [Int: Answerable], chosen: [Int: ID?], figures: [Int: Figures]
    ) -> (ending: [Succession], refusals: [Refusal]) {
        var ending: [Succession] = []
        var refusals: [Refusal] = []
        for (number, choice) in chosen.sorted(by: { $0.key < $1.key }) {
            guard let old = asked[number], choice != old.organisation else { continue }
            let held = old.codes.filter { old.held[$0, default: 0] > 0 }
            let blank = old.codes.filter { !held.contains($0) }
            if !blank.isEmpty { ending.append(Succession(grid: old.grid, codes: blank, heir: nil)) }
            guard !held.isEmpty else { continue }
            let said = ["office": old.name, "count": "\(old.figures)", "codes": held.joined(separator: ", ")]
            switch (figures[number], choice) {
            case (.keep, _): continue
            case (.handOver, let heir?): ending.append(Succession(grid: old.grid, codes: held, heir: heir))
            case (.handOver, nil):
                refusals.append(
                    Refusal(.invalid, "offices.assignment.refusal.noHeir", field: "office.\(number)", said))
            case (nil, _):
                refusals.append(
                    Refusal(.invalid, "offices.assignment.refusal.figures", field: "figures.\(number)", said))
            }
        }
        return (ending, refusals)
    }
}
