import Database

extension RecognitionSchema {
    /// A value says where it comes from: the area, an office that fills it in for all areas, or the product's records.
    static let supply = Migration(
        "recognition.0008-grid",
        [
            """
            ALTER TABLE indicator_value ADD COLUMN source \(.text) NOT NULL DEFAULT 'area'
                CHECK (source IN ('area', 'office', 'records'))
            """,
            "ALTER TABLE indicator_value ADD COLUMN office_id \(.id) REFERENCES organisation (id)",
            """
            ALTER TABLE indicator_value_history ADD COLUMN source \(.text) NOT NULL DEFAULT 'area'
                CHECK (source IN ('area', 'office', 'records'))
            """,
            "ALTER TABLE indicator_value_history ADD COLUMN office_id \(.id) REFERENCES organisation (id)",
        ])
}
