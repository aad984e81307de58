import Core
import Database
import Foundation
import TestKit
import Testing

/// A telephone that loses its network in the middle of a picture leaves nothing behind.
@Suite("An upload that is cut", .databases) struct RecognitionCutUploadTests {
    /// 64 × 32 pixels of red, as WebP.
    private static let picture = [UInt8](
        Data(
            base64Encoded: """
                UklGRkgAAABXRUJQVlA4IDwAAAAwAwCdASpAACAAPtForlGoJiQipAgBABoJZwDScAs+/lc4AP7qZf+WZwr7l//xvH+S7+3fZTjaPSQAAAA=
                """) ?? Data())

    /// What an upload could leave: rows, kept files and drafts of files.
    private struct Traces: Equatable {
        var rows: [String: Int] = [:]
        var files: [String]

        init(_ site: TestSite) async throws {
            let tables: [StaticString] = ["evidence", "evidence_origin", "evidence_use", "operation", "audit"]
            for table in tables {
                rows[table.description] = try await site.database.read {
                    try $0.one("SELECT count(*) AS n FROM \(SQL(name: table))").integer("n")
                }
            }
            files = FileManager.default.enumerator(atPath: site.files.path)?.compactMap { $0 as? String } ?? []
        }
    }

    @Test(arguments: TestEngine.all) func leavesNothing(on engine: TestEngine) async throws {
        let site = try await TestSite(engine, clock: TestClock(try #require(Day(iso: "2026-08-20"))))
        let set = try await Scene.begin(site.database)
        let dossier = try await site.database.unattended(.seed, giving: { try Scene.register(set, $0) })
        let yaThuong = try await site.signIn(.yaThuong)
        let form = try await yaThuong.open("/dossiers/\(dossier)/values/III.3/evidence/new?secret=no")
            .form("/evidence").attaching("picture", file: "đèn.webp", Self.picture)
        let (type, bytes) = form.body()
        let cookie = "kieumau=\(yaThuong[cookie: "kieumau"] ?? "")"
        let head = Array(
            """
            POST \(form.action) HTTP/1.1\r\nHost: localhost\r\nCookie: \(cookie)\r\nContent-Type: \(type)\r\n\
            Content-Length: \(bytes.count)\r\nSec-Fetch-Site: same-origin\r\nConnection: close\r\n\r\n
            """.utf8)
        let begin = try await Traces(site)
        let drafts = Self.drafts()
        try await site.listening { port in
            // In the fields, in the picture, and one byte before the end.
            let inPicture = bytes.count - Self.picture.count
            for length in [0, 40, bytes.count / 2, inPicture, bytes.count - 1] {
                let answer = try await Wire.exchange(head + bytes[..<length], port: port)
                let isTaken = answer.hasPrefix("HTTP/1.1 30") || answer.hasPrefix("HTTP/1.1 20")
                #expect(!isTaken, "\(length): \(answer.prefix(200))")
                #expect(try await Traces(site) == begin, "cut after \(length) of \(bytes.count)")
            }
            #expect(Self.drafts() == drafts)
            try await yaThuong.open("/dossiers/\(dossier)/values/III.3").expectStatus(200)
            // Whole it is taken, so that the look above can see something.
            let whole = try await Wire.exchange(head + bytes, port: port)
            #expect(whole.hasPrefix("HTTP/1.1 303"), "\(whole.prefix(300))")
            let end = try await Traces(site)
            #expect(end.rows["evidence"] == 1 && end.rows["operation"] == (begin.rows["operation"] ?? 0) + 1)
            #expect(end.files.count > begin.files.count)
        }
    }

    /// Files of this product in the system's folder for temporary ones, but for those of tests.
    private static func drafts() -> [String] {
        let folder = FileManager.default.temporaryDirectory.path
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasPrefix(".writing-") || $0.hasPrefix("upload") || $0.hasPrefix("vips-") }.sorted()
    }
}
