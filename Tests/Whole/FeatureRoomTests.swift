import Foundation
import Testing

/// The rooms of a feature are alike: whoever knows one finds their way in all (STYLE.md).
@Suite struct FeatureRoomTests {
    private static let features = "\(Checkout.root)/Sources/Features"

    private func names(in folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    }

    @Test func everyFeatureHasTheSameRoomsAndItsNameOnEveryFile() {
        let features = names(in: Self.features)
        #expect(features.count >= 12)
        for feature in features {
            let rooms = Set(names(in: "\(Self.features)/\(feature)"))
            let allowed: Set<String> = ["\(feature).swift", "Rules", "Store", "Web", "Templates", "Words"]
            #expect(rooms.isSubset(of: allowed), "\(feature) has \(rooms.subtracting(allowed))")
            #expect(rooms.contains("\(feature).swift"), "\(feature) has no file of its name")
            for room in ["Rules", "Store", "Web"] {
                for file in names(in: "\(Self.features)/\(feature)/\(room)") {
                    let isNamed = file.hasPrefix(feature) && file.hasSuffix(".swift")
                    #expect(isNamed, "\(feature)/\(room)/\(file) begins otherwise")
                }
            }
            for file in names(in: "\(Self.features)/\(feature)/Templates") {
                #expect(file.hasPrefix(feature.lowercased() + "-"), "\(feature)/Templates/\(file) begins otherwise")
            }
            #expect(names(in: "\(Self.features)/\(feature)/Words") == ["en.json", "vi.json"])
        }
    }

    @Test func noFileIsCalledByNothing() {
        let empty = /(Utils?|Helpers?|Manager|Service|Common|Extensions?)\.swift$/
        for file in Checkout.files(below: "Sources/Features", ending: ".swift") {
            #expect(!file.path.contains(empty), "\(file.path): nobody decided what it is")
        }
    }

    @Test func tablesAreMadeInSchemasOnly() {
        for file in Checkout.files(below: "Sources/Features", ending: ".swift")
        where file.text.contains("CREATE TABLE") {
            #expect(file.path.contains("/Store/") && file.path.hasSuffix("Schema.swift"), "\(file.path) makes a table")
        }
    }
}
