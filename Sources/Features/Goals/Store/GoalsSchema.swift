import Database

/// The tables of goals. A target and a goal keep every number they ever had, in rows that are only added.
package enum GoalsSchema {
    package static let migrations: [Migration] = [
        Migration(
            "goals.0001-targets",
            [
                """
                CREATE TABLE target (
                    id \(.id) NOT NULL PRIMARY KEY,
                    territory_id \(.id) NOT NULL REFERENCES territory (id),
                    title \(.text) NOT NULL CHECK (title <> ''),
                    year_from \(.integer) NOT NULL CHECK (year_from BETWEEN 1900 AND 2200),
                    year_until \(.integer) NOT NULL CHECK (year_until >= year_from),
                    value \(.integer) NOT NULL CHECK (value >= 0),
                    revision \(.integer) NOT NULL CHECK (revision > 0),
                    UNIQUE (territory_id, title, year_from, year_until)) \(.endOfTable)
                """,
                "CREATE INDEX target_by_span ON target (year_from, year_until, title)",
                """
                CREATE TABLE target_version (
                    target_id \(.id) NOT NULL REFERENCES target (id),
                    number \(.integer) NOT NULL CHECK (number > 0),
                    value \(.integer) NOT NULL CHECK (value >= 0),
                    document_number \(.text) NOT NULL CHECK (document_number <> ''),
                    document_day \(.day) NOT NULL,
                    document_body \(.text) NOT NULL CHECK (document_body <> ''),
                    note \(.text),
                    scan_address \(.text),
                    scan_type \(.text),
                    scan_name \(.text),
                    set_by \(.id) REFERENCES person (id),
                    organisation_id \(.id) REFERENCES organisation (id),
                    at \(.instant) NOT NULL,
                    PRIMARY KEY (target_id, number),
                    CHECK ((scan_address IS NULL) = (scan_type IS NULL))) \(.endOfTableByKey)
                """,
                "CREATE INDEX target_version_by_person ON target_version (set_by)",
                "CREATE INDEX target_version_by_organisation ON target_version (organisation_id)",
                .appendOnly("target_version"),
            ]),
        Migration(
            "goals.0002-goals",
            [
                """
                CREATE TABLE goal (
                    id \(.id) NOT NULL PRIMARY KEY,
                    territory_id \(.id) NOT NULL REFERENCES territory (id),
                    title \(.text) NOT NULL
                        CHECK (title IN ('newCountryside', 'advanced', 'model', 'urban', 'other')),
                    title_key \(.text) NOT NULL CHECK (title_key <> ''),
                    title_name \(.text) NOT NULL CHECK (title_name <> ''),
                    due_on \(.day) NOT NULL,
                    dropped_on \(.day),
                    reached_on \(.day),
                    revision \(.integer) NOT NULL CHECK (revision > 0)) \(.endOfTable)
                """,
                "CREATE INDEX goal_by_territory ON goal (territory_id, title_key)",
                """
                CREATE UNIQUE INDEX goal_open ON goal (territory_id, title_key)
                    WHERE dropped_on IS NULL AND reached_on IS NULL
                """,
                "CREATE INDEX goal_by_due ON goal (due_on, id)",
                """
                CREATE TABLE goal_version (
                    goal_id \(.id) NOT NULL REFERENCES goal (id),
                    number \(.integer) NOT NULL CHECK (number > 0),
                    due_on \(.day) NOT NULL,
                    owner_id \(.id) NOT NULL REFERENCES organisation (id),
                    successor_id \(.id) REFERENCES territory (id),
                    blocks \(.text),
                    is_dropped \(.flag) NOT NULL,
                    document_number \(.text) NOT NULL CHECK (document_number <> ''),
                    document_day \(.day) NOT NULL,
                    document_body \(.text) NOT NULL CHECK (document_body <> ''),
                    set_by \(.id) REFERENCES person (id),
                    organisation_id \(.id) REFERENCES organisation (id),
                    at \(.instant) NOT NULL,
                    PRIMARY KEY (goal_id, number)) \(.endOfTableByKey)
                """,
                "CREATE INDEX goal_version_by_owner ON goal_version (owner_id)",
                "CREATE INDEX goal_version_by_successor ON goal_version (successor_id)",
                "CREATE INDEX goal_version_by_person ON goal_version (set_by)",
                "CREATE INDEX goal_version_by_organisation ON goal_version (organisation_id)",
                .appendOnly("goal_version"),
            ]),
        Migration(
            "goals.0003-register",
            [
                // An entry by mistake ends on the day it began, so that it holds on none; `ended_document` is then the reason.
                """
                CREATE TABLE unit_title (
                    id \(.id) NOT NULL PRIMARY KEY,
                    territory_id \(.id) NOT NULL REFERENCES territory (id),
                    title \(.text) NOT NULL
                        CHECK (title IN ('newCountryside', 'advanced', 'model', 'urban', 'other')),
                    title_key \(.text) NOT NULL CHECK (title_key <> ''),
                    title_name \(.text) NOT NULL CHECK (title_name <> ''),
                    decision_number \(.text) NOT NULL CHECK (decision_number <> ''),
                    decision_day \(.day) NOT NULL,
                    decision_body \(.text) NOT NULL CHECK (decision_body <> ''),
                    signer \(.text),
                    valid_from \(.day) NOT NULL,
                    valid_until \(.day) CHECK (valid_until > valid_from),
                    ended_on \(.day) CHECK (ended_on >= valid_from),
                    ended_why \(.text) CHECK (ended_why IN ('withdrawn', 'lapsed', 'renewed', 'raised', 'mistaken')),
                    ended_document \(.text),
                    voided_on \(.day),
                    recorded_by \(.id) REFERENCES person (id),
                    organisation_id \(.id) REFERENCES organisation (id),
                    at \(.instant) NOT NULL,
                    revision \(.integer) NOT NULL CHECK (revision > 0),
                    CHECK ((ended_on IS NULL) = (ended_why IS NULL)),
                    CHECK ((voided_on IS NULL) = (COALESCE(ended_why, '') <> 'mistaken')),
                    CHECK (voided_on IS NULL OR ended_on = valid_from)) \(.endOfTable)
                """,
                "CREATE INDEX unit_title_by_territory ON unit_title (territory_id, title_key)",
                "CREATE INDEX unit_title_by_title ON unit_title (title, valid_from)",
                "CREATE INDEX unit_title_by_person ON unit_title (recorded_by)",
                "CREATE INDEX unit_title_by_organisation ON unit_title (organisation_id)",
            ]),
    ]
}
