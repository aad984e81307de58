import Database

/// The tables of recognition. States are rows of `dossier_state`, so that a new step of the life cycle adds a row
/// and rebuilds no table.
package enum RecognitionSchema {
    package static let migrations: [Migration] = [
        Migration(
            "recognition.0001-dossier",
            [
                """
                CREATE TABLE dossier_state (name \(.text) NOT NULL PRIMARY KEY) \(.endOfTableByKey)
                """,
                """
                INSERT INTO dossier_state (name) VALUES ('assessing'), ('submitted'), ('returned'), ('accepted'),
                    ('proposed'), ('recognised'), ('refused'), ('withdrawn')
                """,
                """
                CREATE TABLE dossier (
                    id \(.id) NOT NULL PRIMARY KEY,
                    territory_id \(.id) NOT NULL REFERENCES territory (id),
                    year \(.integer) NOT NULL CHECK (year BETWEEN 1900 AND 2200),
                    title \(.text) NOT NULL CHECK (title <> ''),
                    level \(.text) NOT NULL CHECK (level IN ('commune', 'district', 'province', 'national')),
                    area_class \(.text),
                    households \(.integer) CHECK (households > 0),
                    criteria_set_id \(.id) NOT NULL REFERENCES criteria_set (id),
                    state \(.text) NOT NULL REFERENCES dossier_state (name),
                    state_since \(.instant) NOT NULL,
                    due_on \(.day) CHECK (length(due_on) = 10),
                    round \(.integer) NOT NULL CHECK (round >= 0),
                    registered_at \(.instant) NOT NULL,
                    revision \(.integer) NOT NULL CHECK (revision > 0),
                    UNIQUE (territory_id, year, title, level)) \(.endOfTable)
                """,
                "CREATE INDEX dossier_by_state ON dossier (state, year)",
                "CREATE INDEX dossier_by_year ON dossier (year, state)",
                """
                CREATE TABLE dossier_event (
                    dossier_id \(.id) NOT NULL REFERENCES dossier (id),
                    id \(.id) NOT NULL,
                    action \(.text) NOT NULL,
                    state_from \(.text) REFERENCES dossier_state (name),
                    state_to \(.text) NOT NULL REFERENCES dossier_state (name),
                    round \(.integer) NOT NULL,
                    actor_id \(.id) REFERENCES person (id),
                    giver_id \(.id) REFERENCES person (id),
                    organisation_id \(.id) REFERENCES organisation (id),
                    at \(.instant) NOT NULL,
                    reason \(.text) CHECK (reason <> ''),
                    PRIMARY KEY (dossier_id, id)) \(.endOfTableByKey)
                """,
                "CREATE INDEX dossier_event_by_time ON dossier_event (at)",
                """
                CREATE TABLE indicator_value (
                    dossier_id \(.id) NOT NULL REFERENCES dossier (id),
                    side \(.text) NOT NULL CHECK (side IN ('self', 'check', 'appraisal')),
                    code \(.text) NOT NULL CHECK (code <> ''),
                    value_kind \(.text) NOT NULL CHECK (value_kind IN ('yes', 'quantity', 'grade', 'na')),
                    value_number \(.integer),
                    value_text \(.text),
                    note \(.text) CHECK (note <> ''),
                    entered_by \(.id) REFERENCES person (id),
                    at \(.instant) NOT NULL,
                    version \(.integer) NOT NULL CHECK (version > 0),
                    PRIMARY KEY (dossier_id, side, code),
                    CHECK (CASE value_kind WHEN 'quantity' THEN value_number IS NOT NULL WHEN 'yes' THEN value_number IN (0, 1)
                           ELSE value_text IS NOT NULL END)) \(.endOfTableByKey)
                """,
                """
                CREATE TABLE indicator_value_history (
                    dossier_id \(.id) NOT NULL REFERENCES dossier (id),
                    code \(.text) NOT NULL,
                    id \(.id) NOT NULL,
                    side \(.text) NOT NULL,
                    value_kind \(.text) NOT NULL,
                    value_number \(.integer),
                    value_text \(.text),
                    note \(.text),
                    entered_by \(.id) REFERENCES person (id),
                    at \(.instant) NOT NULL,
                    version \(.integer) NOT NULL,
                    outcome \(.text) NOT NULL CHECK (outcome IN ('saved', 'conflict', 'undone')),
                    PRIMARY KEY (dossier_id, code, id)) \(.endOfTableByKey)
                """,
                """
                CREATE TABLE indicator_return (
                    dossier_id \(.id) NOT NULL REFERENCES dossier (id),
                    round \(.integer) NOT NULL,
                    code \(.text) NOT NULL,
                    reason \(.text) NOT NULL CHECK (reason <> ''),
                    returned_by \(.id) REFERENCES person (id),
                    at \(.instant) NOT NULL,
                    PRIMARY KEY (dossier_id, round, code)) \(.endOfTableByKey)
                """,
            ]),
        Migration(
            "recognition.0002-evidence",
            [
                // One row is one version of a piece; `piece_id` is the first version's id. Only the commune's visit
                // notes have side 'check'.
                """
                CREATE TABLE evidence (
                    id \(.id) NOT NULL PRIMARY KEY,
                    piece_id \(.id) NOT NULL,
                    version \(.integer) NOT NULL CHECK (version > 0),
                    dossier_id \(.id) NOT NULL REFERENCES dossier (id),
                    kind \(.text) NOT NULL CHECK (kind IN ('picture', 'document', 'witness', 'visit')),
                    side \(.text) NOT NULL CHECK (side IN ('self', 'check')),
                    address \(.text) CHECK (length(address) = 64),
                    thumbnail \(.text) CHECK (length(thumbnail) = 64),
                    file_kind \(.text) CHECK (file_kind IN ('jpeg', 'pdf', 'docx', 'xlsx')),
                    file_name \(.text),
                    width \(.integer) CHECK (width > 0),
                    height \(.integer) CHECK (height > 0),
                    bytes \(.integer) CHECK (bytes > 0),
                    line_count \(.integer) CHECK (line_count > 0),
                    office \(.text) CHECK (office <> ''),
                    seen_on \(.day) CHECK (length(seen_on) = 10),
                    seen \(.text) CHECK (seen <> ''),
                    note \(.text) CHECK (note <> ''),
                    added_by \(.id) REFERENCES person (id),
                    giver_id \(.id) REFERENCES person (id),
                    at \(.instant) NOT NULL,
                    released_at \(.instant),
                    children \(.text) CHECK (children IN ('none', 'covered')),
                    plates \(.text) CHECK (plates IN ('none', 'covered')),
                    replaced_at \(.instant),
                    removed_at \(.instant),
                    removed_by \(.id) REFERENCES person (id),
                    UNIQUE (piece_id, version),
                    CHECK (version > 1 OR piece_id = id),
                    CHECK (released_at IS NULL OR (kind = 'picture' AND replaced_at IS NULL)),
                    CHECK (released_at IS NULL OR (children IS NOT NULL AND plates IS NOT NULL)),
                    CHECK (CASE kind
                           WHEN 'picture' THEN address IS NOT NULL AND thumbnail IS NOT NULL AND width IS NOT NULL
                                AND height IS NOT NULL AND bytes IS NOT NULL AND file_name IS NOT NULL
                           WHEN 'document' THEN address IS NOT NULL AND file_kind IS NOT NULL AND bytes IS NOT NULL
                                AND file_name IS NOT NULL
                           ELSE office IS NOT NULL AND seen_on IS NOT NULL AND seen IS NOT NULL END)) \(.endOfTable)
                """,
                "CREATE INDEX evidence_of_dossier ON evidence (dossier_id, at)",
                "CREATE INDEX evidence_by_address ON evidence (address)",
                "CREATE INDEX evidence_by_thumbnail ON evidence (thumbnail)",
                // Time and place found in a picture: for the checker only, deleted when the dossier closes (people.md 10).
                """
                CREATE TABLE evidence_origin (
                    evidence_id \(.id) NOT NULL PRIMARY KEY REFERENCES evidence (id),
                    taken_at \(.text),
                    latitude \(.integer) CHECK (latitude BETWEEN -90000000 AND 90000000),
                    longitude \(.integer) CHECK (longitude BETWEEN -180000000 AND 180000000)) \(.endOfTableByKey)
                """,
                """
                CREATE TABLE evidence_use (
                    piece_id \(.id) NOT NULL REFERENCES evidence (id),
                    code \(.text) NOT NULL CHECK (code <> ''),
                    PRIMARY KEY (piece_id, code)) \(.endOfTableByKey)
                """,
            ]),
        Migration(
            "recognition.0003-decision",
            [
                // A dossier stands in one draft or decision at a time; a refusal that was looked at again stays in its own.
                // origin 'register': a title from before this system, taken over from a paper register without a scan.
                """
                CREATE TABLE decision (
                    id \(.id) NOT NULL PRIMARY KEY,
                    territory_id \(.id) NOT NULL REFERENCES territory (id),
                    organisation_id \(.id) NOT NULL REFERENCES organisation (id),
                    title \(.text) NOT NULL CHECK (title <> ''),
                    level \(.text) NOT NULL CHECK (level IN ('commune', 'district', 'province', 'national')),
                    year \(.integer) NOT NULL CHECK (year BETWEEN 1900 AND 2200),
                    state \(.text) NOT NULL CHECK (state IN ('draft', 'issued')),
                    origin \(.text) NOT NULL CHECK (origin IN ('here', 'register')),
                    number \(.text) CHECK (number <> ''),
                    number_key \(.text),
                    number_year \(.integer),
                    day \(.day) CHECK (length(day) = 10),
                    signer \(.text) CHECK (signer <> ''),
                    signer_office \(.text) CHECK (signer_office <> ''),
                    scan_address \(.text) CHECK (length(scan_address) = 64),
                    scan_type \(.text),
                    scan_name \(.text),
                    drafted_by \(.id) REFERENCES person (id),
                    drafted_at \(.instant) NOT NULL,
                    issued_by \(.id) REFERENCES person (id),
                    issued_at \(.instant),
                    revision \(.integer) NOT NULL CHECK (revision > 0),
                    CHECK (state = 'draft' OR (number IS NOT NULL AND number_key IS NOT NULL AND number_year IS NOT NULL
                           AND day IS NOT NULL AND (origin = 'register' OR (signer IS NOT NULL AND scan_address IS NOT NULL)))))
                    \(.endOfTable)
                """,
                // A decision of before this system may have given two titles; it then stands here once for each.
                "CREATE UNIQUE INDEX decision_number ON decision (organisation_id, number_year, number_key, title)",
                "CREATE INDEX decision_in_order ON decision (territory_id, drafted_at, id)",
                "CREATE INDEX decision_by_state ON decision (state, territory_id)",
                """
                CREATE TABLE decision_item (
                    decision_id \(.id) NOT NULL REFERENCES decision (id),
                    dossier_id \(.id) NOT NULL REFERENCES dossier (id),
                    outcome \(.text) NOT NULL CHECK (outcome IN ('recognised', 'refused')),
                    reason \(.text) CHECK (reason <> ''),
                    reconsidered_at \(.instant),
                    CHECK (reconsidered_at IS NULL OR outcome = 'refused'),
                    PRIMARY KEY (decision_id, dossier_id),
                    CHECK (outcome = 'recognised' OR reason IS NOT NULL)) \(.endOfTableByKey)
                """,
                "CREATE INDEX decision_item_of_dossier ON decision_item (dossier_id)",
                """
                CREATE UNIQUE INDEX decision_item_current ON decision_item (dossier_id) WHERE reconsidered_at IS NULL
                """,
                """
                CREATE TABLE title_grant (
                    id \(.id) NOT NULL PRIMARY KEY,
                    territory_id \(.id) NOT NULL REFERENCES territory (id),
                    title \(.text) NOT NULL CHECK (title <> ''),
                    title_name \(.text) NOT NULL CHECK (title_name <> ''),
                    level \(.text) NOT NULL CHECK (level IN ('commune', 'district', 'province', 'national')),
                    year \(.integer) NOT NULL,
                    decision_id \(.id) NOT NULL REFERENCES decision (id),
                    dossier_id \(.id) UNIQUE REFERENCES dossier (id),
                    valid_from \(.day) NOT NULL CHECK (length(valid_from) = 10),
                    valid_until \(.day) CHECK (valid_until > valid_from),
                    ended_on \(.day) CHECK (ended_on >= valid_from),
                    ended_why \(.text) CHECK (ended_why IN ('renewed', 'raised', 'withdrawn', 'lapsed', 'merged')),
                    UNIQUE (territory_id, decision_id),
                    CHECK ((ended_on IS NULL) = (ended_why IS NULL))) \(.endOfTable)
                """,
                "CREATE INDEX title_grant_by_title ON title_grant (title, level, valid_from)",
                "CREATE INDEX title_grant_of_decision ON title_grant (decision_id)",
            ]),
        Migration(
            "recognition.0004-steps",
            [
                """
                INSERT INTO dossier_state (name) VALUES ('reviewing'), ('posted'), ('forwarded'), ('appraised')
                """
            ]),
        review,
        RecognitionPanelSchema.migration,
        RecognitionPanelWholeSchema.migration,
        supply,
        RecognitionTitleSchema.migration,
        move,
        Migration("recognition.0013-region", ["ALTER TABLE dossier ADD COLUMN region \(.text)"]),
        RecognitionEarlierSchema.migration,
    ]
}
