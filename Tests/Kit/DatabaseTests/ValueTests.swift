import Core
import TestKit
import Testing

@testable import Database

@Suite("Values", .databases)
struct ValueTests {
    private static let migrations = [
        Migration(
            "test.0001-value",
            [
                """
                CREATE TABLE value (
                    at \(.integer) PRIMARY KEY, words \(.text), number \(.integer), content \(.bytes), yes \(.flag),
                    name \(.id), day \(.day), moment \(.instant)) \(.endOfTable)
                """
            ])
    ]

    private static let texts = [
        "", " ", "a", "Ấp Đồng Thông", "tiê\u{301}ng Viê\u{323}t", "tiếng Việt", "K'Đoan \"x\" \\ %_ ; --",
        "a\nb\r\n\tc",
        "\u{1F469}\u{200D}\u{1F33E}", "\u{FEFF}\u{202E}\u{FFFF}\u{10FFFF}", "{{name}}", "$1 ? :a @b",
        String(repeating: "đ", count: 100_000),
    ]

    @Test("A text comes back byte by byte, whichever way its letters are composed", arguments: TestEngine.all)
    func text(on engine: TestEngine) async throws {
        let found = try await kept(ValueTests.texts.map { "\($0)" }, in: "words", on: engine) { try $0.text("words") }
        #expect(found.map { Array($0.utf8) } == ValueTests.texts.map { Array($0.utf8) })
    }

    @Test(
        "A zero byte, which no keyboard makes and PostgreSQL cannot hold, is left out on both",
        arguments: TestEngine.all)
    func zeroByte(on engine: TestEngine) async throws {
        let found = try await kept(["\("a\u{0}b\u{0}")", "\("\u{0}")"], in: "words", on: engine) {
            try $0.text("words")
        }
        #expect(found == ["ab", ""])
    }

    @Test("A number comes back, the outermost too", arguments: TestEngine.all)
    func number(on engine: TestEngine) async throws {
        let numbers = [0, 1, -1, 255, 65_536, Int.max, Int.min]
        let found = try await kept(numbers.map { "\($0)" }, in: "number", on: engine) { try $0.integer("number") }
        #expect(found == numbers)
    }

    @Test("Bytes come back, none of them as well as sixteen of them", arguments: TestEngine.all)
    func bytes(on engine: TestEngine) async throws {
        let all: [[UInt8]] = [
            [], [0], [0, 0, 255], Array(0...255), Array(repeating: 7, count: 15), Array(repeating: 7, count: 16),
            Array(repeating: 0, count: 17), Array(repeating: 1, count: 300_000),
        ]
        let found = try await kept(all.map { "\($0)" }, in: "content", on: engine) { try $0.bytes("content") }
        #expect(found == all)
    }

    @Test("Ids, flags, days and instants come back", arguments: TestEngine.all)
    func others(on engine: TestEngine) async throws {
        let ids = [ID(high: 0, low: 0), ID(high: .max, low: .max), ID(high: 0x0193_0000_0000_7000, low: 1 << 63 | 5)]
        let foundIDs = try await kept(ids.map { "\($0)" }, in: "name", on: engine) { try $0.id("name") }
        #expect(foundIDs == ids)
        let flags = try await kept(["\(true)", "\(false)"], in: "yes", on: engine) { try $0.flag("yes") }
        #expect(flags == [true, false])
        let days = [Day.first, TestClock.today, Day.last]
        let foundDays = try await kept(days.map { "\($0)" }, in: "day", on: engine) { try $0.day("day") }
        #expect(foundDays == days)
        let moments = [Instant.first, Instant(milliseconds: -1), Instant(milliseconds: 0), Instant.last]
        let foundMoments = try await kept(moments.map { "\($0)" }, in: "moment", on: engine) {
            try $0.instant("moment")
        }
        #expect(foundMoments == moments)
    }

    @Test("Nothing is nothing", arguments: TestEngine.all)
    func null(on engine: TestEngine) async throws {
        let nothing = try await kept(["\(nil as String?)"], in: "words", on: engine) { row in
            [
                try row.optionalText("words") == nil, try row.optionalInteger("number") == nil,
                try row.optionalBytes("content") == nil, try row.optionalID("name") == nil,
                try row.optionalDay("day") == nil, try row.optionalInstant("moment") == nil,
            ]
        }
        #expect(nothing == [[true, true, true, true, true, true]])
    }

    @Test("A flag is asked the same way on both", arguments: TestEngine.all)
    func flagCondition(on engine: TestEngine) async throws {
        let test = try await TestDatabase(engine, ValueTests.migrations)
        let found = try await test.database.maintenance(reason: .test) { connection in
            try connection.execute("INSERT INTO value (at, yes) VALUES (1, \(true)), (2, \(false))")
            return try connection.rows("SELECT at FROM value WHERE yes").map { try $0.integer("at") }
                + connection.rows("SELECT at FROM value WHERE NOT yes AND yes = \(false)").map { try $0.integer("at") }
        }
        #expect(found == [1, 2])
    }

    @Test("A text is ordered byte by byte on both, so that our own sort keys decide", arguments: TestEngine.all)
    func order(on engine: TestEngine) async throws {
        let test = try await TestDatabase(engine, ValueTests.migrations)
        let found = try await test.database.maintenance(reason: .test) { connection in
            for (index, text) in ["b", "a", "B", "đ", "e", "Z", "_"].enumerated() {
                try connection.execute("INSERT INTO value (at, words) VALUES (\(index), \(text))")
            }
            return try connection.rows("SELECT words FROM value ORDER BY words").map { try $0.text("words") }
        }
        #expect(found == ["B", "Z", "_", "a", "b", "e", "đ"])
    }

    /// Writes each value in a row of its own and reads all of them back.
    private func kept<Answer>(
        _ values: [SQL], in column: StaticString, on engine: TestEngine, _ read: (Row) throws -> Answer
    ) async throws -> [Answer] {
        let test = try await TestDatabase(engine, ValueTests.migrations)
        try await test.database.maintenance(reason: .test) { connection in
            for (index, value) in values.enumerated() {
                try connection.execute("INSERT INTO value (at, \(SQL(name: column))) VALUES (\(index), \(value))")
            }
        }
        return try await test.database.read { try $0.rows("SELECT * FROM value ORDER BY at") }.map(read)
    }
}
