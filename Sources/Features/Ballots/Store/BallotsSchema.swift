import Database

/// The tables of ballots.
///
/// Two rules are held by their shape. `ballot_seal` and `ballot_answer` have no instant, no number, no author and no
/// reference to a code, and on the embedded engine no order of their own either: their key is random. And no table
/// says which household got which code, or that it answered.
package enum BallotsSchema {
    package static let migrations: [Migration] = [
        Migration(
            "ballots.0001-ballot",
            [
                """
                CREATE TABLE ballot (
                    id \(.id) NOT NULL PRIMARY KEY,
                    territory_id \(.id) NOT NULL REFERENCES territory (id),
                    kind \(.text) NOT NULL CHECK (kind IN ('recognition', 'practice')),
                    subject_id \(.id),
                    title_vi \(.text) NOT NULL,
                    title_en \(.text) NOT NULL,
                    year \(.integer) NOT NULL CHECK (year BETWEEN 2000 AND 2200),
                    questions \(.json) NOT NULL,
                    households \(.integer) NOT NULL CHECK (households > 0),
                    paper \(.integer) NOT NULL CHECK (paper BETWEEN 0 AND households),
                    opens_on \(.day) NOT NULL CHECK (length(opens_on) = 10),
                    last_on \(.day) NOT NULL CHECK (last_on >= opens_on),
                    public_key \(.bytes) NOT NULL CHECK (length(public_key) = 32),
                    codes_mark \(.bytes) NOT NULL CHECK (length(codes_mark) = 32),
                    opened_by \(.id) REFERENCES person (id),
                    at \(.instant) NOT NULL,
                    closed_at \(.instant),
                    closed_by \(.id) REFERENCES person (id),
                    given_up_why \(.text) CHECK (given_up_why <> ''),
                    spoilt \(.integer) NOT NULL CHECK (spoilt >= 0),
                    result_text \(.text),
                    result_hash \(.text) CHECK (length(result_hash) = 64),
                    revision \(.integer) NOT NULL CHECK (revision > 0),
                    CHECK ((result_text IS NULL) = (result_hash IS NULL))) \(.endOfTable)
                """,
                "CREATE INDEX ballot_of_territory ON ballot (territory_id, opens_on)",
                "CREATE INDEX ballot_open ON ballot (last_on) WHERE closed_at IS NULL",
                "CREATE UNIQUE INDEX ballot_of_subject ON ballot (subject_id) WHERE given_up_why IS NULL",
                """
                CREATE TABLE ballot_extension (
                    ballot_id \(.id) NOT NULL REFERENCES ballot (id),
                    last_before \(.day) NOT NULL CHECK (length(last_before) = 10),
                    last_after \(.day) NOT NULL CHECK (last_after > last_before),
                    reason \(.text) NOT NULL CHECK (reason <> ''),
                    extended_by \(.id) REFERENCES person (id),
                    at \(.instant) NOT NULL,
                    PRIMARY KEY (ballot_id, last_before)) \(.endOfTableByKey)
                """,
                """
                CREATE TABLE ballot_batch (
                    id \(.id) NOT NULL PRIMARY KEY,
                    ballot_id \(.id) NOT NULL REFERENCES ballot (id),
                    kind \(.text) NOT NULL CHECK (kind IN ('household', 'spare')),
                    codes \(.integer) NOT NULL CHECK (codes > 0),
                    issued_by \(.id) REFERENCES person (id),
                    at \(.instant) NOT NULL,
                    cancelled_at \(.instant),
                    cancelled_by \(.id) REFERENCES person (id)) \(.endOfTable)
                """,
                "CREATE INDEX ballot_batch_of_ballot ON ballot_batch (ballot_id, at)",
                // Of a code only a keyed hash is kept; its key is not in the database.
                """
                CREATE TABLE ballot_code (
                    mark \(.bytes) NOT NULL PRIMARY KEY CHECK (length(mark) = 32),
                    batch_id \(.id) NOT NULL REFERENCES ballot_batch (id),
                    is_burnt \(.flag) NOT NULL) \(.endOfTableByKey)
                """,
                "CREATE INDEX ballot_code_of_batch ON ballot_code (batch_id, is_burnt)",
                // Sealed answers of open ballots. Closing empties it.
                """
                CREATE TABLE ballot_seal (
                    id \(.id) NOT NULL PRIMARY KEY,
                    ballot_id \(.id) NOT NULL REFERENCES ballot (id),
                    sealed \(.bytes) NOT NULL) \(.endOfTableByKey)
                """,
                "CREATE INDEX ballot_seal_of_ballot ON ballot_seal (ballot_id)",
                // The box of closed ballots: (question set, answers) under a random id, in the order of what was said.
                """
                CREATE TABLE ballot_answer (
                    ballot_id \(.id) NOT NULL REFERENCES ballot (id),
                    answers \(.text) NOT NULL CHECK (answers <> ''),
                    id \(.id) NOT NULL,
                    PRIMARY KEY (ballot_id, answers, id)) \(.endOfTableByKey)
                """,
                // Codes that did not hold, counted per address; the bucket is a keyed hash, and old slots are deleted.
                """
                CREATE TABLE ballot_attempt (
                    bucket \(.text) NOT NULL, slot \(.instant) NOT NULL, count \(.integer) NOT NULL,
                    PRIMARY KEY (bucket, slot)) \(.endOfTableByKey)
                """,
            ])
    ]
}
