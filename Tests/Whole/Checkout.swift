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

    /// Files below a folder with an ending, by their path from the root. That there are none is a fault of the test: it
    /// would look at nothing and pass.
    static func files(below folder: String, ending: String) -> [(path: String, text: String)] {
        var found: [(String, String)] = []
        if let walker = FileManager.default.enumerator(atPath: "\(root)/\(folder)") {
            for case let name as String in walker where name.hasSuffix(ending) {
                guard let text = try? String(contentsOfFile: "\(root)/\(folder)/\(name)", encoding: .utf8) else {
                    continue  // a picture
                }
                found.append(("\(folder)/\(name)", text))
            }
        }
        if found.isEmpty { Issue.record("nothing below \(folder) ends with \(ending)") }
        return found.sorted { $0.0 < $1.0 }
    }

    /// What is made here and never committed (.gitignore), and what is not ours to read.
    private static func isForeign(_ name: String) -> Bool {
        name == ".git" || name == "data" || name == "__pycache__" || name.hasPrefix(".build") || name == ".DS_Store"
            || name.contains(".sqlite")
    }

    /// Every text file of the checkout, whatever its ending: scripts and the Makefile have none. The folder is walked,
    /// because git need not be there.
    static func allFiles() throws -> [(path: String, text: String)] {
        var found: [(String, String)] = []
        for top in try FileManager.default.contentsOfDirectory(atPath: root).sorted() where !isForeign(top) {
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: "\(root)/\(top)", isDirectory: &isFolder) else { continue }
            let walker = isFolder.boolValue ? FileManager.default.enumerator(atPath: "\(root)/\(top)") : nil
            let names = isFolder.boolValue ? (walker?.compactMap { $0 as? String } ?? []).map { "\(top)/\($0)" } : [top]
            for name in names where !name.contains("__pycache__") {
                // Folders and pictures are no texts.
                guard let text = try? String(contentsOfFile: "\(root)/\(name)", encoding: .utf8) else { continue }
                found.append((name, text))
            }
        }
        return found
    }
}
