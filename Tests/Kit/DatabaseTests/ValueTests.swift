import Core
import TestKit
import Testing

@testable import Database

@Suite("Values")
struct ValueTests {
    private static let migrations = [
        Migration("test.0001-value", [
            """
            CREATE TABLE value (
                at \(.integer) PRIMARY KEY, words \(.text), number \(.integer), content \(.bytes), yes \(.flag),
                name \(.id), day \(.day), moment \(.instant)) \(.endOfTable)
            """
        ])
    ]

    private static let texts = [
        "", " ", "a", "Ấp Đồng Thông", "tiê\u{301}ng Viê\u{323}t", "tiếng Việt", "K'Đoan \"x\" \\ %_ ; --", "a\nb\r\n\tc",
        "\u{1F469}\u{200D}\u{1F33E}", "\u{FEFF}\u{202E}\u{FFFF}\u{10FFFF}", "{{name}}", "$1 ? :a @b",
        String(repeating: "đ", count: 100_000),
    ]

    @Test("A text comes back byte by byte, whichever way its letters are composed", arguments: TestEngine.all)
    func text(on engine: TestEngine) async throws {
        try await store(ValueTests.texts, in: "words", on: engine) { $0.map { "\($0)" } } check: { row, text in
            #expect(Array(try row.text("words").utf8) == Array(text.utf8))
        }
    }

    @Test("A zero byte, which no keyboard makes and PostgreSQL cannot hold, is left out on both", arguments: TestEngine.all)
    func zeroByte(on engine: TestEngine) async throws {
        try await store(["a\u{0}b\u{0}", "\u{0}"], in: "words", on: engine) { $0.map { "\($0)" } } check: { row, text in
            #expect(try row.text("words") == text.replacing("\u{0}", with: ""))
        }
    }

    @Test("A number comes back, the outermost too", arguments: TestEngine.all)
    func number(on engine: TestEngine) async throws {
        let numbers: [Int64] = [0, 1, -1, 255, 65_536, .max, .min]
        try await store(numbers, in: "number", on: engine) { $0.map { "\($0)" } } check: { row, number in
            #expect(Int64(try row.integer("number")) == number)
        }
    }

    @Test("Bytes come back, none of them as well as sixteen of them", arguments: TestEngine.all)
    func bytes(on engine: TestEngine) async throws {
        let all: [[UInt8]] = [
            [], [0], [0, 0, 255], Array(0...255), Array(repeating: 7, count: 15), Array(repeating: 7, count: 16),
            Array(repeating: 0, count: 17), Array(repeating: 1, count: 300_000),
        ]
        try await store(all, in: "content", on: engine) { $0.map { "\($0)" } } check: { row, bytes in
            #expect(try row.bytes("content") == bytes)
        }
    }

    @Test("Ids, flags, days and instants come back", arguments: TestEngine.all)
    func others(on engine: TestEngine) async throws {
        let ids = [ID(high: 0, low: 0), ID(high: .max, low: .max), ID(high: 0x0193_0000_0000_7000, low: 1 << 63 | 5)]
        try await store(ids, in: "name", on: engine) { $0.map { "\($0)" } } check: { #expect(try $0.id("name") == $1) }
        try await store([true, false], in: "yes", on: engine) { $0.map { "\($0)" } } check: {
            #expect(try $0.flag("yes") == $1)
        }
        try await store([Day.first, TestClock.today, Day.last], in: "day", on: engine) { $0.map { "\($0)" } } check: {
            #expect(try $0.day("day") == $1)
        }
        let moments = [Instant.first, Instant(milliseconds: -1), Instant(milliseconds: 0), Instant.last]
        try await store(moments, in: "moment", on: engine) { $0.map { "\($0)" } } check: {
            #expect(try $0.instant("moment") == $1)
        }
    }

    @Test("Nothing is nothing", arguments: TestEngine.all)
    func null(on engine: TestEngine) async throws {
        try await store([nil as String?], in: "words", on: engine) { $0.map { "\($0)" } } check: { row, _ in
            #expect(try row.optionalText("words") == nil)
            #expect(try row.optionalInteger("number") == nil)
            #expect(try row.optionalBytes("content") == nil)
            #expect(try row.optionalID("name") == nil)
            #expect(try row.optionalDay("day") == nil)
            #expect(try row.optionalInstant("moment") == nil)
        }
    }

    @Test("A flag is asked the same way on both", arguments: TestEngine.all)
    func flagCondition(on engine: TestEngine) async throws {
        try await TestDatabase.with(engine, ValueTests.migrations) { test in
            let found = try await test.database.maintenance(reason: .test) { connection in
                try connection.execute("INSERT INTO value (at, yes) VALUES (1, \(true)), (2, \(false))")
                return try connection.rows("SELECT at FROM value WHERE yes").map { try $0.integer("at") }
                    + connection.rows("SELECT at FROM value WHERE NOT yes AND yes = \(false)").map { try $0.integer("at") }
            }
            #expect(found == [1, 2])
        }
    }

    @Test("A text is ordered byte by byte on both, so that our own sort keys decide", arguments: TestEngine.all)
    func order(on engine: TestEngine) async throws {
        try await TestDatabase.with(engine, ValueTests.migrations) { test in
            let found = try await test.database.maintenance(reason: .test) { connection in
                for (index, text) in ["b", "a", "B", "đ", "e", "Z", "_"].enumerated() {
                    try connection.execute("INSERT INTO value (at, words) VALUES (\(index), \(text))")
                }
                return try connection.rows("SELECT words FROM value ORDER BY words").map { try $0.text("words") }
            }
            #expect(found == ["B", "Z", "_", "a", "b", "e", "đ"])
        }
    }

    /// Writes each value in a row of its own and reads all of them back.
    private func store<Kept: Sendable>(
        _ all: [Kept], in column: StaticString, on engine: TestEngine, spelled: @Sendable ([Kept]) -> [SQL],
        check: (Row, Kept) throws -> Void
    ) async throws {
        let statements = spelled(all).enumerated().map { index, value -> SQL in
            "INSERT INTO value (at, \(SQL(name: column))) VALUES (\(index), \(value))"
        }
        try await TestDatabase.with(engine, ValueTests.migrations) { test in
            try await test.database.maintenance(reason: .test) { connection in
                for statement in statements { try connection.execute(statement) }
            }
            let rows = try await test.database.read { try $0.rows("SELECT * FROM value ORDER BY at") }
            try #require(rows.count == all.count)
            for (row, value) in zip(rows, all) { try check(row, value) }
        }
    }
}
