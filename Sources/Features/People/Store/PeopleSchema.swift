import Core
import Database

/// The tables of this feature. `account` and `role_assignment` are read again by the gate whenever something is
/// written, so their columns `person_id`, `disabled_at`, `version` and `territory_id` are a contract.
package enum PeopleSchema {
    package static let migrations: [Migration] = [
        Migration(
            "people.0001-person-account-role",
            [
                """
                CREATE TABLE person (
                    id \(.id) PRIMARY KEY, name \(.text) NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
                    sort_key \(.text) NOT NULL, search_key \(.text) NOT NULL,
                    birth_year \(.integer) CHECK (birth_year BETWEEN 1900 AND 2200),
                    phone \(.text) CHECK (length(phone) BETWEEN 8 AND 15),
                    is_invented \(.flag) NOT NULL CHECK (is_invented IN (FALSE, TRUE)),
                    revision \(.integer) NOT NULL CHECK (revision > 0)) \(.endOfTable)
                """,
                "CREATE INDEX person_in_order ON person (sort_key, id)",
                """
                CREATE TABLE account (
                    person_id \(.id) PRIMARY KEY REFERENCES person (id),
                    sign_in_name \(.text) NOT NULL UNIQUE CHECK (length(sign_in_name) BETWEEN 3 AND 64),
                    password_hash \(.text), must_change \(.flag) NOT NULL CHECK (must_change IN (FALSE, TRUE)),
                    disabled_at \(.instant), revision \(.integer) NOT NULL CHECK (revision > 0)) \(.endOfTable)
                """,
                """
                CREATE TABLE role_assignment (
                    id \(.id) PRIMARY KEY, person_id \(.id) NOT NULL REFERENCES person (id),
                    role \(.text) NOT NULL CHECK (length(role) > 0),
                    organisation_id \(.id) NOT NULL REFERENCES organisation (id),
                    territory_id \(.id) NOT NULL REFERENCES territory (id), valid_from \(.day) NOT NULL,
                    valid_until \(.day) CHECK (valid_until >= valid_from), version \(.integer) NOT NULL CHECK (version > 0),
                    assigned_by \(.id) REFERENCES person (id),
                    stands_for \(.id) REFERENCES role_assignment (id), helps \(.id) REFERENCES role_assignment (id))
                    \(.endOfTable)
                """,
                "CREATE INDEX role_assignment_standing_for ON role_assignment (stands_for) WHERE stands_for IS NOT NULL",
                "CREATE INDEX role_assignment_helping ON role_assignment (helps) WHERE helps IS NOT NULL",
                "CREATE INDEX role_assignment_of_person ON role_assignment (person_id, valid_from)",
                "CREATE INDEX role_assignment_in_territory ON role_assignment (territory_id, role)",
                "CREATE INDEX role_assignment_of_organisation ON role_assignment (organisation_id)",
            ]),
        Migration(
            "people.0002-session-slip-attempt",
            [
                """
                CREATE TABLE session (
                    id \(.id) PRIMARY KEY, token_hash \(.bytes) NOT NULL UNIQUE CHECK (length(token_hash) = 32),
                    person_id \(.id) NOT NULL REFERENCES account (person_id),
                    csrf_secret \(.bytes) NOT NULL CHECK (length(csrf_secret) = 16),
                    is_own_device \(.flag) NOT NULL CHECK (is_own_device IN (FALSE, TRUE)),
                    created_at \(.instant) NOT NULL, last_seen_at \(.instant) NOT NULL, expires_at \(.instant) NOT NULL,
                    ended_at \(.instant), device \(.text) NOT NULL,
                    device_hash \(.bytes) CHECK (length(device_hash) = 32)) \(.endOfTable)
                """,
                "CREATE INDEX session_of_person ON session (person_id)",
                """
                CREATE TABLE known_device (
                    person_id \(.id) NOT NULL REFERENCES account (person_id),
                    device_hash \(.bytes) NOT NULL CHECK (length(device_hash) = 32), last_seen_at \(.instant) NOT NULL,
                    PRIMARY KEY (person_id, device_hash)) \(.endOfTableByKey)
                """,
                """
                CREATE TABLE activation_slip (
                    id \(.id) PRIMARY KEY, person_id \(.id) NOT NULL REFERENCES account (person_id),
                    code_hash \(.bytes) NOT NULL UNIQUE, issued_by \(.id) REFERENCES person (id),
                    issued_at \(.instant) NOT NULL, expires_at \(.instant) NOT NULL, used_at \(.instant)) \(.endOfTable)
                """,
                "CREATE INDEX activation_slip_of_person ON activation_slip (person_id)",
                """
                CREATE TABLE attempt (
                    bucket \(.text) NOT NULL, window_start \(.instant) NOT NULL,
                    count \(.integer) NOT NULL CHECK (count >= 0), PRIMARY KEY (bucket, window_start)) \(.endOfTableByKey)
                """,
                "CREATE INDEX attempt_by_age ON attempt (window_start)",
            ]),
        Migration(
            "people.0003-second-step-and-pin",
            [
                // A secret that is not confirmed is being set up. The step is the last code used: none counts twice.
                """
                CREATE TABLE totp (
                    person_id \(.id) NOT NULL PRIMARY KEY REFERENCES account (person_id),
                    secret \(.bytes) NOT NULL CHECK (length(secret) = 20), made_at \(.instant) NOT NULL,
                    confirmed_at \(.instant), last_step \(.integer) NOT NULL) \(.endOfTableByKey)
                """,
                """
                CREATE TABLE recovery_code (
                    person_id \(.id) NOT NULL REFERENCES account (person_id),
                    number \(.integer) NOT NULL CHECK (number BETWEEN 1 AND 10),
                    code_hash \(.bytes) NOT NULL, used_at \(.instant), PRIMARY KEY (person_id, number)) \(.endOfTableByKey)
                """,
                // Between the password and the code: not a session, and worth nothing without the code.
                """
                CREATE TABLE sign_in_step (
                    token_hash \(.bytes) NOT NULL PRIMARY KEY CHECK (length(token_hash) = 32),
                    person_id \(.id) NOT NULL REFERENCES account (person_id),
                    account_revision \(.integer) NOT NULL, next \(.text) NOT NULL,
                    is_own_device \(.flag) NOT NULL CHECK (is_own_device IN (FALSE, TRUE)),
                    expires_at \(.instant) NOT NULL) \(.endOfTableByKey)
                """,
                """
                CREATE TABLE device_pin (
                    device_hash \(.bytes) NOT NULL PRIMARY KEY CHECK (length(device_hash) = 32),
                    person_id \(.id) NOT NULL REFERENCES account (person_id), pin_hash \(.text) NOT NULL,
                    tries \(.integer) NOT NULL CHECK (tries BETWEEN 0 AND 5), set_at \(.instant) NOT NULL)
                    \(.endOfTableByKey)
                """,
                "CREATE INDEX device_pin_of_person ON device_pin (person_id)",
            ]),
        Migration(
            "people.0004-view-and-correction",
            [
                """
                CREATE TABLE person_view (
                    id \(.id) NOT NULL PRIMARY KEY, person_id \(.id) NOT NULL REFERENCES person (id),
                    viewer_id \(.id) NOT NULL REFERENCES person (id), role \(.text) NOT NULL,
                    giver_id \(.id) REFERENCES person (id), at \(.instant) NOT NULL) \(.endOfTable)
                """,
                "CREATE INDEX person_view_of_person ON person_view (person_id, at)",
                """
                CREATE TABLE correction (
                    id \(.id) NOT NULL PRIMARY KEY, person_id \(.id) NOT NULL REFERENCES person (id),
                    territory_id \(.id) NOT NULL REFERENCES territory (id), asked \(.text) NOT NULL CHECK (asked <> ''),
                    asked_at \(.instant) NOT NULL, due \(.day) NOT NULL, answer \(.text),
                    outcome \(.text) CHECK (outcome IN ('corrected', 'kept')), answered_at \(.instant),
                    answered_by \(.id) REFERENCES person (id), revision \(.integer) NOT NULL) \(.endOfTable)
                """,
                "CREATE INDEX correction_of_person ON correction (person_id, asked_at)",
                "CREATE INDEX correction_open ON correction (due, id) WHERE answered_at IS NULL",
            ]),
        Migration(
            "people.0005-import",
            [
                """
                CREATE TABLE people_import (
                    id \(.id) NOT NULL PRIMARY KEY, territory_id \(.id) NOT NULL REFERENCES territory (id),
                    file_name \(.text) NOT NULL, state \(.text) NOT NULL CHECK (state IN ('previewed', 'done', 'undone')),
                    row_count \(.integer) NOT NULL, added \(.integer) NOT NULL, given \(.integer) NOT NULL,
                    unchanged \(.integer) NOT NULL, faults \(.integer) NOT NULL, warnings \(.integer) NOT NULL,
                    columns_read \(.text) NOT NULL, columns_unknown \(.text) NOT NULL, made_at \(.instant) NOT NULL,
                    made_by \(.id) REFERENCES person (id), done_at \(.instant), undone_at \(.instant),
                    revision \(.integer) NOT NULL) \(.endOfTable)
                """,
                "CREATE INDEX people_import_by_time ON people_import (made_at, id)",
                // What comes of a row: the ids of the person and the office are made with the preview.
                """
                CREATE TABLE people_import_row (
                    batch_id \(.id) NOT NULL REFERENCES people_import (id), number \(.integer) NOT NULL,
                    is_new \(.flag) NOT NULL CHECK (is_new IN (FALSE, TRUE)), person_id \(.id) NOT NULL,
                    role_id \(.id) NOT NULL, name \(.text) NOT NULL, birth_year \(.integer), phone \(.text),
                    sign_in_name \(.text), role \(.text) NOT NULL, organisation_id \(.id) NOT NULL,
                    territory_id \(.id) NOT NULL, valid_from \(.day) NOT NULL, valid_until \(.day),
                    PRIMARY KEY (batch_id, number)) \(.endOfTableByKey)
                """,
                """
                CREATE TABLE people_import_remark (
                    batch_id \(.id) NOT NULL REFERENCES people_import (id), number \(.integer) NOT NULL,
                    is_fault \(.flag) NOT NULL, sheet \(.text) NOT NULL, line \(.integer) NOT NULL,
                    column_letters \(.text), key \(.text) NOT NULL, arguments \(.text) NOT NULL,
                    PRIMARY KEY (batch_id, number)) \(.endOfTableByKey)
                """,
            ]),
        // Secrets are sealed with a key that is not in the database (`PeopleSeal`); those of before are sealed at the
        // next start of the server, which has the key.
        Migration(
            "people.0006-sealed-secret",
            [
                """
                CREATE TABLE sealed_totp (
                    person_id \(.id) NOT NULL PRIMARY KEY REFERENCES account (person_id),
                    secret \(.bytes) NOT NULL CHECK (length(secret) IN (20, 48)), made_at \(.instant) NOT NULL,
                    confirmed_at \(.instant), last_step \(.integer) NOT NULL) \(.endOfTableByKey)
                """,
                """
                INSERT INTO sealed_totp (person_id, secret, made_at, confirmed_at, last_step)
                SELECT person_id, secret, made_at, confirmed_at, last_step FROM totp
                """,
                "DROP TABLE totp",
                "ALTER TABLE sealed_totp RENAME TO totp",
            ]),
        PeopleHandoverSchema.migration,
    ]
}
