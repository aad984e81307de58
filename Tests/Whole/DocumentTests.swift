import Foundation
import Testing
@testable import Web

/// What is written beside the code: nothing is left out of its list, and no link leads nowhere.
@Suite("Documents") struct DocumentTests {
    private func text(_ path: String) throws -> String {
        try String(contentsOfFile: "\(Checkout.root)/\(path)", encoding: .utf8)
    }

    private func names(in folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "\(Checkout.root)/\(folder)").sorted()
    }

    @Test func everyDocumentStandsInTheTable() throws {
        let table = try text("docs/README.md")
        for name in try names(in: "docs") where name != "README.md" {
            #expect(table.contains("](\(name)"), "docs/README.md leaves out \(name)")
        }
        for page in ["README.md", "README.vi.md", "docs/house.md"] {
            #expect(try text(page).contains(page.hasPrefix("docs/") ? "](README.md)" : "](docs/README.md)"), "\(page)")
        }
    }

    @Test func everyDecisionStandsInTheHouse() throws {
        let house = try text("docs/house.md")
        for name in try names(in: "docs/decisions") {
            #expect(house.contains("[\(name.prefix(4))](decisions/\(name))"), "docs/house.md leaves out \(name)")
            #expect(try text("docs/decisions/\(name)").hasPrefix("# \(name.prefix(4)). "), "\(name) has another number")
        }
    }

    /// `make test` compares what is drawn by the Makefile's list.
    @Test func everyDrawnPageIsCompared() throws {
        let makefile = try text("Makefile")
        for name in try names(in: "docs") where name.hasSuffix(".md") || name.hasSuffix(".sql") {
            let isDrawn = try text("docs/\(name)").prefix(600).contains(/`make access`\s+draws it anew/)
            #expect(makefile.contains("docs/\(name)") == isDrawn, "docs/\(name)")
        }
    }

    /// A server in front must let through what the program takes, and the document says how much that is.
    @Test func theLargestRequestIsTheDocumentedOne() throws {
        let most = try #require(TemplateTests.routes.map(\.bodyLimit).max())
        let operating = try text("docs/operating.md")
        #expect(operating.contains("client_max_body_size \(most >> 20)m;"), "a request may have \(most) bytes")
        #expect(operating.contains("one request at most \(most >> 20) MiB"))
    }

    @Test func noLinkLeadsNowhere() throws {
        let pages =
            ["README.md", "README.vi.md", "CONTRIBUTING.md", "STYLE.md", "CHANGELOG.md"]
            + (try names(in: "docs").filter { $0.hasSuffix(".md") }.map { "docs/\($0)" })
            + (try names(in: "docs/decisions").map { "docs/decisions/\($0)" })
        for page in pages {
            let folder = (page as NSString).deletingLastPathComponent
            for link in try text(page).matches(of: /\]\(([^)\s#]+)(#[^)]*)?\)/) {
                let target = String(link.output.1)
                if target.contains("://") { continue }
                let path = "\(Checkout.root)/\(folder.isEmpty ? "" : folder + "/")\(target)"
                #expect(FileManager.default.fileExists(atPath: path), "\(page) leads to \(target)")
            }
        }
    }
}
