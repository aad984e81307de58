import CExpat

/// Who is told what an XML text contains, in its order. A thrown error ends the reading and reaches the caller.
protocol XMLListener: AnyObject {
    func start(_ name: XMLName, _ attributes: XMLAttributes) throws
    func end(_ name: XMLName) throws
    /// Text between tags, in as many pieces as the parser likes.
    func text(_ bytes: UnsafeBufferPointer<UInt8>) throws
}

/// The name of an element or attribute without its prefix, valid only while the listener is told.
struct XMLName {
    private let local: UnsafePointer<CChar>

    init(_ name: UnsafePointer<CChar>) {
        var local = name
        var at = name
        while at.pointee != 0 {
            if at.pointee == CChar(bitPattern: UInt8(ascii: ":")) { local = at + 1 }
            at += 1
        }
        self.local = local
    }

    static func == (name: XMLName, text: StaticString) -> Bool {
        UnsafeRawPointer(text.utf8Start).withMemoryRebound(to: CChar.self, capacity: text.utf8CodeUnitCount + 1) {
            var (a, b) = (name.local, $0)
            while a.pointee == b.pointee {
                if a.pointee == 0 { return true }
                a += 1
                b += 1
            }
            return false
        }
    }
}

/// The attributes of one element, valid only while the listener is told.
struct XMLAttributes {
    fileprivate let list: UnsafeMutablePointer<UnsafePointer<CChar>?>?

    /// The value's bytes, without copying; nil when there is no such attribute.
    func bytes(_ wanted: StaticString) -> UnsafeBufferPointer<UInt8>? {
        guard var at = list else { return nil }
        while let name = at[0], let value = at[1] {
            if XMLName(name) == wanted {
                var count = 0
                while value[count] != 0 { count += 1 }
                return value.withMemoryRebound(to: UInt8.self, capacity: count) {
                    UnsafeBufferPointer(start: $0, count: count)
                }
            }
            at += 2
        }
        return nil
    }

    subscript(_ wanted: StaticString) -> String? {
        bytes(wanted).map { String(decoding: $0, as: UTF8.self) }
    }

    /// The value as a number without sign; nil when it is none or too large.
    func number(_ wanted: StaticString) -> Int? {
        bytes(wanted).flatMap { Int(String(decoding: $0, as: UTF8.self)) }.flatMap { $0 >= 0 ? $0 : nil }
    }
}

/// Reads XML as a stream through libexpat in bounded memory. A doctype ends the reading: without one there are no
/// entities to expand and nothing outside to fetch.
final class XMLStream {
    private let listener: any XMLListener
    private let limits: Limits
    private var failure: (any Error)?
    private var depth = 0
    private var parser: XML_Parser?

    private init(_ listener: any XMLListener, _ limits: Limits) {
        self.listener = listener
        self.limits = limits
    }

    /// Reads one entry of an archive to its end.
    static func read(_ entry: String, of archive: ZipArchive, limits: Limits, into listener: any XMLListener) throws {
        let stream = XMLStream(listener, limits)
        guard let parser = XML_ParserCreate(nil) else { throw DocumentFault.damaged }
        stream.parser = parser
        defer { XML_ParserFree(parser) }
        stream.listen(parser)
        try withExtendedLifetime(stream) {
            try stream.feed(parser, entry, archive)
        }
    }

    private func feed(_ parser: XML_Parser, _ entry: String, _ archive: ZipArchive) throws {
        var fed = 0
        try archive.read(
            entry,
            space: { count in
                // The archive unpacks straight into the parser's own buffer.
                guard let space = XML_GetBuffer(parser, Int32(count)) else { throw DocumentFault.damaged }
                return space
            },
            took: { count, last in
                fed += count
                let status = XML_ParseBuffer(parser, Int32(count), last ? 1 : 0)
                if let failure { throw failure }
                guard status == XML_STATUS_OK else { throw DocumentFault.damaged }
                guard last || fed - Int(XML_GetCurrentByteIndex(parser)) <= limits.xmlTokenBytes + count else {
                    throw DocumentFault.damaged
                }
            })
    }

    /// Runs a listener's step; the first error stops the parser, and later calls do nothing.
    fileprivate func step(_ body: () throws -> Void) {
        guard failure == nil else { return }
        do {
            try body()
        } catch {
            failure = error
            XML_StopParser(parser, 0)
        }
    }

    private func listen(_ parser: XML_Parser) {
        XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
        XML_SetElementHandler(
            parser,
            { data, name, attributes in
                guard let stream = XMLStream.of(data), let name else { return }
                stream.step { try stream.started(XMLName(name), XMLAttributes(list: attributes)) }
            },
            { data, name in
                guard let stream = XMLStream.of(data), let name else { return }
                stream.step { try stream.ended(XMLName(name)) }
            })
        XML_SetCharacterDataHandler(parser) { data, text, count in
            guard let stream = XMLStream.of(data), let text, count > 0 else { return }
            text.withMemoryRebound(to: UInt8.self, capacity: Int(count)) { bytes in
                stream.step { try stream.listener.text(UnsafeBufferPointer(start: bytes, count: Int(count))) }
            }
        }
        XML_SetStartDoctypeDeclHandler(parser) { data, _, _, _, _ in
            guard let stream = XMLStream.of(data) else { return }
            stream.step { throw DocumentFault.damaged }
        }
    }

    private func started(_ name: XMLName, _ attributes: XMLAttributes) throws {
        depth += 1
        guard depth <= limits.xmlDepth else { throw DocumentFault.damaged }
        try listener.start(name, attributes)
    }

    private func ended(_ name: XMLName) throws {
        depth -= 1
        try listener.end(name)
    }

    private static func of(_ data: UnsafeMutableRawPointer?) -> XMLStream? {
        data.map { Unmanaged<XMLStream>.fromOpaque($0).takeUnretainedValue() }
    }
}
