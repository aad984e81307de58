import Database

/// Imports of titles that areas held before this system.
enum RecognitionEarlierSchema {
    static let migration = Migration(
        "recognition.0014-earlier",
        [
            // `is_form`: one title typed into a form, kept like a file of one row so that it is taken back in the same
            // way; `file_name` then says which.
            """
            CREATE TABLE title_import (
                id \(.id) NOT NULL PRIMARY KEY,
                territory_id \(.id) NOT NULL REFERENCES territory (id),
                file_name \(.text) NOT NULL,
                is_form \(.flag) NOT NULL CHECK (is_form IN (FALSE, TRUE)),
                state \(.text) NOT NULL CHECK (state IN ('previewed', 'done', 'undone')),
                row_count \(.integer) NOT NULL, added \(.integer) NOT NULL, unchanged \(.integer) NOT NULL,
                faults \(.integer) NOT NULL, warnings \(.integer) NOT NULL,
                columns_read \(.text) NOT NULL, columns_unknown \(.text) NOT NULL,
                made_at \(.instant) NOT NULL, made_by \(.id) REFERENCES person (id),
                done_at \(.instant), undone_at \(.instant),
                revision \(.integer) NOT NULL CHECK (revision > 0)) \(.endOfTable)
            """,
            "CREATE INDEX title_import_by_time ON title_import (made_at, id)",
            "CREATE INDEX title_import_of_territory ON title_import (territory_id, made_at)",
            // What comes of a row: the id of the title is made with the preview.
            """
            CREATE TABLE title_import_row (
                batch_id \(.id) NOT NULL REFERENCES title_import (id),
                number \(.integer) NOT NULL,
                title_id \(.id) NOT NULL,
                territory_id \(.id) NOT NULL REFERENCES territory (id),
                organisation_id \(.id) NOT NULL REFERENCES organisation (id),
                title \(.text) NOT NULL CHECK (title <> ''),
                title_name \(.text) NOT NULL CHECK (title_name <> ''),
                level \(.text) NOT NULL CHECK (level IN ('commune', 'district', 'province', 'national')),
                decision_number \(.text) NOT NULL CHECK (decision_number <> ''),
                day \(.day) NOT NULL CHECK (length(day) = 10),
                year \(.integer) NOT NULL,
                valid_until \(.day),
                note \(.text) CHECK (note <> ''),
                PRIMARY KEY (batch_id, number)) \(.endOfTableByKey)
            """,
            "CREATE INDEX title_import_row_of_territory ON title_import_row (territory_id)",
            "CREATE INDEX title_import_row_of_organisation ON title_import_row (organisation_id)",
            """
            CREATE TABLE title_import_remark (
                batch_id \(.id) NOT NULL REFERENCES title_import (id),
                number \(.integer) NOT NULL,
                is_fault \(.flag) NOT NULL, sheet \(.text) NOT NULL, line \(.integer) NOT NULL,
                column_letters \(.text), key \(.text) NOT NULL, arguments \(.text) NOT NULL,
                PRIMARY KEY (batch_id, number)) \(.endOfTableByKey)
            """,
            // What a title took the place of is asked when it is taken back.
            "CREATE INDEX title_event_by_other ON title_event (other_id)",
        ])
}
