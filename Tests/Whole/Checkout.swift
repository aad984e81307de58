import Foundation
import Testing

/// The checkout that is being tested, and pages of docs/ that are drawn from the code.
enum Checkout {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    /// Compares a drawn page with the committed one; with RECORD=1 in the environment draws it anew.
    static func compare(_ drawn: String, with page: String) throws {
        let path = "\(root)/docs/\(page)"
        if ProcessInfo.processInfo.environment["RECORD"] == "1" {
            try drawn.write(toFile: path, atomically: true, encoding: .utf8)
            return
        }
        let committed = try? String(contentsOfFile: path, encoding: .utf8)
        #expect(
            committed == drawn,
            "docs/\(page) no longer says what the code does; read the difference, then draw it anew with `make access`")
    }

    /// Files below a folder with an ending, by their path from the root.
    static func files(below folder: String, ending: String) -> [(path: String, text: String)] {
        guard let walker = FileManager.default.enumerator(atPath: "\(root)/\(folder)") else { return [] }
        var found: [(String, String)] = []
        for case let name as String in walker where name.hasSuffix(ending) {
            guard let text = try? String(contentsOfFile: "\(root)/\(folder)/\(name)", encoding: .utf8) else { continue }
            found.append(("\(folder)/\(name)", text))
        }
        return found.sorted { $0.0 < $1.0 }
    }
}
