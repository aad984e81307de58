import Foundation
import TestKit

/// The acts that the code writes into the audit trail, and the words there are for them.
enum PeopleActs {
    static func acts() throws -> [String] {
        var acts: Set<String> = []
        let root = URL(fileURLWithPath: TestSite.checkout).appending(path: "Sources")
        let files = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
        while let file = files?.nextObject() as? URL {
            guard file.pathExtension == "swift" else { continue }
            let text = try String(contentsOf: file, encoding: .utf8)
            for match in text.matches(
                of:
                    /\bas: (?:[A-Za-z.]+ \? )?"([a-z][A-Za-z]*\.[a-z][A-Za-z]*)"(?: : "([a-z][A-Za-z]*\.[a-z][A-Za-z]*)")?/
            ) {
                acts.insert(String(match.output.1))
                if let other = match.output.2 { acts.insert(String(other)) }
            }
        }
        return acts.sorted()
    }

    static func words() throws -> Set<String>? {
        let file = TestSite.checkout + "/Sources/Features/People/Words/vi.json"
        guard let bytes = FileManager.default.contents(atPath: file) else { return nil }
        var keys: Set<String> = []
        func gather(_ value: Any, _ path: [String]) {
            if let object = value as? [String: Any] {
                for (key, inner) in object { gather(inner, path + [key]) }
            } else {
                keys.insert(path.joined(separator: "."))
            }
        }
        gather(try JSONSerialization.jsonObject(with: bytes), [])
        return keys
    }
}
