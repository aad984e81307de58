import Core
import Testing

@testable import Database

@Suite("One SQL text for two engines", .databases)
struct SQLTests {
    private let id = ID(high: 0, low: 7)

    @Test("Values are bound in their order and spelled as each engine wants them")
    func spelling() {
        let sql: SQL = "SELECT name FROM territory WHERE id = \(id) AND code = \("24955") AND flag = \(true)"
        let values: [Value] = [.id(id), .text("24955"), .flag(true)]
        #expect(sql.spelled(for: .sqlite).text == "SELECT name FROM territory WHERE id = ? AND code = ? AND flag = ?")
        #expect(
            sql.spelled(for: .postgres).text == "SELECT name FROM territory WHERE id = $1 AND code = $2 AND flag = $3")
        #expect(sql.spelled(for: .sqlite).values == values)
        #expect(sql.spelled(for: .postgres).values == values)
    }

    @Test("Pieces put together number their values anew")
    func composition() {
        var sql: SQL = "SELECT * FROM area WHERE a = \(1)"
        sql += " AND b IN (\(SQL.list([id, id])))"
        sql = sql + " ORDER BY \(SQL(name: "sort_key"))"
        #expect(
            sql.spelled(for: .postgres).text == "SELECT * FROM area WHERE a = $1 AND b IN ($2, $3) ORDER BY sort_key")
        #expect(sql.spelled(for: .postgres).values == [.integer(1), .id(id), .id(id)])
    }

    @Test("Rows given value by value are spelled in brackets and numbered on from what stands before them")
    func rows() {
        let sql: SQL =
            "INSERT INTO a SELECT \(7) UNION VALUES "
            + .rows([.integer(1), .text("x"), .null, .text("y")], columns: 2) + " RETURNING \(8)"
        #expect(sql.spelled(for: .sqlite).text == "INSERT INTO a SELECT ? UNION VALUES (?, ?), (?, ?) RETURNING ?")
        #expect(
            sql.spelled(for: .postgres).text
                == "INSERT INTO a SELECT $1 UNION VALUES ($2, $3), ($4, $5) RETURNING $6")
        let values: [Value] = [.integer(7), .integer(1), .text("x"), .null, .text("y"), .integer(8)]
        #expect(sql.spelled(for: .sqlite).values == values)
        #expect(SQL.rows([.flag(true)], columns: 1).spelled(for: .sqlite).text == "(?)")
    }

    @Test("A text from a request is never part of the statement")
    func injection() {
        let typed = "'; DROP TABLE account; --"
        let sql: SQL = "SELECT 1 FROM account WHERE name = \(typed)"
        #expect(sql.spelled(for: .sqlite).text == "SELECT 1 FROM account WHERE name = ?")
        #expect(sql.spelled(for: .sqlite).values == [.text(typed)])
    }

    @Test("An empty list matches nothing")
    func emptyList() {
        #expect(SQL.list([ID]()).spelled(for: .sqlite).text == "NULL")
        #expect(SQL.list([String]()).spelled(for: .postgres).text == "NULL")
    }

    @Test("Nothing is bound as null")
    func nulls() {
        let sql: SQL = """
            \(nil as ID?) \(nil as String?) \(nil as Int?) \(nil as Int64?) \(nil as [UInt8]?) \(nil as Day?) \
            \(nil as Instant?)
            """
        #expect(sql.spelled(for: .sqlite).values == [Value](repeating: .null, count: 7))
    }

    @Test("Days and instants are bound as they are stored")
    func time() throws {
        let day = try #require(Day(iso: "2026-11-10"))
        let sql: SQL = "\(day) \(Instant(milliseconds: 1_794_294_300_000))"
        #expect(sql.spelled(for: .sqlite).values == [.text("2026-11-10"), .integer(1_794_294_300_000)])
    }

    @Test("The words that the engines spell differently are these and no others")
    func closedList() {
        let spelled = SchemaWord.allCases.map { word in
            EngineKind.allCases.map { word.spelled(for: $0) }
        }
        // A new line here needs a decision note; see SchemaWord.
        #expect(
            spelled == [
                ["BLOB", "UUID"],
                ["INTEGER", "BIGINT"],
                ["TEXT", "TEXT COLLATE \"C\""],
                ["INTEGER", "BOOLEAN"],
                ["INTEGER", "BIGINT"],
                ["TEXT", "TEXT COLLATE \"C\""],
                ["TEXT", "TEXT COLLATE \"C\""],
                ["BLOB", "BYTEA"],
                ["STRICT", ""],
                ["STRICT, WITHOUT ROWID", ""],
                ["", "INCLUDE (content)"],
                ["", "FOR UPDATE SKIP LOCKED"],
                ["", "FOR UPDATE"],
            ])
    }

    @Test("The reasons to write without a permit are these and no others")
    func unattended() {
        #expect(
            Unattended.allCases.map(\.rawValue) == [
                "session", "resident", "throttle", "presence", "job", "seed", "commandLine",
            ])
        #expect(Maintenance.allCases.map(\.rawValue) == ["migration", "seed", "benchmark", "verify", "test"])
    }
}
