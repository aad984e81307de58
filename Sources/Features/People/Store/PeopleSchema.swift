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
                    assigned_by \(.id) REFERENCES person (id)) \(.endOfTable)
                """,
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
                    ended_at \(.instant), device \(.text) NOT NULL) \(.endOfTable)
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
    ]
}
