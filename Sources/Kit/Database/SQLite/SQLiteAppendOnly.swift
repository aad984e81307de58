/// A table whose rows stay as they were written, for the embedded engine.
enum SQLiteAppendOnly {
    static func statements(for table: String) -> String {
        ["UPDATE", "DELETE"].map { act in
            """
            CREATE TRIGGER \(table)_no_\(act.lowercased()) BEFORE \(act) ON \(table)
            BEGIN SELECT RAISE(ABORT, '\(table) is append-only'); END
            """
        }.joined(separator: ";\n")
    }
}
