import App
import Core
import Database
import Documents
import Foundation
import Logging
import People
import TestKit
import Testing
@testable import Web

/// Who may open what: every route as everybody of the cast, on the demonstration, against the committed page
/// docs/access.md. A new route or a changed right is a readable difference there.
@Suite("Access", .databases) struct AccessTests {
    /// The people of the walk; the subjects are those of Thôn Thông Xanh, commune Đơn Dương.
    static let people: [(column: String, name: String?)] = [
        ("nobody", nil), ("area here", "Ya Thương"), ("area head", "Đinh Công Sáu"), ("cell here", "K'Đoan"),
        ("area elsewhere", "Đàm Thị Nhung"),
        ("helper here", "Kon Sa Ha Miên"), ("branch here", "Trần Thị Lụa"), ("panel", "Đặng Thị Ánh"),
        ("commune here", "Ka Hương"), ("commune elsewhere", "Mai Sương Đêm"), ("commune Party", "Võ Đình Khải"),
        ("commune PC", "Bùi Văn Lực"),
        ("culture", "Nguyễn Thị Mai Loan"), ("mass org.", "Touprong Nai Thủy"),
        ("office", "Phan Thị Thu Nga"),
        ("member here", "Lương Thị Ngọc Bích"), ("province Front", "Đỗ Thị Hạnh"), ("steering", "Phan Minh Châu"),
        ("standing c.", "Lê Thị Thanh Vân"), ("administrator", "Ngô Tấn Phát"),
    ]

    @Test func everyRouteAnswersAsCommitted() async throws {
        let clock = TestClock()
        let data = try await TestDatabase(.sqlite, .product, clock: clock)
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "access-\(UInt64.random(in: 0...(.max)))")
        let files = ContentStore(root: folder.path)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await seedDemonstration(
            into: data.database, files: files, assetsRoot: Checkout.root,
            clock: { clock.advance(by: clock.now.duration(to: $0)) })
        let site = try Wiring.site(
            database: data.database, files: files, assets: try Assets(root: Checkout.root),
            settings: SiteSettings(isDemonstration: true), moveDay: { _ in }, log: .silent)
        var subjects = try await data.database.read(Subjects.init)
        let tokens = try await tokens(data.database)
        let found = subjects
        subjects = try await data.database.unattended(.seed, giving: { try SubjectsMade.put(found, $0) })
        // A link of the demonstration is in the memory of this site: taken from the list, as whoever enters takes it.
        let link = try await data.database.read { try Self.link(site, $0) }
        subjects.within["/demonstration/enter/:token :token"] = link
        let (rooms, walked) = (RouteRooms(site.features), subjects)
        var page = """
            # Who may open what

            Drawn by walking every route as everybody of the cast on the demonstration, with the subjects of Thôn Thông
            Xanh (commune Đơn Dương); `make access` draws it anew. 200 seen · 303 done · 422 would be done once filled in
            rightly · 401 sign in first · 403 seen but not theirs to do · 404 not theirs to know · 409 not in this state.

            \(rooms.contents)

            """
        let head = """
            | route | \(Self.people.map(\.column).joined(separator: " | ")) |
            |---|\(String(repeating: "---|", count: Self.people.count))

            """
        var feature = ""
        for (name, route) in rooms.rooms.flatMap({ room in room.routes.map { (room.feature, $0) } }) {
            if name != feature { page += "\n## \(name)\n\n\(head)" }
            feature = name
            var cells: [Int] = []
            for person in Self.people {
                let token = person.name.flatMap { tokens[$0] }
                cells.append(
                    try await data.database.read { reader in
                        try Self.status(site, route, walked, token, reader)
                    })
            }
            let shown = cells.map { "\($0)" }.joined(separator: " | ")
            page += "| `\(route.label)` | \(shown) |\n"
            let isReached = cells.contains { [200, 303, 422, 409].contains($0) }
            #expect(isReached, "nobody reaches \(route.label): \(cells)")
        }
        try Checkout.compare(page, with: "access.md")
    }

    private func tokens(_ database: Database) async throws -> [String: String] {
        var tokens: [String: String] = [:]
        for name in Self.people.compactMap(\.name) {
            let now = database.world.clock.now()
            tokens[name] = try await database.unattended(
                .seed,
                giving: { tx in
                    let person = try tx.one("SELECT id FROM person WHERE name = \(name)").id("id")
                    return try PeopleStore.openSession(person, now: now, tx)
                })
        }
        return tokens
    }

    /// A link from the list of people.
    private static func link(_ site: Site, _ reader: any Reader) throws -> String {
        struct Cast: Decodable {
            struct Member: Decodable { let token: String? }
            let cast: [Member]
        }
        let route = try #require(site.routes.first { $0.label == "GET /demonstration/people" })
        let asked = Asked(
            parameters: [:], query: [:], token: nil, language: .vi, source: "127.0.0.1", knownDevice: nil, agent: nil)
        let shown = try route.show(try asked.inquiry(site, route, reader))
        let cast = try JSONDecoder().decode(Cast.self, from: JSONEncoder().encode(shown))
        return try #require(cast.cast.lazy.compactMap(\.token).first)
    }

    /// What the route would answer; nothing is written, because the act is decided within a snapshot.
    static func status(
        _ site: Site, _ route: Route, _ subjects: Subjects, _ token: String?, _ reader: any Reader
    ) throws -> Int {
        let asked = Asked(
            parameters: subjects.parameters(route.path), query: [:], token: token, language: .vi,
            source: "127.0.0.1",
            knownDevice: route.path == "/account/pin/removal" ? SubjectsMade.device : nil, agent: nil)
        do {
            let inquiry = try asked.inquiry(site, route, reader)
            guard let act = route.act else {
                if let file = route.file { _ = try file(inquiry) } else { _ = try route.show(inquiry) }
                return 200
            }
            switch try act(inquiry, input(route.fields, subjects)) {
            case .change: return 303
            case .refused:
                // Its page is shown again, to whoever may see it.
                _ = try route.show(inquiry)
                return 422
            }
        } catch let refusal as Refusal {
            return refusal.kind.status
        } catch is NotFound {
            return 404
        }
    }

    /// Something that fits each field, so that the answer is about the person and the subject.
    private static func input(_ fields: [Field], _ subjects: Subjects) -> RawInput {
        var input = RawInput()
        for field in fields {
            switch field.kind {
            case .text, .longText, .secret: input.values[field.name] = "Nghĩa Lập 2026 thông xanh"
            case .whole(let range): input.values[field.name] = "\(max(range.lowerBound, min(1, range.upperBound)))"
            case .quantity: input.values[field.name] = "91"
            case .day: input.values[field.name] = "09/11/2026"
            case .choice(let values): input.values[field.name] = values.first ?? ""
            case .record: input.values[field.name] = subjects.record(field.name).description
            case .flag: input.values[field.name] = "on"
            case .file: input.files[field.name] = UploadedFile(name: "a.pdf", bytes: Array("%PDF-1.4\n%%EOF".utf8))
            case .group: input.values["\(field.name).III.3"] = "x"
            }
        }
        return input
    }
}
