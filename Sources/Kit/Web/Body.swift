import Core
import Foundation

/// Reads what was sent into fields: a form, a form with files, or JSON. Refuses by name what it cannot read.
enum Body {
    /// The most fields and parts a body may have.
    static let fieldsLimit = 2_000

    static func read(_ bytes: [UInt8], contentType: String?) throws(Refusal) -> RawInput {
        let type = (contentType ?? "").lowercased()
        if bytes.isEmpty { return RawInput() }
        if type.hasPrefix("application/x-www-form-urlencoded") { return RawInput(values: try form(bytes)) }
        if type.hasPrefix("multipart/form-data") {
            guard let boundary = boundary(contentType ?? "") else { throw unsupported }
            return try Multipart.read(bytes, boundary: boundary)
        }
        if type.hasPrefix("application/json") { return RawInput(values: try json(bytes)) }
        throw unsupported
    }

    private static var unsupported: Refusal { Refusal(.unsupported, "web.refusal.bodyType") }
    static var damaged: Refusal { Refusal(.invalid, "web.refusal.bodyDamaged") }

    private static func boundary(_ type: String) -> String? {
        guard let range = type.range(of: "boundary=", options: .caseInsensitive) else { return nil }
        let rest = type[range.upperBound...].prefix { $0 != ";" }
        let name = rest.trimmingCharacters(in: CharacterSet(charactersIn: "\" "))
        return name.isEmpty || name.utf8.count > 200 ? nil : name
    }

    static func form(_ bytes: [UInt8]) throws(Refusal) -> [String: String] {
        var values: [String: String] = [:]
        for pair in bytes.split(separator: UInt8(ascii: "&")) {
            let halves = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = text(halves[0]), let value = text(halves.count > 1 ? halves[1] : []) else { throw damaged }
            values[name] = value
            guard values.count <= fieldsLimit else { throw Refusal(.tooLarge, "web.refusal.tooManyFields") }
        }
        return values
    }

    /// Percent-decoded UTF-8; nil when it is not.
    static func text(_ bytes: some Collection<UInt8>) -> String? {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        var rest = bytes.makeIterator()
        while let byte = rest.next() {
            switch byte {
            case UInt8(ascii: "+"): out.append(32)
            case UInt8(ascii: "%"):
                guard let high = rest.next().flatMap(hex), let low = rest.next().flatMap(hex) else { return nil }
                out.append(high << 4 | low)
            default: out.append(byte)
            }
        }
        return String(validating: out, as: UTF8.self)
    }

    private static func hex(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 48...57: byte - 48
        case 65...70: byte - 55
        case 97...102: byte - 87
        default: nil
        }
    }

    /// One object of texts, numbers, flags and one level of groups, spelled as a form would: `reason.III-2`.
    private static func json(_ bytes: [UInt8]) throws(Refusal) -> [String: String] {
        guard let tree = try? JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any] else { throw damaged }
        var values: [String: String] = [:]
        for (name, value) in tree {
            if let group = value as? [String: Any] {
                for (line, inner) in group { values["\(name).\(line)"] = try scalar(inner) }
            } else {
                values[name] = try scalar(value)
            }
            guard values.count <= fieldsLimit else { throw Refusal(.tooLarge, "web.refusal.tooManyFields") }
        }
        return values
    }

    private static func scalar(_ value: Any) throws(Refusal) -> String? {
        switch value {
        case is NSNull: return nil
        case let text as String: return text
        case let number as NSNumber:
            if CFGetTypeID(number) { return number.boolValue ? "true" : "false" }
            // A comma, as people here type it: a dot would be read as a thousand's mark.
            let text = "\(number)"
            return text.contains("e") ? text : text.replacing(".", with: ",")
        default: throw damaged
        }
    }

    /// Whether a JSON number is one of the two flags.
    private static func CFGetTypeID(_ number: NSNumber) -> Bool {
        String(cString: number.objCType) == "c" || String(cString: number.objCType) == "B"
    }
}

/// Reads a form with files. The parts are cut at the boundary; nothing of a part's own name reaches a path.
enum Multipart {
    static func read(_ bytes: [UInt8], boundary: String) throws(Refusal) -> RawInput {
        var input = RawInput()
        let mark = Array("--\(boundary)".utf8)
        var place = 0
        guard let first = find(mark, in: bytes, from: 0) else { throw Body.damaged }
        place = first + mark.count
        var parts = 0
        while true {
            if bytes[place...].starts(with: "--".utf8) { return input }
            guard bytes[place...].starts(with: [13, 10]) else { throw Body.damaged }
            place += 2
            guard let headEnd = find([13, 10, 13, 10], in: bytes, from: place, within: 8_192),
                let end = find([13, 10] + mark, in: bytes, from: headEnd + 2)
            else { throw Body.damaged }
            let head = String(decoding: bytes[place..<headEnd], as: UTF8.self)
            // An empty part's content begins where the line break before the boundary does.
            let start = min(headEnd + 4, end)
            try add(head, Array(bytes[start..<end]), to: &input)
            place = end + 2 + mark.count
            parts += 1
            guard parts <= Body.fieldsLimit, place + 2 <= bytes.count else { throw Body.damaged }
        }
    }

    private static func add(_ head: String, _ content: [UInt8], to input: inout RawInput) throws(Refusal) {
        guard
            let line = head.split(separator: "\r\n").first(where: { $0.lowercased().hasPrefix("content-disposition:") }
            ),
            let name = parameter("name", of: line)
        else { throw Body.damaged }
        if let file = parameter("filename", of: line) {
            var key = name
            var count = 1
            // Several files of one field come as parts of one name.
            while input.files[key] != nil {
                count += 1
                key = "\(name)#\(count)"
            }
            input.files[key] = UploadedFile(name: file, bytes: content)
        } else {
            guard let text = String(validating: content, as: UTF8.self) else { throw Body.damaged }
            input.values[name] = text
        }
    }

    private static func parameter(_ name: String, of line: Substring) -> String? {
        guard let start = line.range(of: " \(name)=\"") else { return nil }
        let rest = line[start.upperBound...]
        guard let end = rest.firstIndex(of: "\"") else { return nil }
        return String(rest[..<end])
    }

    /// Where the pattern begins; nil when it does not come.
    private static func find(_ pattern: [UInt8], in bytes: [UInt8], from start: Int, within most: Int? = nil) -> Int? {
        let last = min(bytes.count, most.map { start + $0 } ?? bytes.count) - pattern.count
        guard start <= last else { return nil }
        return bytes.withUnsafeBufferPointer { all in
            pattern.withUnsafeBufferPointer { wanted in
                for place in start...last where all[place] == wanted[0] {
                    var offset = 1
                    while offset < wanted.count, all[place + offset] == wanted[offset] { offset += 1 }
                    if offset == wanted.count { return place }
                }
                return nil
            }
        }
    }
}
