import App
import Ballots
import Core
import Database
import Documents
import Foundation
import Hummingbird
import HummingbirdTesting
import Logging
import People
import Synchronization
import Testing
import Web

/// The whole product over HTTP on a database of this test's own, with the cast in it.
///
///     @Suite("…", .databases) struct StoryTests {
///         @Test(arguments: TestEngine.all) func aStory(on engine: TestEngine) async throws {
///             let site = try await TestSite(engine)
///             let yaThuong = try await site.signIn(.yaThuong)
///             let page = try await yaThuong.open("/account")
///             page.expectStatus(200)
///         }
///     }
package final class TestSite: Sendable {
    package let data: TestDatabase
    package let site: Site
    /// Where uploaded files are kept; made with the first one.
    package let files: URL
    /// The keys of ballots, in the memory of this test.
    package let ballots: BallotsKeys
    private let client: any TestClientProtocol

    package var clock: TestClock { data.clock }
    package var database: Database { data.database }

    /// - Parameter contents: what stands in the database besides the schema.
    package convenience init(
        _ engine: TestEngine, _ contents: TestContents = .cast, settings: SiteSettings = SiteSettings(),
        clock: TestClock = TestClock(), through wrap: @escaping EngineWrap = { $0 }
    ) async throws {
        let data = try await TestDatabase(engine, contents, clock: clock, through: wrap)
        let files = TestSite.filesFolder()
        if let made = contents.files, FileManager.default.fileExists(atPath: made.path) {
            try FileManager.default.copyItem(at: made, to: files)
        }
        try await self.init(over: data, settings: settings, files: files)
    }

    /// On a database that a test has already dealt with.
    ///
    /// - Parameter seal: what its secrets are sealed with.
    package init(
        over data: TestDatabase, settings: SiteSettings = SiteSettings(), seal: PeopleSeal = TestSite.seal,
        files: URL = TestSite.filesFolder()
    ) async throws {
        let ballots = BallotsKeys.inMemory()
        self.ballots = ballots
        await Lent.current?.add { try? FileManager.default.removeItem(at: files) }
        site = try Wiring.site(
            database: data.database, files: ContentStore(root: files.path), assets: try TestSite.assets.get(),
            settings: settings, passwords: PeoplePasswords(cost: 4), seal: seal, ballots: ballots,
            moveDay: { [clock = data.clock] in clock.move(to: $0) }, log: .silent)
        client = try await Application(router: site.router(), logger: .silent).test(.router) { $0 }
        self.data = data
        self.files = files
    }

    /// A folder for uploaded files that is not there yet.
    package static func filesFolder() -> URL {
        FileManager.default.temporaryDirectory.appending(path: "kieumau-files-\(UUID().uuidString)")
    }

    /// The same site behind a real port of this machine, for what no router sees: names, cut lines.
    ///
    /// - Parameter other: another site in its stead, on the same database.
    package func listening<Answer: Sendable>(
        _ other: Site? = nil, _ body: @escaping @Sendable (_ port: Int) async throws -> Answer
    ) async throws -> Answer {
        try await Application(router: (other ?? site).router(), logger: .silent).test(.live) { client in
            try await body(try #require(client.port))
        }
    }

    /// Templates, words and public files of this checkout, read once.
    private static let assets = Result { try Assets(root: checkout) }

    /// What secrets are sealed with in tests.
    package static let seal = PeopleSeal(key: Array("the key of tests, 32 bytes long.".utf8))

    /// The folder of this checkout.
    package static let checkout = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

    /// The browser of somebody without an account.
    package func visitor() -> Browser { Browser(client, ids: data.world.ids) }

    /// A browser in which this person is signed in.
    package func signIn(_ member: Member) async throws -> Browser { try await signIn(member.id) }

    package func signIn(_ person: ID) async throws -> Browser {
        let world = data.world
        let token = try await database.unattended(
            .session,
            giving: { tx in
                try PeopleStore.openSession(person, now: tx.now, tx, secrets: world.secrets)
            })
        let browser = visitor()
        browser[cookie: settings.isSecure ? "__Host-kieumau" : "kieumau"] = token
        return browser
    }

    private var settings: SiteSettings { site.settings }

    /// Does what is due by now: deadlines, reminders.
    package func runJobs() async throws {
        let runner = JobRunner(database, effects: Wiring.jobEffects(ballots), log: .silent)
        while try await runner.runOne() {}
    }

    /// Acts of the audit trail in their order, for a look at what a story has left behind.
    package func acts() async throws -> [String] {
        try await database.read { reader in
            try reader.rows("SELECT act FROM audit WHERE operation_id IS NOT NULL ORDER BY at, lane, number")
                .map { try $0.text("act") }
        }
    }
}
