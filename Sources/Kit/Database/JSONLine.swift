import Core

/// An object of texts and numbers in one line of JSON, keys in the order they are put in. Receipts and the details of
/// audit records are written with every save, and a general encoder costs more there than the row it fills.
struct JSONLine {
    private var bytes: [UInt8] = [UInt8(ascii: "{")]

    /// The closed object.
    var text: String { String(decoding: bytes, as: UTF8.self) + "}" }

    /// Leaves the key out where there is no value.
    mutating func put(_ key: StaticString, _ value: String?) {
        guard let value else { return }
        open(key)
        JSONLine.append(value, to: &bytes)
    }

    mutating func put(_ key: StaticString, _ value: Int?) {
        guard let value else { return }
        open(key)
        bytes.append(contentsOf: String(value).utf8)
    }

    private mutating func open(_ key: StaticString) {
        if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
        bytes.append(UInt8(ascii: "\""))
        key.withUTF8Buffer { bytes.append(contentsOf: $0) }
        bytes.append(contentsOf: "\":".utf8)
    }

    /// RFC 8259: quotation mark, backslash and control characters must be escaped, all else may stand as it is.
    private static func append(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case 0x0A: bytes += Array("\\n".utf8)
            case 0x0D: bytes += Array("\\r".utf8)
            case 0x09: bytes += Array("\\t".utf8)
            case 0..<0x20:
                let digits = String(byte, radix: 16)
                bytes += Array("\\u00\(digits.count == 1 ? "0" : "")\(digits)".utf8)
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}

extension Receipt {
    /// As the operation keeps it; read again with a JSON decoder.
    var line: String {
        var line = JSONLine()
        line.put("flash", flash)
        line.put("id", id?.description)
        line.put("location", location)
        line.put("version", version)
        return line.text
    }
}

extension Transaction.Detail {
    var line: String {
        var line = JSONLine()
        line.put("after", after)
        line.put("before", before)
        line.put("what", what)
        return line.text
    }
}
