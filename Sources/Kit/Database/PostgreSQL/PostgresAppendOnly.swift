/// A table whose rows stay as they were written, for PostgreSQL.
enum PostgresAppendOnly {
    /// The function is one for all tables and may be there already.
    static func statements(for table: String) -> String {
        """
        CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$;
        CREATE TRIGGER \(table)_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON \(table)
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
        """
    }
}
