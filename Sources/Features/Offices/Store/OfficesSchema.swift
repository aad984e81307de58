import Database

/// The tables of the offices' grid.
///
///   office_grid         one organisation is asked for columns of one criteria set, for the areas of one unit, in one year
///   office_grid_column  which columns
///   office_value        what offices hold: area × indicator × year, whether or not there is a dossier
///   office_save         one act: a typed grid, a pasted or imported one, a mended figure; a preview waits in it too
///   office_save_cell    what it changed, for its undoing
///   office_objection    an area asks for a figure to be looked at again
///   office_document     one paper as evidence for whole columns
///   office_reminder     what an office was told about its last day, once for each day, and who was told
package enum OfficesSchema {
    package static let migrations: [Migration] = [
        Migration(
            "offices.0001-grid",
            [
                """
                CREATE TABLE office_grid (
                    id \(.id) NOT NULL PRIMARY KEY,
                    organisation_id \(.id) NOT NULL REFERENCES organisation (id),
                    territory_id \(.id) NOT NULL REFERENCES territory (id),
                    criteria_set_id \(.id) NOT NULL REFERENCES criteria_set (id),
                    set_code \(.text) NOT NULL CHECK (set_code <> ''),
                    year \(.integer) NOT NULL CHECK (year BETWEEN 1900 AND 2200),
                    due_on \(.day) NOT NULL CHECK (length(due_on) = 10),
                    objections_until \(.day) NOT NULL CHECK (objections_until >= due_on),
                    assigned_by \(.id) REFERENCES person (id),
                    assigned_at \(.instant) NOT NULL,
                    revision \(.integer) NOT NULL CHECK (revision > 0),
                    UNIQUE (territory_id, year, set_code, organisation_id)) \(.endOfTable)
                """,
                "CREATE INDEX office_grid_of_organisation ON office_grid (organisation_id, year)",
                """
                CREATE TABLE office_grid_column (
                    grid_id \(.id) NOT NULL REFERENCES office_grid (id),
                    code \(.text) NOT NULL CHECK (code <> ''),
                    PRIMARY KEY (grid_id, code)) \(.endOfTableByKey)
                """,
                """
                CREATE TABLE office_value (
                    territory_id \(.id) NOT NULL REFERENCES territory (id),
                    year \(.integer) NOT NULL CHECK (year BETWEEN 1900 AND 2200),
                    set_code \(.text) NOT NULL CHECK (set_code <> ''),
                    code \(.text) NOT NULL CHECK (code <> ''),
                    source \(.text) NOT NULL CHECK (source IN ('office', 'records')),
                    grid_id \(.id) REFERENCES office_grid (id),
                    value \(.text) NOT NULL CHECK (value <> ''),
                    note \(.text) CHECK (note <> ''),
                    entered_by \(.id) REFERENCES person (id),
                    at \(.instant) NOT NULL,
                    saved_in \(.integer) NOT NULL CHECK (saved_in > 0),
                    PRIMARY KEY (territory_id, year, set_code, code),
                    CHECK ((source = 'office') = (grid_id IS NOT NULL))) \(.endOfTableByKey)
                """,
                "CREATE INDEX office_value_of_grid ON office_value (grid_id)",
                """
                CREATE TABLE office_save (
                    id \(.id) NOT NULL PRIMARY KEY,
                    grid_id \(.id) NOT NULL REFERENCES office_grid (id),
                    kind \(.text) NOT NULL CHECK (kind IN ('typed', 'pasted', 'file', 'mended')),
                    state \(.text) NOT NULL CHECK (state IN ('previewed', 'done', 'undone')),
                    file_name \(.text) CHECK (file_name <> ''),
                    started_at_code \(.text),
                    source \(.json),
                    cells \(.integer) NOT NULL CHECK (cells >= 0),
                    number \(.integer) CHECK (number > 0),
                    made_by \(.id) REFERENCES person (id),
                    made_at \(.instant) NOT NULL,
                    done_at \(.instant),
                    undone_by \(.id) REFERENCES person (id),
                    undone_at \(.instant),
                    undone_in \(.integer) CHECK (undone_in > number),
                    CHECK ((state IN ('done', 'undone')) = (number IS NOT NULL)),
                    CHECK ((state = 'undone') = (undone_in IS NOT NULL))) \(.endOfTable)
                """,
                "CREATE INDEX office_save_of_grid ON office_save (grid_id, state, number)",
                """
                CREATE TABLE office_save_cell (
                    save_id \(.id) NOT NULL REFERENCES office_save (id),
                    territory_id \(.id) NOT NULL REFERENCES territory (id),
                    code \(.text) NOT NULL,
                    before \(.text),
                    after \(.text),
                    note_before \(.text) CHECK (note_before <> ''),
                    PRIMARY KEY (save_id, territory_id, code),
                    CHECK (before IS NOT NULL OR after IS NOT NULL)) \(.endOfTableByKey)
                """,
                "CREATE INDEX office_save_cell_of_area ON office_save_cell (territory_id)",
                """
                CREATE TABLE office_objection (
                    id \(.id) NOT NULL PRIMARY KEY,
                    grid_id \(.id) NOT NULL REFERENCES office_grid (id),
                    territory_id \(.id) NOT NULL REFERENCES territory (id),
                    code \(.text) NOT NULL CHECK (code <> ''),
                    value \(.text) NOT NULL CHECK (value <> ''),
                    claimed \(.text) CHECK (claimed <> ''),
                    reason \(.text) NOT NULL CHECK (reason <> ''),
                    made_by \(.id) REFERENCES person (id),
                    made_at \(.instant) NOT NULL,
                    answer_by \(.day) NOT NULL CHECK (length(answer_by) = 10),
                    outcome \(.text) CHECK (outcome IN ('mended', 'kept')),
                    settled \(.text) CHECK (settled <> ''),
                    answer \(.text) CHECK (answer <> ''),
                    answered_by \(.id) REFERENCES person (id),
                    answered_at \(.instant),
                    revision \(.integer) NOT NULL CHECK (revision > 0),
                    CHECK ((outcome IS NULL) = (answered_at IS NULL)),
                    CHECK (outcome <> 'kept' OR answer IS NOT NULL)) \(.endOfTable)
                """,
                """
                CREATE UNIQUE INDEX office_objection_open ON office_objection (grid_id, territory_id, code)
                WHERE outcome IS NULL
                """,
                "CREATE INDEX office_objection_of_area ON office_objection (territory_id, made_at)",
                """
                CREATE TABLE office_document (
                    id \(.id) NOT NULL PRIMARY KEY,
                    grid_id \(.id) NOT NULL REFERENCES office_grid (id),
                    address \(.text) NOT NULL CHECK (length(address) = 64),
                    file_kind \(.text) NOT NULL CHECK (file_kind IN ('jpeg', 'pdf', 'docx', 'xlsx')),
                    file_name \(.text) NOT NULL CHECK (file_name <> ''),
                    bytes \(.integer) NOT NULL CHECK (bytes > 0),
                    caption \(.text) NOT NULL CHECK (caption <> ''),
                    added_by \(.id) REFERENCES person (id),
                    at \(.instant) NOT NULL,
                    removed_at \(.instant),
                    removed_by \(.id) REFERENCES person (id)) \(.endOfTable)
                """,
                "CREATE INDEX office_document_of_grid ON office_document (grid_id)",
                "CREATE INDEX office_document_by_address ON office_document (address)",
                """
                CREATE TABLE office_document_column (
                    document_id \(.id) NOT NULL REFERENCES office_document (id),
                    code \(.text) NOT NULL,
                    PRIMARY KEY (document_id, code)) \(.endOfTableByKey)
                """,
            ]),
        Migration(
            "offices.0002-reminders",
            [
                """
                CREATE TABLE office_reminder (
                    grid_id \(.id) NOT NULL REFERENCES office_grid (id),
                    due_on \(.day) NOT NULL CHECK (length(due_on) = 10),
                    kind \(.text) NOT NULL CHECK (kind IN ('week', 'day', 'overdue')),
                    missing \(.integer) NOT NULL CHECK (missing > 0),
                    at \(.instant) NOT NULL,
                    PRIMARY KEY (grid_id, due_on, kind)) \(.endOfTableByKey)
                """,
                """
                CREATE TABLE office_reminder_person (
                    grid_id \(.id) NOT NULL,
                    due_on \(.day) NOT NULL,
                    kind \(.text) NOT NULL,
                    person_id \(.id) NOT NULL REFERENCES person (id),
                    PRIMARY KEY (grid_id, due_on, kind, person_id),
                    FOREIGN KEY (grid_id, due_on, kind) REFERENCES office_reminder (grid_id, due_on, kind))
                    \(.endOfTableByKey)
                """,
                "CREATE INDEX office_reminder_of_person ON office_reminder_person (person_id, grid_id)",
            ]),
    ]
}
