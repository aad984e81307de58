import Testing

/// Calls that would make a page depend on the machine, or take the server down.
@Suite struct BannedTests {
    private struct Ban {
        let pattern: String
        let folder: String
        let except: [String]
        let because: String
    }

    private let bans = [
        Ban(pattern: "Date()", folder: "Sources/Features", except: [], because: "the clock is handed in"),
        Ban(pattern: "UUID()", folder: "Sources/Features", except: [], because: "ids are handed in"),
        Ban(pattern: "ProcessInfo", folder: "Sources/Features", except: [], because: "the environment is App's"),
        Ban(pattern: "FileManager", folder: "Sources/Features", except: [], because: "files are handed in"),
        Ban(pattern: "try!", folder: "Sources", except: [], because: "a trap ends the server for everybody"),
        Ban(pattern: "fatalError(", folder: "Sources", except: [], because: "a trap ends the server for everybody"),
        Ban(pattern: "preconditionFailure(", folder: "Sources", except: [], because: "a trap ends the server"),
        Ban(pattern: "MustacheLambda", folder: "Sources", except: [], because: "it would run what a person typed"),
        Ban(pattern: "ILIKE", folder: "Sources", except: [], because: "one engine only"),
        Ban(pattern: "AUTOINCREMENT", folder: "Sources", except: [], because: "ids are made in Swift"),
        Ban(pattern: "now()", folder: "Sources/Features", except: ["clock.now()"], because: "time is made in Swift"),
        Ban(
            pattern: "ORDER BY r.due_on,", folder: "Sources/Features/Rechecks", except: [],
            because: "the engines put what has no day at opposite ends: NULLS LAST"),
        Ban(
            pattern: "ORDER BY d.due_on,", folder: "Sources/Features/Recognition", except: [],
            because: "the engines put what has no day at opposite ends: NULLS LAST"),
        Ban(
            pattern: "maintenance(reason:", folder: "Sources/Features", except: [],
            because: "only seeds and migrations go round the permit"),
    ]

    @Test func nothingBannedIsCalled() {
        for ban in bans {
            for file in Checkout.files(below: ban.folder, ending: ".swift") {
                for (number, line) in file.text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
                    var code = String(line.split(separator: "//", maxSplits: 1, omittingEmptySubsequences: false)[0])
                    for exception in ban.except { code = code.replacing(exception, with: "") }
                    #expect(!code.contains(ban.pattern), "\(file.path):\(number + 1): \(ban.pattern): \(ban.because)")
                }
            }
        }
    }

    @Test func rulesImportCoreOnly() {
        for file in Checkout.files(below: "Sources/Features", ending: ".swift") where file.path.contains("/Rules/") {
            for line in file.text.split(separator: "\n") where line.hasPrefix("import ") {
                let module = line.dropFirst(7)
                let isAllowed = [
                    "Core", "Foundation", "FoundationEssentials", "Criteria", "Organisation", "Ballots",
                ].contains(module)
                #expect(isAllowed, "\(file.path) imports \(module); rules are values without a world")
            }
        }
    }

    @Test func noFileIsTooLongToRead() {
        for file in Checkout.files(below: "Sources", ending: ".swift") {
            let lines = file.text.split(separator: "\n", omittingEmptySubsequences: false).count
            #expect(lines <= 330, "\(file.path) has \(lines) lines")
        }
    }

    @Test func noPlaceOfAMachineIsNamed() {
        for folder in ["Sources", "Tests", "docs", "scripts", "Public", "Demonstration"] {
            for ending in [".swift", ".md", ".yaml", ".mustache", ".json", ".css", ".js"] {
                for file in Checkout.files(below: folder, ending: ending) where !file.path.contains("BannedTests") {
                    for place in ["/work/", "/root/", "/home/"] {
                        #expect(!file.text.contains(place), "\(file.path) names \(place)")
                    }
                }
            }
        }
    }
}
