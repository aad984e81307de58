import Core

extension Criteria.Format {
    /// Where the reader stands in a file: the node, its path, and the nearest code for the words.
    struct Place {
        var tree: Tree
        var path: String
        var code: String

        var isGiven: Bool { tree.content != .empty }

        func with(code: String) -> Place {
            code.isEmpty ? self : Place(tree: tree, path: path, code: code)
        }
    }

    /// Reads values out of a tree and collects what is wrong instead of stopping.
    /// A class, because one list of faults grows through all levels.
    final class Reader {
        private(set) var faults: [Criteria.Fault] = []
        /// Places whose value was given but not understood: what the check of the set says below them is an echo.
        private(set) var unreadable: [String] = []
        private(set) var lines: [String: Int] = [:]

        func note(_ key: Criteria.Fault.Key, _ place: Place, _ arguments: [String: String] = [:]) {
            let line = place.tree.line > 0 ? place.tree.line : self.line(of: place.path)
            faults.append(
                Criteria.Fault(
                    key, at: place.path, line: line, arguments.merging(["code": place.code]) { given, _ in given }))
            unreadable.append(place.path)
        }

        /// The check would speak of these places out of ignorance.
        func distrust(_ paths: String...) { unreadable += paths }

        func isEcho(_ fault: Criteria.Fault) -> Bool {
            unreadable.contains { path in
                path.isEmpty || fault.place == path || fault.place.hasPrefix(path + ".")
                    || fault.place.hasPrefix(path + "[")
            }
        }

        /// What the file writes in short, the check sees at `path`: its line is that of the short form.
        func stands(_ path: String, at place: Place) { lines[path] = place.tree.line }

        /// The line of the nearest place that the file has.
        func line(of path: String) -> Int? { Self.line(of: path, in: lines) }

        static func line(of path: String, in lines: [String: Int]) -> Int? {
            var path = path[...]
            while true {
                if let line = lines[String(path)], line > 0 { return line }
                guard let end = path.lastIndex(where: { $0 == "." || $0 == "[" }) else { return lines[""] }
                path = path[..<end]
            }
        }

        /// The fields of a map. Fields that nobody knows are faults: a misspelt word must not be lost in silence.
        func fields(_ place: Place, _ known: [String]) -> [String: Place] {
            lines[place.path] = place.tree.line
            let entries: [Tree.Entry]
            switch place.tree.content {
            case .map(let given): entries = given
            case .empty: return [:]
            case .scalar, .list:
                note(.notAMap, place)
                return [:]
            }
            var fields: [String: Place] = [:]
            for entry in entries {
                let path = place.path.isEmpty ? entry.key : "\(place.path).\(entry.key)"
                let field = Place(tree: entry.value, path: path, code: place.code)
                lines[path] = entry.value.line
                if known.contains(entry.key) || known.isEmpty {
                    fields[entry.key] = field
                } else {
                    note(.unknownField, field, ["given": entry.key, "known": known.joined(separator: ", ")])
                }
            }
            return fields
        }

        /// The items of a list; none when nothing is given.
        func list(_ place: Place?) -> [Place] {
            guard let place else { return [] }
            lines[place.path] = place.tree.line
            switch place.tree.content {
            case .empty: return []
            case .list(let items):
                return items.enumerated().map { index, tree in
                    let path = "\(place.path)[\(index)]"
                    lines[path] = tree.line
                    return Place(tree: tree, path: path, code: place.code)
                }
            case .scalar, .map:
                note(.notAList, place)
                return []
            }
        }

        /// A text, "" when nothing is given. Line ends inside are kept, blanks around are not.
        func text(_ place: Place?) -> String {
            guard let place else { return "" }
            switch place.tree.content {
            case .empty: return ""
            case .scalar(let text): return trimmed(text)
            case .list, .map:
                note(.notAText, place)
                return ""
            }
        }

        /// A list of texts; one text alone is a list of one.
        func texts(_ place: Place?) -> [String] {
            guard let place else { return [] }
            if case .scalar = place.tree.content { return [text(place)].filter { !$0.isEmpty } }
            return list(place).map { text($0) }
        }

        /// A word out of a closed list; the default when nothing is given, or nothing known.
        func word<Word>(
            _ place: Place?, or standard: Word, _ key: Criteria.Fault.Key = .unknownWord
        ) -> Word where Word: RawRepresentable & CaseIterable, Word.RawValue == String {
            guard let place, place.isGiven else { return standard }
            let given = text(place)
            if let word = Word(rawValue: given) { return word }
            let known = Word.allCases.map(\.rawValue).joined(separator: ", ")
            if !given.isEmpty { note(key, place, ["given": given, "known": known]) }
            return standard
        }

        func thousandths(_ place: Place) -> Int64? {
            let given = text(place)
            if let value = Criteria.Format.thousandths(given) { return value }
            note(.notANumber, place, ["given": given])
            return nil
        }

        /// Points in hundredths; a third decimal is refused rather than rounded.
        func points(_ place: Place?) -> Int? {
            guard let place, place.isGiven, let value = thousandths(place) else { return nil }
            if value % 10 == 0 { return Int(value / 10) }
            note(.notANumber, place, ["given": text(place)])
            return nil
        }

        func whole(_ place: Place?, or standard: Int) -> Int {
            guard let place, place.isGiven, let value = thousandths(place) else { return standard }
            if value % 1000 == 0 { return Int(value / 1000) }
            note(.notANumber, place, ["given": text(place)])
            return standard
        }

        func yesNo(_ place: Place) -> Bool? {
            switch text(place).lowercased() {
            case "yes", "true": return true
            case "no", "false": return false
            case let given:
                note(.notYesNo, place, ["given": given])
                return nil
            }
        }

        func flag(_ place: Place?) -> Bool {
            guard let place, place.isGiven else { return false }
            return yesNo(place) ?? false
        }

        /// `2026-01-31` only: in a file a day must not be read in two ways.
        func day(_ place: Place?) -> Day? {
            guard let place, place.isGiven else { return nil }
            if let day = Day(iso: text(place)) { return day }
            note(.notADay, place, ["given": text(place)])
            return nil
        }

        func share(_ place: Place?) -> Criteria.Share? {
            guard let place, place.isGiven else { return nil }
            let given = text(place)
            if let share = Criteria.Share(text: given) { return share }
            note(.notAShare, place, ["given": given])
            return nil
        }

        /// `word` alone, or a map of one entry `word: more`. Nil when it is neither.
        func tagged(_ place: Place) -> (word: String, rest: Place)? {
            switch place.tree.content {
            case .scalar(let word):
                return (trimmed(word), Place(tree: Tree(.empty), path: place.path, code: place.code))
            case .map(let entries) where entries.count == 1:
                let path = "\(place.path).\(entries[0].key)"
                lines[path] = entries[0].value.line
                return (entries[0].key, Place(tree: entries[0].value, path: path, code: place.code))
            default:
                note(.notOneWord, place)
                return nil
            }
        }

        private func trimmed(_ text: String) -> String {
            var text = text[...]
            while text.first?.isWhitespace == true { text = text.dropFirst() }
            while text.last?.isWhitespace == true { text = text.dropLast() }
            return String(text)
        }
    }
}
