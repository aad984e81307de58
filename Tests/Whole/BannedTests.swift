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

    /// Where the text calls what is banned; what stands in a comment is not called.
    private func calls(of ban: Ban, in text: String) -> [Int] {
        var lines: [Int] = []
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            var code = String(line.split(separator: "//", maxSplits: 1, omittingEmptySubsequences: false)[0])
            for exception in ban.except { code = code.replacing(exception, with: "") }
            if code.contains(ban.pattern) { lines.append(number + 1) }
        }
        return lines
    }

    @Test func nothingBannedIsCalled() throws {
        for ban in bans {
            let files = Checkout.files(below: ban.folder, ending: ".swift")
            try #require(files.count >= 15, "\(ban.folder): only \(files.count) files were looked at")
            for file in files {
                for line in calls(of: ban, in: file.text) {
                    Issue.record("\(file.path):\(line): \(ban.pattern): \(ban.because)")
                }
            }
        }
        #expect(Checkout.files(below: "Sources", ending: ".swift").count > 500)
    }

    /// The control: what the walk must find, and what it must leave alone.
    @Test func whatIsPlantedIsFound() {
        for ban in bans {
            #expect(calls(of: ban, in: "func f() {\n    let x = \(ban.pattern) \n}\n") == [2], "\(ban.pattern)")
            #expect(calls(of: ban, in: "    // never \(ban.pattern)\n") == [], "\(ban.pattern)")
            for exception in ban.except { #expect(calls(of: ban, in: "let x = \(exception)") == []) }
        }
        #expect(places(in: "cd /home/somebody/x", of: "README.md") == ["/home/"])
        #expect(places(in: "a ../shared/data/admin b", of: "scripts/setup") == ["../shared/"])
        #expect(places(in: "a ../shared/data/admin b", of: "Makefile").isEmpty)
        #expect(places(in: "/homes and /workshop", of: "README.md").isEmpty)
        #expect(imports(of: "import Core\nimport Database\n  import x") == ["Database"])
    }

    /// What a file of rules imports and may not.
    private func imports(of text: String) -> [String] {
        let allowed: Set<String> = [
            "Core", "Foundation", "FoundationEssentials", "Criteria", "Organisation", "Ballots",
        ]
        return text.split(separator: "\n").filter { $0.hasPrefix("import ") }.map { String($0.dropFirst(7)) }
            .filter { !allowed.contains($0) }
    }

    @Test func rulesImportCoreOnly() throws {
        let rules = Checkout.files(below: "Sources/Features", ending: ".swift").filter { $0.path.contains("/Rules/") }
        try #require(rules.count > 40)
        for file in rules {
            for module in imports(of: file.text) {
                Issue.record("\(file.path) imports \(module); rules are values without a world")
            }
        }
    }

    @Test func noFileIsTooLongToRead() {
        for file in Checkout.files(below: "Sources", ending: ".swift") {
            let lines = file.text.split(separator: "\n", omittingEmptySubsequences: false).count
            #expect(lines <= 330, "\(file.path) has \(lines) lines")
        }
    }

    /// Places of a machine, or beside the checkout, that a file names. Data that are read only where they lie beside it
    /// are named where the tests are started, and nowhere else.
    private func places(in text: String, of path: String) -> [String] {
        let beside = ["Makefile", ".ci/run"].contains(path) ? [] : ["../shared/"]
        return (["/work/", "/root/", "/home/"] + beside).filter { text.contains($0) }
    }

    @Test func noPlaceOfAMachineIsNamed() throws {
        let files = try Checkout.allFiles()
        try #require(files.count > 1_200, "only \(files.count) files were looked at")
        let paths = Set(files.map(\.path))
        for path in [
            "Makefile", "README.md", "README.vi.md", ".ci/run", "Benchmarks/run", "scripts/setup", "scripts/interface",
            "Package.swift", "Public/kieumau.js", ".gitignore",
        ] { #expect(paths.contains(path), "\(path) was not looked at") }
        for file in files where file.path != "Tests/Whole/BannedTests.swift" {
            for place in places(in: file.text, of: file.path) { Issue.record("\(file.path) names \(place)") }
        }
    }
}
