import Core

extension PeopleImport {
    /// Rows of one file that mean one person, or may. One person has one row; which of two is meant nobody can tell, so
    /// one of them is at fault.
    struct Twins {
        struct Found {
            let row: Planner.Reading
            let column: Column
            /// The end of the remark's key.
            let key: String
            /// The other row's.
            let line: Int
        }

        /// The line on which an identity stood first.
        private var seen: [String: Int] = [:]
        /// The line on which somebody who is there already stood first.
        private var placed: [ID: Int] = [:]
        /// Names with nothing beside them, and the first line of each name that had something.
        private var bare: [String: Planner.Reading] = [:]
        private var told: [String: Int] = [:]

        /// What is wrong with this row or an earlier one: two rows of one identity, or a name alone beside the same name
        /// with a year, a telephone or a sign-in name, whichever stands first. The one alone is at fault.
        ///
        /// - Parameter isBare: the row's cells for all of these are empty.
        mutating func look(
            at row: Planner.Reading, name: String, birthYear: Int?, phone: String?, signIn: String?, isBare: Bool
        ) -> Found? {
            guard !name.isEmpty || signIn != nil else { return nil }
            let nameKey = VietnameseText.nameKey(name)
            var marks: [(key: String, column: Column, remark: String)] = []
            if let signIn { marks.append(("s \(signIn)", .signInName, "sameSignIn")) }
            if let phone { marks.append(("p \(nameKey) \(phone)", .phone, "samePhone")) }
            if let birthYear { marks.append(("b \(nameKey) \(birthYear)", .birthYear, "sameBirthYear")) }
            if birthYear == nil, phone == nil, signIn == nil { marks.append(("n \(nameKey)", .name, "sameName")) }
            for mark in marks {
                guard let first = seen[mark.key] else { continue }
                return Found(row: row, column: mark.column, key: mark.remark, line: first)
            }
            for mark in marks { seen[mark.key] = row.line }
            return name.isEmpty ? nil : alone(row, nameKey, isBare: isBare)
        }

        private mutating func alone(_ row: Planner.Reading, _ nameKey: String, isBare: Bool) -> Found? {
            if !isBare {
                if told[nameKey] == nil { told[nameKey] = row.line }
                return bare.removeValue(forKey: nameKey).map {
                    Found(row: $0, column: .name, key: "sameName", line: row.line)
                }
            }
            if let line = told[nameKey] { return Found(row: row, column: .name, key: "sameName", line: line) }
            bare[nameKey] = row
            return nil
        }

        /// Somebody who is there already, found a second time by other means: once by sign-in name, once by year.
        mutating func place(_ person: ID, _ row: Planner.Reading, by column: Column) -> Found? {
            if let line = placed[person] { return Found(row: row, column: column, key: "sameKnown", line: line) }
            placed[person] = row.line
            return nil
        }
    }
}
