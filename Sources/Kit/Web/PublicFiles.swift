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
        let types = [
            "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml",
            "txt": "text/plain; charset=utf-8", "webmanifest": "application/manifest+json", "png": "image/png",
        ]
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
            throw AssetFault(description: "no folder \(folder)")
        }
        var files: [String: File] = [:]
        var all = SHA256()
        for name in names.sorted() {
            guard let type = types[String(name.split(separator: ".").last ?? "")],
                let content = FileManager.default.contents(atPath: "\(folder)/\(name)")
            else { continue }
            let bytes = name.hasSuffix(".css") ? PublicFiles.withoutComments(content) : Array(content)
            all.update(data: bytes)
            files[name] = File(
                type: type, bytes: bytes, zipped: type.hasPrefix("image/png") ? nil : Gzip.compress(bytes, level: 9),
                tag: "\"\(Hex.text(Array(SHA256.hash(data: bytes)).prefix(8)))\"")
        }
        self.files = files
        version = Hex.text(Array(all.finalize()).prefix(4))
    }

    /// Notes and indents for whoever reads the sheet are not for telephones: a twentieth of it on the wire.
    private static func withoutComments(_ style: Data) -> [UInt8] {
        let text = String(decoding: style, as: UTF8.self)
        var bare = text.replacing(/\/\*.*?\*\//.dotMatchesNewlines(), with: "").replacing(/\n\s+/, with: "\n")
        for mark in [";", ":", ","] { bare = bare.replacing("\(mark) ", with: mark) }
        return Array(bare.utf8)
    }
}
