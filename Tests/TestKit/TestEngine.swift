import Foundation

/// The engine a test runs on. Every store, story and page test takes one:
///
///     @Test(arguments: TestEngine.all) func somethingHolds(on engine: TestEngine) async throws { … }
package enum TestEngine: String, CaseIterable, Sendable, CustomStringConvertible {
    case sqlite
    case postgres

    package var description: String { rawValue }

    /// Both engines. PostgreSQL is left out only for whoever said so in the environment: a test that is silently
    /// passed over is worse than one that fails.
    package static var all: [TestEngine] {
        environment("KIEUMAU_WITHOUT_POSTGRES") == "1" ? [.sqlite] : [.sqlite, .postgres]
    }

    /// How to reach the throw-away cluster.
    package static func conninfo() throws -> String {
        guard let conninfo = environment("KIEUMAU_TEST_POSTGRES") else { throw PostgresMissing() }
        return conninfo
    }

    private static func environment(_ name: String) -> String? {
        ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }
}

/// A test wanted PostgreSQL and there is none.
package struct PostgresMissing: Error, CustomStringConvertible {
    package let description = """
        KIEUMAU_TEST_POSTGRES is not set, so this test did not run on PostgreSQL. Run the tests with \
        `scripts/postgres run -- swift test`, or set KIEUMAU_WITHOUT_POSTGRES=1 for a quick look at SQLite alone.
        """
}
