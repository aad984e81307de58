import Core
import Foundation
import TestKit
import Testing
import Web

/// What a page costs on an old telephone, weighed on the line: the whole answers with their heads, compressed, through
/// a real port. The first page with all that belongs to it is at most 60 KiB in at most six requests, each page after
/// it at most 15 KiB.
@Suite("What goes over the line", .databases) struct WireTests {
    private static let firstPage = (bytes: 60 * 1_024, requests: 6)
    private static let followingPage = 15 * 1_024

    /// One page on the line.
    private struct Weighed {
        let path: String
        /// The page's own answer.
        let page: Int
        /// With all that a browser fetches for it before it is whole.
        let all: Int
        let requests: Int
    }

    @Test(arguments: TestEngine.all) func everyPageOpensOnAnOldTelephone(on engine: TestEngine) async throws {
        let site = try await TestSite(engine, .demonstration, settings: SiteSettings(isDemonstration: true))
        let (head, person) = try await site.database.read { reader in
            let area = try Subjects(reader)
            return (area, try reader.one("SELECT id FROM person WHERE name = 'Đinh Công Sáu'").id("id"))
        }
        let token = try #require(try await site.signIn(person)[cookie: "kieumau"])
        let chair = try await site.database.read {
            try $0.one("SELECT id FROM person WHERE name = 'Ka Hương'").id("id")
        }
        let communes = try #require(try await site.signIn(chair)[cookie: "kieumau"])
        let pages: [(path: String, token: String?)] = [
            ("/", token), ("/areas", token), ("/dossiers/\(head.dossier)", token),
            ("/dossiers/\(head.dossier)/assessment", token), ("/dossiers/\(head.dossier)/values/III.3", token),
            ("/dossiers/\(head.dossier)/evidence", token), ("/areas/\(head.area)", token), ("/account", token),
            ("/", communes), ("/areas", communes), ("/dossiers", communes),
            ("/dossiers/\(head.dossier)/check", communes),
            ("/portal", nil), ("/portal/areas", nil), ("/portal/areas/\(head.area)", nil), ("/sign-in", nil),
        ]
        try await site.listening { port async throws in
            for (path, token) in pages {
                let weighed = try await Self.weigh(path, token, port)
                #expect(weighed.requests >= 4, "\(path): style, script and sign belong to every page")
                #expect(weighed.requests <= Self.firstPage.requests, "\(path): \(weighed.requests) requests")
                #expect(
                    weighed.all <= Self.firstPage.bytes, "\(path): \(weighed.all) bytes with all that belongs to it")
                #expect(weighed.page <= Self.followingPage, "\(path): \(weighed.page) bytes by itself")
            }
        }
    }

    /// The same scale, where it must say no: the longest page uncompressed.
    @Test func theScaleSaysNo() async throws {
        let site = try await TestSite(.sqlite, .demonstration, settings: SiteSettings(isDemonstration: true))
        let dossier = "/dossiers/\(try await site.database.read(Subjects.init).dossier)"
        let person = try await site.database.read {
            try $0.one("SELECT id FROM person WHERE name = 'Đinh Công Sáu'").id("id")
        }
        let token = try await site.signIn(person)[cookie: "kieumau"]
        try await site.listening { port async throws in
            let plain = try await Self.weigh(dossier, token, port, zipped: false)
            #expect(plain.page > Self.followingPage && plain.all > Self.firstPage.bytes, "\(plain)")
            let zipped = try await Self.weigh(dossier, token, port)
            #expect(zipped.page < plain.page / 2 && zipped.all < plain.all / 2, "\(zipped) beside \(plain)")
        }
        let crowded = """
            <link rel="stylesheet" href="/a.css"><link rel="icon" href="/b.svg"><link rel="canonical" href="/x">
            <script src="/c.js"></script><script>inline</script><img src="/d.jpg"><img src="/d.jpg" alt="twice">
            <img src="data:image/png;base64,AA=="><img srcset="/e.jpg 1x, /f.jpg 2x" src="/e.jpg">
            <img src="/g.jpg" loading="lazy">
            """
        #expect(Self.parts(of: crowded) == ["/a.css", "/b.svg", "/c.js", "/d.jpg", "/e.jpg"])
    }

    private static func weigh(_ path: String, _ token: String?, _ port: Int, zipped: Bool = true) async throws
        -> Weighed
    {
        func get(_ path: String, zipped: Bool) async throws -> [UInt8] {
            var lines = ["GET \(path) HTTP/1.1", "Host: 127.0.0.1:\(port)", "Connection: close"]
            if let token { lines.append("Cookie: kieumau=\(token)") }
            if zipped { lines.append("Accept-Encoding: gzip") }
            let bytes = try await Wire.answer(
                to: Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8), port: port)
            let head = String(decoding: bytes.prefix(2_000), as: UTF8.self)
            #expect(head.hasPrefix("HTTP/1.1 200"), "\(path): \(head.prefix(300))")
            return bytes
        }
        let page = try await get(path, zipped: zipped)
        // The same page once more, to be read.
        let parts = parts(of: String(decoding: try await get(path, zipped: false), as: UTF8.self))
        var all = page.count
        for part in parts { all += try await get(part, zipped: zipped).count }
        return Weighed(path: path, page: page.count, all: all, requests: 1 + parts.count)
    }

    /// What a browser fetches for a page by itself: styles (those for paper too), scripts, icons and pictures, each once.
    /// A picture that waits until somebody scrolls to it is what was asked for, not what the page costs.
    private static func parts(of html: String) -> [String] {
        var found: [String] = []
        for tag in html.matches(of: /<(link|script|img)\s[^>]*>/) {
            let text = String(tag.output.0)
            let source = text.firstMatch(of: /\s(?:src|href)="([^"]+)"/).map { String($0.output.1) }
            guard let source, !source.hasPrefix("data:"), !text.contains("loading=\"lazy\"") else { continue }
            let isFetched =
                tag.output.1 != "link" || text.contains(/rel="(?:stylesheet|icon|preload|modulepreload|manifest)"/)
            if isFetched, !found.contains(source) { found.append(source) }
        }
        return found
    }
}
