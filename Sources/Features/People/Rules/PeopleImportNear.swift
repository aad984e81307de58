import Core

extension PeopleImport {
    /// Names that a mistyped one was probably meant for. Marks are the first thing to be lost in a sheet, so they do
    /// not count; a letter more, less, other, or two changed places each count one.
    package enum NearNames {
        /// So many are proposed at the most.
        static let most = 3

        /// The nearest first; those that are equally near in the order given, each once.
        package static func of(_ typed: String, among names: [String]) -> [String] {
            let wanted = letters(typed)
            // A name of three letters differs from any other by two.
            let limit = max(1, wanted.count / 4)
            guard wanted.count > 1 else { return [] }
            var found: [(name: String, distance: Int)] = []
            var seen: Set<String> = []
            for name in names where seen.insert(name).inserted {
                if let distance = distance(wanted, letters(name), atMost: limit) { found.append((name, distance)) }
            }
            return found.enumerated().sorted { ($0.element.distance, $0.offset) < ($1.element.distance, $1.offset) }
                .prefix(most).map(\.element.name)
        }

        /// Without marks, blanks, apostrophes and the kind before the name.
        private static func letters(_ name: String) -> [UInt8] {
            VietnameseText.folded(PeopleImport.bareName(name)).utf8.filter {
                UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 || UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0
            }
        }

        /// Nil where it is more than that.
        static func distance(_ one: [UInt8], _ other: [UInt8], atMost limit: Int) -> Int? {
            guard abs(one.count - other.count) <= limit else { return nil }
            var beforeLast: [Int] = []
            var last = Array(0...other.count)
            for row in one.indices {
                var now = [row + 1]
                for column in other.indices {
                    let change = last[column] + (one[row] == other[column] ? 0 : 1)
                    var least = min(change, last[column + 1] + 1, now[column] + 1)
                    if row > 0, column > 0, one[row] == other[column - 1], one[row - 1] == other[column] {
                        least = min(least, beforeLast[column - 1] + 1)
                    }
                    now.append(least)
                }
                guard now.min() ?? 0 <= limit else { return nil }
                (beforeLast, last) = (last, now)
            }
            return last[other.count] <= limit ? last[other.count] : nil
        }
    }
}
