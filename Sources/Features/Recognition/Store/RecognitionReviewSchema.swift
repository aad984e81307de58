import Database

extension RecognitionSchema {
    /// Review meeting, posting with residents' comments, household ballot, and values that a helper typed.
    ///
    /// Nothing here names a household: meetings and slips are counted. A comment keeps neither address nor device.
    static let review = Migration(
        "recognition.0005-review",
        [
            // A value typed by a helper waits for the head's yes; both names stay.
            "ALTER TABLE indicator_value ADD COLUMN waits_since \(.instant)",
            "ALTER TABLE indicator_value ADD COLUMN confirmed_by \(.id) REFERENCES person (id)",
            "ALTER TABLE indicator_value ADD COLUMN confirmed_at \(.instant)",
            // The commune's changes of the number of households that a dossier is measured against.
            """
            CREATE TABLE dossier_households (
                id \(.id) NOT NULL PRIMARY KEY,
                dossier_id \(.id) NOT NULL REFERENCES dossier (id),
                households_from \(.integer) CHECK (households_from > 0),
                households_to \(.integer) NOT NULL CHECK (households_to > 0),
                reason \(.text) NOT NULL CHECK (reason <> ''),
                changed_by \(.id) REFERENCES person (id),
                at \(.instant) NOT NULL) \(.endOfTable)
            """,
            "CREATE INDEX dossier_households_of_dossier ON dossier_households (dossier_id, at)",
            // Replaced ones were written wrongly, or belong to a round before the area registered anew.
            """
            CREATE TABLE review_sitting (
                id \(.id) NOT NULL PRIMARY KEY,
                dossier_id \(.id) NOT NULL REFERENCES dossier (id),
                day \(.day) NOT NULL CHECK (length(day) = 10),
                venue \(.text) NOT NULL CHECK (venue <> ''),
                chair \(.text) NOT NULL CHECK (chair <> ''),
                secretary \(.text) NOT NULL CHECK (secretary <> ''),
                present \(.integer) NOT NULL CHECK (present > 0),
                households \(.integer) NOT NULL CHECK (households >= present),
                needed \(.integer) NOT NULL CHECK (needed > 0),
                needed_votes \(.integer) NOT NULL CHECK (needed_votes > 0),
                list_votes \(.integer) CHECK (list_votes BETWEEN 0 AND present),
                opinions \(.text) NOT NULL,
                is_rest \(.flag) NOT NULL,
                next_day \(.day) CHECK (next_day > day),
                attended \(.text) CHECK (attended <> ''),
                recorded_by \(.id) REFERENCES person (id),
                at \(.instant) NOT NULL,
                replaced_at \(.instant)) \(.endOfTable)
            """,
            "CREATE INDEX review_sitting_of_dossier ON review_sitting (dossier_id, day)",
            """
            CREATE TABLE review_vote (
                sitting_id \(.id) NOT NULL REFERENCES review_sitting (id),
                code \(.text) NOT NULL CHECK (code <> ''),
                households \(.integer) NOT NULL CHECK (households >= 0),
                disputed \(.flag) NOT NULL,
                PRIMARY KEY (sitting_id, code)) \(.endOfTableByKey)
            """,
            // What the area did about an indicator that a sitting voted down.
            """
            CREATE TABLE review_work (
                sitting_id \(.id) NOT NULL REFERENCES review_sitting (id),
                code \(.text) NOT NULL CHECK (code <> ''),
                word \(.text) NOT NULL CHECK (word <> ''),
                written_by \(.id) REFERENCES person (id),
                at \(.instant) NOT NULL,
                PRIMARY KEY (sitting_id, code)) \(.endOfTableByKey)
            """,
            """
            CREATE TABLE posting (
                id \(.id) NOT NULL PRIMARY KEY,
                dossier_id \(.id) NOT NULL REFERENCES dossier (id),
                posted_from \(.day) NOT NULL CHECK (length(posted_from) = 10),
                posted_last \(.day) NOT NULL CHECK (posted_last >= posted_from),
                posted_by \(.id) REFERENCES person (id),
                at \(.instant) NOT NULL,
                households \(.integer) NOT NULL CHECK (households > 0),
                handed_out \(.integer) CHECK (handed_out BETWEEN 1 AND households),
                handed_out_at \(.instant),
                revision \(.integer) NOT NULL CHECK (revision > 0),
                replaced_at \(.instant)) \(.endOfTable)
            """,
            "CREATE UNIQUE INDEX posting_current ON posting (dossier_id) WHERE replaced_at IS NULL",
            "CREATE INDEX posting_of_dossier ON posting (dossier_id, at)",
            // The two entries of the count; each saving is a row of its own.
            """
            CREATE TABLE ballot_entry (
                posting_id \(.id) NOT NULL REFERENCES posting (id),
                place \(.integer) NOT NULL CHECK (place IN (1, 2)),
                version \(.integer) NOT NULL CHECK (version > 0),
                returned \(.integer) NOT NULL CHECK (returned >= valid),
                valid \(.integer) NOT NULL CHECK (valid = satisfied + unsatisfied + no_opinion),
                satisfied \(.integer) NOT NULL CHECK (satisfied >= 0),
                unsatisfied \(.integer) NOT NULL CHECK (unsatisfied >= 0),
                no_opinion \(.integer) NOT NULL CHECK (no_opinion >= 0),
                topics \(.json) NOT NULL,
                counters \(.text) NOT NULL CHECK (counters <> ''),
                fetched_by \(.text) NOT NULL CHECK (fetched_by <> ''),
                entered_by \(.id) REFERENCES person (id),
                at \(.instant) NOT NULL,
                PRIMARY KEY (posting_id, place, version)) \(.endOfTableByKey)
            """,
            // The result of paper and codes together, frozen with its hash when both stand.
            """
            CREATE TABLE posting_result (
                posting_id \(.id) NOT NULL PRIMARY KEY REFERENCES posting (id),
                text \(.text) NOT NULL CHECK (text <> ''),
                hash \(.text) NOT NULL CHECK (length(hash) = 64),
                at \(.instant) NOT NULL) \(.endOfTableByKey)
            """,
            // 'said' is for the commune alone; what the area and the public read stands in 'shown'.
            """
            CREATE TABLE posting_comment (
                id \(.id) NOT NULL PRIMARY KEY,
                posting_id \(.id) NOT NULL REFERENCES posting (id),
                said \(.text) NOT NULL CHECK (said <> ''),
                contact \(.text) CHECK (contact <> ''),
                at \(.instant) NOT NULL,
                state \(.text) NOT NULL CHECK (state IN ('received', 'passed', 'aside', 'sealed')),
                shown \(.text) CHECK (shown <> ''),
                why \(.text) CHECK (why <> ''),
                moderated_by \(.id) REFERENCES person (id),
                moderated_at \(.instant),
                answer \(.text) CHECK (answer <> ''),
                answered_by \(.id) REFERENCES person (id),
                answered_at \(.instant),
                revision \(.integer) NOT NULL CHECK (revision > 0),
                CHECK (state <> 'passed' OR shown IS NOT NULL),
                CHECK (answer IS NULL OR state = 'passed')) \(.endOfTable)
            """,
            "CREATE INDEX posting_comment_by_state ON posting_comment (posting_id, state)",
            // Counts what came from one address; the bucket is a hash, and old slots are deleted.
            """
            CREATE TABLE posting_attempt (
                bucket \(.text) NOT NULL,
                slot \(.instant) NOT NULL,
                count \(.integer) NOT NULL CHECK (count > 0),
                PRIMARY KEY (bucket, slot)) \(.endOfTableByKey)
            """,
        ])
}
