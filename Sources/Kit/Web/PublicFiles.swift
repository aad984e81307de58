import Core
import Crypto
import Foundation

/// The stylesheet, the script and the sign: read once, compressed once, told apart by their content.
package struct PublicFiles: Sendable {
    struct File: Sendable {
        let type: String
        let bytes: [UInt8]
        let zipped: [UInt8]?
        let tag: String
    }

    let files: [String: File]
    /// Changes with any of them; put behind their addresses, so that a browser may keep them for a year.
    package let version: String

    init(folder: String) throws {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
            throw AssetFault(description: "no folder \(folder)")
        }
        var files: [String: File] = [:]
        var all = SHA256()
        for name in names.sorted() {
            guard let type = PublicFiles.type(of: name),
                let content = FileManager.default.contents(atPath: "\(folder)/\(name)")
            else { continue }
            if let fault = PublicFiles.fault(of: name, Array(content)) {
                throw AssetFault(description: "\(folder)/\(name) \(fault)")
            }
            let bytes = name.hasSuffix(".css") ? PublicFiles.withoutComments(content) : Array(content)
            all.update(data: bytes)
            files[name] = File(
                type: type, bytes: bytes, zipped: type.hasPrefix("image/png") ? nil : Gzip.compress(bytes, level: 9),
                tag: "\"\(Hex.text(Array(SHA256.hash(data: bytes)).prefix(8)))\"")
        }
        self.files = files
        version = Hex.text(Array(all.finalize()).prefix(4))
    }

    /// What keeps a browser from using a file; nil when nothing does. A copy that was cut off is found at the start, not
    /// by whoever opens a page.
    private static func fault(of name: String, _ bytes: [UInt8]) -> String? {
        guard !bytes.isEmpty else { return "is empty" }
        if name.hasSuffix(".png") {
            let isWhole = bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) && bytes.suffix(8).starts(with: "IEND".utf8)
            return isWhole ? nil : "is no whole picture"
        }
        guard let text = String(validating: bytes, as: UTF8.self) else { return "is not UTF-8 text" }
        guard name.hasSuffix(".svg") else { return nil }
        return text.contains("<svg") && text.trimmingBlanks.hasSuffix("</svg>") ? nil : "is no whole picture"
    }

    /// The files that templates name and that are not here.
    func missing(from templates: [String: String]) -> [String] {
        // By bytes: a search by pattern through all templates was a tenth of the time to be ready.
        var named: Set<String> = []
        for text in templates.values {
            var rest = text[...]
            while let mark = rest.place(of: "=\"/") {
                rest = rest[mark.upperBound...]
                let name = String(Substring(rest.utf8.prefix { PublicFiles.isPlain($0) }))
                if name.contains("."), PublicFiles.type(of: name) != nil { named.insert(name) }
            }
        }
        return named.subtracting(files.keys).sorted()
    }

    /// Nil for a file that is not handed out.
    private static func type(of name: String) -> String? {
        switch name.split(separator: ".").last {
        case "css": "text/css; charset=utf-8"
        case "js": "text/javascript; charset=utf-8"
        case "svg": "image/svg+xml"
        case "txt": "text/plain; charset=utf-8"
        case "webmanifest": "application/manifest+json"
        case "png": "image/png"
        default: nil
        }
    }

    /// Small letters, hyphens and the dot: what names of files here are made of.
    private static func isPlain(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
    }

    /// Notes and indents for whoever reads the sheet are not for telephones: a twentieth of it on the wire.
    private static func withoutComments(_ style: Data) -> [UInt8] {
        let text = String(decoding: style, as: UTF8.self)
        var bare = text.replacing(/\/\*.*?\*\//.dotMatchesNewlines(), with: "").replacing(/\n\s+/, with: "\n")
        for mark in [";", ":", ","] { bare = bare.replacing("\(mark) ", with: mark) }
        return Array(bare.utf8)
    }
}
