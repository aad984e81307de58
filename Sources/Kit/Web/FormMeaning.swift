import Core

extension Route {
    /// What else is wrong with a form whose fields are not all right, so that everything is said at once: what its
    /// meaning refuses in the fields that could be read. Looking changes nothing; what is looked at is thrown away.
    ///
    /// Where a field is missing or cannot be read, others stand in for it: its least and its greatest value, each of
    /// its choices. Said is only what is refused whatever stands there, word for word, so nobody is told of a fault that
    /// is none once the missing field is filled in.
    ///
    /// - Parameters:
    ///   - found: what is wrong with the fields themselves.
    ///   - standsIn: whether anything may stand in; else the value is looked at only where there is one.
    static func besides<Input: Form>(
        _ found: [FieldError], _ form: Input.Type, _ input: RawInput, standsIn: Bool, _ look: (Input) throws -> Void
    ) -> [FieldError] {
        let standIns = StandIns(form, for: found, isAllowed: standsIn)
        var agreed: [FieldError]?
        for round in 0..<standIns.rounds {
            let reader = FormReader(Input.fields, standIns.filled(input, round: round))
            guard let value = Input(reader) else { continue }
            let new = (reader.errors + refused(by: look, value)).filter { new in
                !found.contains { $0.field == new.field }
            }
            agreed = agreed.map { $0.filter(new.contains) } ?? new
            if agreed?.isEmpty ?? false { break }
        }
        return (agreed ?? []).reduce(into: []) { said, error in if !said.contains(error) { said.append(error) } }
    }

    private static func refused<Input>(by look: (Input) throws -> Void, _ value: Input) -> [FieldError] {
        do {
            try look(value)
            return []
        } catch let refusal as Refusal {
            return refusal.all.filter { $0.kind == .invalid }.map { FieldError($0.field, $0.key, $0.arguments) }
        } catch {
            return []
        }
    }
}

/// What stands in for the faulty fields of one form, a different mixture each round.
private struct StandIns {
    /// Looks at the most: each costs what the handler reads.
    private static let most = 32

    private enum Value {
        case none
        case text(String)
        case file
    }

    /// Each faulty field, as it is named in what was sent, with all that may stand there.
    private let fields: [(name: String, values: [Value])]
    let rounds: Int

    init<Input: Form>(_ form: Input.Type, for found: [FieldError], isAllowed: Bool) {
        let known = Dictionary(
            Input.fields.enumerated().map { ($1.name, ($0, $1)) }, uniquingKeysWith: { first, _ in first })
        let names = found.compactMap(\.field).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        // Nobody's secret is guessed at, not even here.
        let hasSecret = Input.fields.contains { if case .secret = $0.kind { true } else { false } }
        guard isAllowed, !hasSecret else {
            fields = []
            rounds = 1
            return
        }
        fields = names.map { name in
            // A line of a group has its record's name behind its own.
            let base = String(name.prefix { $0 != "." })
            guard let (index, field) = known[name] ?? known[base] else { return (name, [.none]) }
            let values = Input.standIns[base].map { $0.map(Value.text) } ?? Self.values(of: field, at: index)
            return (name, field.isRequired && base == name ? values : [.none] + values)
        }
        let mixtures = fields.reduce(1) { min(Self.most, $0 * $1.values.count) }
        rounds = min(Self.most, mixtures + (fields.count > 1 ? fields.map(\.values.count).max() ?? 0 : 0))
    }

    /// No two fields have the same text: two names that must differ do.
    private static func values(of field: Field, at index: Int) -> [Value] {
        func texts(_ most: Int) -> [Value] {
            [1_000, 2_100].map { .text(String("\($0 + index)".suffix(max(1, most)))) }
        }
        switch field.kind {
        case .text(let most), .longText(let most), .group(let most): return texts(most)
        case .choice(let values): return values.isEmpty ? texts(4) : values.map(Value.text)
        case .whole(let range): return [.text("\(range.lowerBound)"), .text("\(range.upperBound)")]
        case .quantity: return [.text("0"), .text("999999999")]
        case .day: return [.text("01/01/1900"), .text("01/01/2199")]
        case .record: return [.text("\(ID(high: 0, low: UInt64(index + 1)))")]
        case .file: return [.file]
        case .secret, .flag: return [.none]
        }
    }

    /// First all fields go through their values side by side, then in every mixture.
    func filled(_ input: RawInput, round: Int) -> RawInput {
        var input = input
        let beside = fields.count > 1 ? fields.map(\.values.count).max() ?? 0 : 0
        let isMixed = round >= beside
        var rest = isMixed ? round - beside : round
        for (name, values) in fields {
            let value = values[rest % values.count]
            if isMixed { rest /= values.count }
            switch value {
            case .none:
                input.values[name] = nil
                input.files[name] = nil
            case .text(let text): input.values[name] = text
            case .file: input.files[name] = UploadedFile(name: "1", bytes: [0])
            }
        }
        return input
    }
}

/// What a handler finds wrong, gathered, so that it is said at once and not one thing a time.
package struct FormFaults {
    private var all: [Refusal] = []

    package init() {}

    /// Keeps a refusal, with all that it says, to be told with the others; nil is none.
    package mutating func add(_ refusal: Refusal?) { all += refusal?.all ?? [] }

    /// What a look finds; nil where it refuses something typed, which is kept. Any other refusal ends the handler.
    package mutating func take<Found>(_ look: () throws -> Found) throws -> Found? {
        do { return try look() } catch let refusal as Refusal where refusal.kind == .invalid {
            add(refusal)
            return nil
        }
    }

    /// The record of a field; one that is not to be seen is a wrong choice, not a missing page.
    package mutating func record<Found>(_ field: String, _ look: () throws -> Found) throws -> Found? {
        try take {
            do { return try look() } catch is NotFound {
                throw Refusal(.invalid, "web.field.choice", field: field)
            }
        }
    }

    /// The record a form is about. One that is not to be seen stays not there, as in an address; where something else is
    /// wrong besides, that is said, and the record is a wrong choice. What is gathered is said only where it is not found.
    package mutating func subject<Found>(_ field: String, _ look: () throws -> Found) throws -> Found {
        do { return try look() } catch is NotFound {
            if !all.isEmpty { add(Refusal(.invalid, "web.field.choice", field: field)) }
        } catch let refusal as Refusal where refusal.kind == .invalid {
            add(refusal)
        }
        try say()
        throw NotFound()
    }

    /// Everything that was gathered; nil where nothing was.
    package var refusal: Refusal? { Refusal.of(all) }

    /// Refuses with everything that was kept, where something was.
    package func say() throws(Refusal) {
        if let refusal { throw refusal }
    }

    /// What was found, once everything is said that is wrong.
    package func found<Found>(_ value: Found?) throws -> Found {
        try say()
        guard let value else { throw NotFound() }
        return value
    }
}
