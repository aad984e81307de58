import Core
import Web

/// What the codes of a set stand for: its titles, classes of area and regions. A difference is written in codes; people
/// read names.
package struct CriteriaNames: Sendable {
    private var names: [String: Criteria.Name] = [:]

    package init() {}

    /// The later set's name stands where both have the code.
    package init(_ sets: CriteriaSet...) {
        for set in sets {
            for title in set.titles where !title.name.vi.isEmpty { names[title.code] = title.name }
            for choice in set.areaClasses + set.regions { names[choice.code] = Criteria.Name(choice.name) }
        }
    }

    func said(_ code: String, _ words: Words) -> String? {
        names[code].map { CriteriaTexts(words).name($0) }
    }
}

/// A place in a set, by codes, and how people say it.
struct CriteriaPlace {
    /// Field names, and codes of list items with the list they stand in.
    private var steps: [(field: String, code: String?)] = []

    init(_ place: String) {
        var rest = place[...]
        while !rest.isEmpty {
            let end = rest.firstIndex { $0 == "." || $0 == "[" } ?? rest.endIndex
            var step: (field: String, code: String?) = (String(rest[..<end]), nil)
            rest = rest[end...]
            if rest.first == "[" {
                // A code may hold a point or a bracket; the item ends where a bracket is followed by a step or nothing.
                var close = rest.firstIndex(of: "]")
                while let at = close, let next = rest[rest.index(after: at)...].first, next != ".", next != "[" {
                    close = rest[rest.index(after: at)...].firstIndex(of: "]")
                }
                let stop = close ?? rest.index(before: rest.endIndex)
                step.code = String(
                    rest[rest.index(after: rest.startIndex)..<max(stop, rest.index(after: rest.startIndex))])
                rest = rest[rest.index(after: stop)...]
            }
            if !step.field.isEmpty || step.code != nil { steps.append(step) }
            if rest.first == "." { rest = rest.dropFirst() }
        }
    }

    var last: String { steps.last?.field ?? "" }

    func code(in list: String) -> String? { steps.last { $0.field == list }?.code }

    /// "Nhóm III · Chỉ tiêu III.2 · Ngưỡng · Khu dân cư kiểu mẫu".
    func said(_ words: Words, _ names: CriteriaNames = CriteriaNames()) -> String {
        let written = CriteriaWritten(words, names)
        var above = ""
        return steps.map { step in
            defer { above = step.field }
            let name = written.word(step.field, under: above) ?? step.field
            return step.code.map { "\(name) \(written.item($0, of: step.field))" } ?? name
        }.joined(separator: " · ")
    }

    /// The same place by codes, where a file counts: `groups[1].indicators[0]` is group II's indicator II.1.
    func coded(in set: CriteriaSet) -> CriteriaPlace {
        var place = self
        var group: Criteria.Standard?
        var criterion: Criteria.Criterion?
        for (number, step) in steps.enumerated() {
            guard let index = step.code.flatMap({ Int($0) }) else { continue }
            switch step.field {
            case "groups" where set.standards.indices.contains(index):
                group = set.standards[index]
                place.steps[number].code = set.standards[index].code
            case "criteria" where group?.criteria.indices.contains(index) ?? false:
                criterion = group?.criteria[index]
                place.steps[number].code = criterion?.code
            case "indicators":
                let all = criterion?.indicators ?? group?.indicators ?? []
                if all.indices.contains(index) { place.steps[number].code = all[index].code }
            case "titles" where number == 0 && set.titles.indices.contains(index):
                place.steps[number].code = set.titles[index].code
            default: break
            }
        }
        return place
    }
}

/// The words of a criteria file in the reader's language. What people wrote themselves (names, guidance, bodies) stays
/// as it is; the file's own words (fields, levels, kinds, terms, days) and the codes of titles are said.
struct CriteriaWritten {
    private let words: Words
    private let names: CriteriaNames
    private var texts: CriteriaTexts { CriteriaTexts(words) }

    init(_ words: Words, _ names: CriteriaNames) {
        self.words = words
        self.names = names
    }

    /// Below these stand codes of the set: titles, classes, regions.
    private static let coded: Set = ["thresholds", "minimumSatisfied", "minimumByClass", "titles", "minimums"]
    /// Their words have a list of their own in the product's words.
    private static let lists = [
        "deciders": "criteria.level", "level": "criteria.level", "suppliedBy": "criteria.source",
        "evidence": "criteria.evidence", "kind": "criteria.kindWord", "required": "criteria.requiredWord",
        "status": "criteria.status", "label": "criteria.label", "subject": "criteria.subject",
        "mayLoosen": "criteria.field",
    ]
    /// What somebody wrote in sentences.
    private static let sentences: Set = [
        "name", "vi", "en", "issuer", "legalBasis", "precondition", "of", "notApplicableIf", "verifier", "answerable",
        "guidance", "example", "basis", "what",
    ]

    /// A field's or a key's word; nil for what is no word of the file.
    func word(_ key: String, under field: String) -> String? {
        if Self.coded.contains(field), let name = names.said(key, words) { return name }
        if let list = Self.lists[field], words.has("\(list).\(key)") { return words("\(list).\(key)") }
        let word = "criteria.field.\(key)"
        return words.has(word) ? words(word) : nil
    }

    /// An item of a list by its code; one that has none is counted from 1.
    func item(_ code: String, of field: String) -> String {
        if let index = Int(code), ["mayLoosen", "legalBasis"].contains(field) {
            return words.language.format.integer(index + 1)
        }
        // A row of thresholds has its conditions in one: "model province".
        return code.split(separator: " ").map { part in
            names.said(String(part), words) ?? Self.lists[field].flatMap { _ in word(String(part), under: field) }
                ?? (words.has("criteria.level.\(part)") ? words("criteria.level.\(part)") : String(part))
        }.joined(separator: ", ")
    }

    /// A value as a change has it: numbers, days, shares, yes and no as people write them, maps part by part.
    func value(_ text: String, at place: CriteriaPlace) -> String {
        if text.isEmpty { return words("criteria.difference.blank") }
        if place.last == "code" || Self.sentences.contains(place.last) { return text }
        return value(text, under: place.last)
    }

    private func value(_ text: String, under field: String) -> String {
        let pieces = text.components(separatedBy: "; ")
        if pieces.count > 1 || text.contains(": ") {
            let said = pieces.map { piece(String($0), under: field) }
            // A text in which nothing is a word of the file is a person's sentence.
            if said.contains(where: { $0 != nil }) {
                return zip(pieces, said).map { $1 ?? $0 }.joined(separator: "; ")
            }
            return text
        }
        return scalar(text, under: field)
    }

    /// "registrationEnds: 03-31" as "Hết hạn đăng ký: 31/3"; nil for what is not of the file.
    private func piece(_ piece: String, under field: String) -> String? {
        guard let colon = piece.range(of: ": ") else {
            let said = scalar(piece, under: field)
            return said == piece ? nil : said
        }
        let (key, rest) = (String(piece[..<colon.lowerBound]), String(piece[colon.upperBound...]))
        if let days = Int(rest), let deadline = Self.deadline(key, days) { return texts.deadline(deadline) }
        if ["areaClasses", "regions"].contains(field), word(key, under: "") == nil { return rest }
        guard let word = word(key, under: field) else { return nil }
        if Self.sentences.contains(key) || ["deciders", "suppliedBy", "evidence"].contains(field) {
            return "\(word): \(rest)"
        }
        return "\(word): \(value(rest, under: key))"
    }

    private static func deadline(_ key: String, _ days: Int) -> Deadline? {
        switch key {
        case "working": .working(days)
        case "calendar": .calendar(days)
        default: nil
        }
    }

    private func scalar(_ text: String, under field: String) -> String {
        if let day = Day(iso: text) { return words.language.format.day(day) }
        if let day = Criteria.Procedure.YearDay(text: text) { return texts.yearDay(day) }
        if text == "yes" || text == "no" { return words("criteria.text.\(text == "yes" ? "isSo" : "isNot")") }
        if text.contains("%"), let share = Criteria.Share(text: text) {
            return share.isExclusive ? texts.share(share) : texts.shareValue(share)
        }
        if let thousandths = Criteria.Format.thousandths(text), !text.contains(" ") {
            return words.language.format.quantity(Quantity(thousandths: thousandths))
        }
        if field == "unit" {
            if text == Criteria.Measure.none.rawValue { return words("criteria.text.noUnit") }
            return words.has("criteria.unit.\(text).many") ? words("criteria.unit.\(text).many") : text
        }
        if field == "operator", let comparison = Criteria.Comparison(rawValue: text) {
            return words("criteria.compared.\(comparison)")
        }
        if field == "mayLoosen", text.contains(".") { return CriteriaPlace(text).said(words, names) }
        if ["after", "title", "titles", "areaClass", "region"].contains(field) || Self.coded.contains(field),
            let name = names.said(text, words)
        {
            return name
        }
        guard Self.lists[field] != nil else { return text }
        return word(text, under: field) ?? text
    }
}

extension CriteriaTexts {
    /// The places of a fault's words: an indicator by code and name, what a frame wants and what is given in words.
    ///
    /// - Parameters:
    ///   - set: the one that is at fault.
    ///   - frame: the one that it was derived from.
    func arguments(of fault: Criteria.Fault, in set: CriteriaSet?, frame: CriteriaSet? = nil) -> [String: String] {
        var arguments = fault.arguments
        guard fault.key.rawValue.hasPrefix("frame"), let code = arguments["code"] else { return arguments }
        let (given, wanted) = (set?.indicator(code), frame?.indicator(code))
        if let indicator = given ?? wanted {
            arguments["code"] = words("criteria.text.indicator", ["code": code, "name": name(indicator.name)])
        } else if let title = set?.title(code) {
            arguments["code"] = name(title.name)
        }
        if let set, let given { arguments["given"] = demand(of: given, in: set) }
        if let frame, let wanted { arguments["wanted"] = demand(of: wanted, in: frame) }
        return arguments
    }

    /// "Khu dân cư tiêu biểu: từ 92 %; Khu dân cư kiểu mẫu: từ 95 %".
    private func demand(of indicator: Criteria.Indicator, in set: CriteriaSet) -> String {
        demands(of: indicator, in: set).map { line in
            line.label.map { "\($0): \(line.demand)" } ?? line.demand
        }.joined(separator: "; ")
    }
}
