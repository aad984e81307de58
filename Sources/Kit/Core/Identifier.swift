/// The name of a record: a UUID of version 7, sixteen bytes, made by the server.
/// Its first 48 bits are the millisecond of its making, so that new rows stand together on disk.
/// Operation ids, which clients make, are version 4 and say nothing about time.
package struct ID: Hashable, Sendable {
    package let high: UInt64
    package let low: UInt64

    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// Sixteen bytes in network order, as both engines store them.
    package init?(bytes: some Collection<UInt8>) {
        guard bytes.count == 16 else { return nil }
        var high: UInt64 = 0
        var low: UInt64 = 0
        for (index, byte) in bytes.enumerated() {
            if index < 8 { high = high << 8 | UInt64(byte) } else { low = low << 8 | UInt64(byte) }
        }
        self.init(high: high, low: low)
    }

    /// The printed form: 32 hexadecimal digits, with or without dashes, in either case.
    package init?(_ text: some StringProtocol) {
        var high: UInt64 = 0
        var low: UInt64 = 0
        var digits = 0
        for byte in text.utf8 {
            let digit: UInt64
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = UInt64(byte) - 48
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = UInt64(byte) - 87
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = UInt64(byte) - 55
            case UInt8(ascii: "-"): continue
            default: return nil
            }
            if digits < 16 { high = high << 4 | digit } else { low = low << 4 | digit }
            digits += 1
            if digits > 32 { return nil }
        }
        guard digits == 32 else { return nil }
        self.init(high: high, low: low)
    }

    package var bytes: [UInt8] {
        withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { Array($0) }
    }
}

extension ID: CustomStringConvertible {
    /// Lower case with dashes, as in every page, answer and log.
    package var description: String {
        var letters: [UInt8] = []
        letters.reserveCapacity(36)
        for (place, byte) in bytes.enumerated() {
            if place == 4 || place == 6 || place == 8 || place == 10 { letters.append(UInt8(ascii: "-")) }
            letters.append(ID.digit(byte >> 4))
            letters.append(ID.digit(byte & 15))
        }
        return String(decoding: letters, as: UTF8.self)
    }

    private static func digit(_ half: UInt8) -> UInt8 { half < 10 ? half + 48 : half + 87 }
}

extension ID: Comparable {
    package static func < (left: ID, right: ID) -> Bool {
        left.high == right.high ? left.low < right.low : left.high < right.high
    }
}

extension ID: Codable {
    package init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let id = ID(text) else {
            throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "not an id"))
        }
        self = id
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
