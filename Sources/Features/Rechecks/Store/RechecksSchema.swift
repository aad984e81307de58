import Database

/// The tables of rechecks.
package enum RechecksSchema {
    package static let migrations: [Migration] = [
        Migration(
            "rechecks.0001-rounds",
            [
                """
                CREATE TABLE recheck_round (
                    id \(.id) NOT NULL PRIMARY KEY,
                    territory_id \(.id) NOT NULL REFERENCES territory (id),
                    year \(.integer) NOT NULL CHECK (year BETWEEN 1900 AND 2200),
                    opened_on \(.day) NOT NULL CHECK (length(opened_on) = 10),
                    due_on \(.day) NOT NULL CHECK (due_on >= opened_on),
                    opened_by \(.id) REFERENCES person (id),
                    at \(.instant) NOT NULL,
                    UNIQUE (territory_id, year)) \(.endOfTable)
                """,
                // `state` holds what was written; how a re-check stands follows from it and from its title. `mended_on`: since
                // then all that did not meet the title is recorded as mended.
                """
                CREATE TABLE recheck (
                    id \(.id) NOT NULL PRIMARY KEY,
                    round_id \(.id) NOT NULL REFERENCES recheck_round (id),
                    title_id \(.id) NOT NULL REFERENCES title_grant (id),
                    territory_id \(.id) NOT NULL REFERENCES territory (id),
                    kind \(.text) NOT NULL CHECK (kind IN ('light', 'full')),
                    criteria_set_id \(.id) NOT NULL REFERENCES criteria_set (id),
                    rules_id \(.id) REFERENCES rules_document (id),
                    area_class \(.text),
                    region \(.text),
                    state \(.text) NOT NULL CHECK (state IN ('due', 'watched', 'warning', 'noticed', 'answered', 'summoned',
                        'heard', 'kept')),
                    state_since \(.instant) NOT NULL,
                    due_on \(.day) CHECK (length(due_on) = 10),
                    mended_on \(.day) CHECK (length(mended_on) = 10),
                    revision \(.integer) NOT NULL CHECK (revision > 0),
                    UNIQUE (round_id, title_id)) \(.endOfTable)
                """,
                "CREATE INDEX recheck_round_by_year ON recheck_round (year, territory_id)",
                "CREATE INDEX recheck_of_title ON recheck (title_id)",
                "CREATE INDEX recheck_by_rules ON recheck (rules_id)",
                "CREATE INDEX recheck_of_area ON recheck (territory_id, state)",
                "CREATE INDEX recheck_by_state ON recheck (state, due_on)",
                """
                CREATE TABLE recheck_code (
                    recheck_id \(.id) NOT NULL REFERENCES recheck (id),
                    code \(.text) NOT NULL CHECK (code <> ''),
                    why \(.text) NOT NULL CHECK (why IN ('mandatory', 'fallenBefore', 'changed', 'all')),
                    PRIMARY KEY (recheck_id, code)) \(.endOfTableByKey)
                """,
                """
                CREATE TABLE recheck_event (
                    recheck_id \(.id) NOT NULL REFERENCES recheck (id),
                    id \(.id) NOT NULL,
                    action \(.text) NOT NULL,
                    state_to \(.text) NOT NULL,
                    actor_id \(.id) REFERENCES person (id),
                    giver_id \(.id) REFERENCES person (id),
                    organisation_id \(.id) REFERENCES organisation (id),
                    reason \(.text) CHECK (reason <> ''),
                    at \(.instant) NOT NULL,
                    PRIMARY KEY (recheck_id, id)) \(.endOfTableByKey)
                """,
            ]),
        Migration(
            "rechecks.0002-findings",
            [
                // turn 1: what the re-check found; turn 2: what was found when looking again at what fell. A figure that
                // an office holds is taken in with the office and the paper it rests on.
                """
                CREATE TABLE recheck_look (
                    recheck_id \(.id) NOT NULL REFERENCES recheck (id),
                    code \(.text) NOT NULL CHECK (code <> ''),
                    turn \(.integer) NOT NULL CHECK (turn IN (1, 2)),
                    value_kind \(.text) NOT NULL CHECK (value_kind IN ('yes', 'quantity', 'grade', 'na')),
                    value_number \(.integer),
                    value_text \(.text),
                    note \(.text) CHECK (note <> ''),
                    looked_by \(.id) REFERENCES person (id),
                    office_id \(.id) REFERENCES organisation (id),
                    paper \(.text) CHECK (paper <> ''),
                    at \(.instant) NOT NULL,
                    PRIMARY KEY (recheck_id, code, turn),
                    CHECK (office_id IS NULL OR (turn = 1 AND looked_by IS NULL))) \(.endOfTableByKey)
                """,
                "CREATE INDEX recheck_look_of_office ON recheck_look (office_id)",
                """
                CREATE TABLE recheck_evidence (
                    id \(.id) NOT NULL PRIMARY KEY,
                    recheck_id \(.id) NOT NULL REFERENCES recheck (id),
                    code \(.text) NOT NULL CHECK (code <> ''),
                    side \(.text) NOT NULL CHECK (side IN ('area', 'commune')),
                    kind \(.text) NOT NULL CHECK (kind IN ('picture', 'document', 'witness', 'visit')),
                    address \(.text) CHECK (length(address) = 64),
                    file_type \(.text),
                    file_name \(.text),
                    office \(.text) CHECK (office <> ''),
                    seen_on \(.day) CHECK (length(seen_on) = 10),
                    seen \(.text) CHECK (seen <> ''),
                    added_by \(.id) REFERENCES person (id),
                    at \(.instant) NOT NULL,
                    CHECK (CASE WHEN kind IN ('picture', 'document') THEN address IS NOT NULL AND file_type IS NOT NULL
                        AND file_name IS NOT NULL ELSE office IS NOT NULL AND seen_on IS NOT NULL AND seen IS NOT NULL END))
                    \(.endOfTable)
                """,
                "CREATE INDEX recheck_evidence_of_recheck ON recheck_evidence (recheck_id, at)",
            ]),
        Migration(
            "rechecks.0003-notices",
            [
                // A draft until the signed paper is in; `mend_until` follows from its day.
                """
                CREATE TABLE recheck_notice (
                    id \(.id) NOT NULL PRIMARY KEY,
                    recheck_id \(.id) NOT NULL REFERENCES recheck (id),
                    mend_days \(.integer) NOT NULL CHECK (mend_days BETWEEN 1 AND 366),
                    mend_unit \(.text) NOT NULL CHECK (mend_unit IN ('calendar', 'working')),
                    drafted_by \(.id) REFERENCES person (id),
                    at \(.instant) NOT NULL,
                    number \(.text) CHECK (number <> ''),
                    number_key \(.text),
                    number_year \(.integer),
                    organisation_id \(.id) REFERENCES organisation (id),
                    day \(.day) CHECK (length(day) = 10),
                    signer \(.text) CHECK (signer <> ''),
                    office \(.text) CHECK (office <> ''),
                    scan_address \(.text) CHECK (length(scan_address) = 64),
                    scan_type \(.text),
                    scan_name \(.text),
                    mend_until \(.day) CHECK (length(mend_until) = 10),
                    issued_by \(.id) REFERENCES person (id),
                    issued_at \(.instant),
                    CHECK (issued_at IS NULL OR (number IS NOT NULL AND number_key IS NOT NULL AND number_year IS NOT NULL
                        AND day IS NOT NULL AND signer IS NOT NULL AND office IS NOT NULL AND scan_address IS NOT NULL AND scan_type IS NOT NULL
                        AND scan_name IS NOT NULL AND mend_until IS NOT NULL))) \(.endOfTable)
                """,
                "CREATE INDEX recheck_notice_of_recheck ON recheck_notice (recheck_id, at)",
                """
                CREATE UNIQUE INDEX recheck_notice_number ON recheck_notice (organisation_id, number_year, number_key)
                """,
                """
                CREATE TABLE recheck_notice_item (
                    notice_id \(.id) NOT NULL REFERENCES recheck_notice (id),
                    code \(.text) NOT NULL CHECK (code <> ''),
                    reason \(.text) NOT NULL CHECK (reason <> ''),
                    PRIMARY KEY (notice_id, code)) \(.endOfTableByKey)
                """,
                """
                CREATE TABLE recheck_answer (
                    id \(.id) NOT NULL PRIMARY KEY,
                    recheck_id \(.id) NOT NULL REFERENCES recheck (id),
                    text \(.text) NOT NULL CHECK (text <> ''),
                    answered_by \(.id) REFERENCES person (id),
                    at \(.instant) NOT NULL) \(.endOfTable)
                """,
                "CREATE INDEX recheck_answer_of_recheck ON recheck_answer (recheck_id, at)",
                """
                CREATE TABLE recheck_answer_item (
                    answer_id \(.id) NOT NULL REFERENCES recheck_answer (id),
                    code \(.text) NOT NULL CHECK (code <> ''),
                    done \(.text) NOT NULL CHECK (done <> ''),
                    PRIMARY KEY (answer_id, code)) \(.endOfTableByKey)
                """,
                // One invitation each, `begins` in minutes after midnight; the minutes are entered when it was held, or when nobody came.
                // What was put off keeps why; the next row is the invitation that took its place.
                """
                CREATE TABLE recheck_hearing (
                    id \(.id) NOT NULL PRIMARY KEY,
                    recheck_id \(.id) NOT NULL REFERENCES recheck (id),
                    day \(.day) NOT NULL CHECK (length(day) = 10),
                    begins \(.integer) NOT NULL CHECK (begins BETWEEN 0 AND 1439),
                    place \(.text) NOT NULL CHECK (place <> ''),
                    reason \(.text) NOT NULL CHECK (reason <> ''),
                    number \(.text) CHECK (number <> ''),
                    invited_by \(.id) REFERENCES person (id),
                    invited_at \(.instant) NOT NULL,
                    came \(.integer) CHECK (came IN (0, 1)),
                    present \(.text) CHECK (present <> ''),
                    minutes \(.text) CHECK (minutes <> ''),
                    held_by \(.id) REFERENCES person (id),
                    held_at \(.instant),
                    put_off_at \(.instant),
                    put_off_why \(.text) CHECK (put_off_why <> ''),
                    CHECK ((put_off_at IS NULL) = (put_off_why IS NULL)),
                    CHECK (put_off_at IS NULL OR held_at IS NULL),
                    CHECK ((held_at IS NULL) = (minutes IS NULL))) \(.endOfTable)
                """,
                "CREATE INDEX recheck_hearing_of_recheck ON recheck_hearing (recheck_id, invited_at)",
            ]),
    ]
}
