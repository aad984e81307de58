import Core

extension Recognition {
    /// Somebody who was there, as minutes (biên bản) name them: the name, and the duty in which they came.
    package struct Attendee: Sendable, Equatable, Codable {
        package let name: String
        /// "Trưởng thôn"; nil where only a name, or only a duty, was written.
        package let duty: String?

        package init(_ name: String, duty: String? = nil) {
            self.name = name
            self.duty = duty
        }

        /// "Ya Thương – Trưởng thôn".
        package var line: String { duty.map { "\(name) – \($0)" } ?? name }
    }

    /// The list of those who were there, a person a line. It is kept as text, in the one spelling of `Attendee.line`.
    package enum Attendance {
        /// More people than this come to a residents' meeting, and sign the sheet of households instead.
        package static let most = 40
        /// Of one line.
        package static let longest = 160

        /// People out of lines as they are typed: "Ya Thương – Trưởng thôn". Before the duty stands a dash with a blank
        /// at either side, a tab, a semicolon or, where none of these is, the first comma; numbers and dots of a list at
        /// the head of a line go. Empty lines and a person said twice are left out.
        ///
        /// - Throws: `.invalid` beside the field, for every line at once: too long, without a letter, or too many.
        package static func read(_ text: String, field: String) throws(Refusal) -> [Attendee] {
            var people: [Attendee] = []
            var refusals: [Refusal] = []
            for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated()
            {
                let bare = unnumbered(line)
                guard !bare.isEmpty else { continue }
                guard bare.count <= longest, bare.contains(where: \.isLetter) else {
                    let key = bare.count > longest ? "lineTooLong" : "lineNoName"
                    refusals.append(
                        Refusal(
                            .invalid, "recognition.attendance.refusal.\(key)", field: field,
                            ["line": "\(index + 1)", "most": "\(longest)"]))
                    continue
                }
                let person = person(bare)
                if !people.contains(person) { people.append(person) }
            }
            if people.count > most {
                refusals.append(
                    Refusal(
                        .invalid, "recognition.attendance.refusal.tooMany", field: field,
                        ["found": "\(people.count)", "most": "\(most)"]))
            }
            if let refusal = Refusal.of(refusals) { throw refusal }
            return people
        }

        /// As it is kept; nil for nobody.
        package static func text(_ people: [Attendee]) -> String? {
            people.isEmpty ? nil : people.map(\.line).joined(separator: "\n")
        }

        /// What was kept. A line that no rule would pass today still names somebody.
        package static func people(_ text: String?) -> [Attendee] {
            (text ?? "").split(whereSeparator: \.isNewline).map { person(String($0)) }
        }

        private static func person(_ line: String) -> Attendee {
            for mark in [" – ", " — ", " - ", "\t", ";", ","] {
                guard let cut = range(of: mark, in: line) else { continue }
                let (name, duty) = (trimmed(line[..<cut.lowerBound]), trimmed(line[cut.upperBound...]))
                if name.isEmpty || duty.isEmpty { return Attendee(name.isEmpty ? duty : name) }
                return Attendee(name, duty: duty)
            }
            return Attendee(trimmed(line[...]))
        }

        private static func range(of mark: String, in line: String) -> Range<String.Index>? {
            var start = line.startIndex
            while start < line.endIndex {
                if line[start...].hasPrefix(mark) {
                    return start..<(line.index(start, offsetBy: mark.count))
                }
                start = line.index(after: start)
            }
            return nil
        }

        /// Without "1.", "2)", "-" or "•" at its head.
        private static func unnumbered(_ line: Substring) -> String {
            var rest = Substring(trimmed(line))
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            if let next = rest.dropFirst(digits.count).first, !digits.isEmpty, ".)/".contains(next) {
                rest = rest.dropFirst(digits.count + 1)
            } else if let first = rest.first, "-–—•*+".contains(first) {
                rest = rest.dropFirst()
            }
            return trimmed(rest)
        }

        private static func trimmed(_ text: Substring) -> String {
            var text = text
            while let first = text.first, first.isWhitespace { text = text.dropFirst() }
            while let last = text.last, last.isWhitespace || ";,–—-".contains(last) { text = text.dropLast() }
            return String(text)
        }
    }
}
