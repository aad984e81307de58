import Database

/// The history of titles, decisions that take one back, and the answer to a refusal.
enum RecognitionTitleSchema {
    static let migration = Migration(
        "recognition.0011-titles",
        [
            // One row is one thing that happened to a title; how it stands on a day follows from them. `title_grant`
            // keeps the end once more, written with the row, so that lists need no history.
            """
            CREATE TABLE title_event (
                id \(.id) NOT NULL PRIMARY KEY,
                title_id \(.id) NOT NULL REFERENCES title_grant (id),
                act \(.text) NOT NULL CHECK (act IN ('grant', 'upgrade', 'renewal', 'keep', 'watch', 'notice', 'warning',
                    'raised', 'renewed', 'lapse', 'withdrawal', 'merger')),
                day \(.day) NOT NULL CHECK (length(day) = 10),
                decision_id \(.id) REFERENCES decision (id),
                other_id \(.id) REFERENCES title_grant (id),
                reason \(.text) CHECK (reason <> ''),
                recorded_by \(.id) REFERENCES person (id),
                at \(.instant) NOT NULL) \(.endOfTable)
            """,
            "CREATE INDEX title_event_of_title ON title_event (title_id, at, id)",
            "CREATE INDEX title_event_by_act ON title_event (act, day)",
            "CREATE INDEX title_grant_by_end ON title_grant (valid_until)",
            // What was won within a span of years, beside the targets of the span.
            "CREATE INDEX title_grant_by_year ON title_grant (year, title, territory_id)",
            """
            ALTER TABLE decision ADD COLUMN purpose \(.text) NOT NULL DEFAULT 'grant'
                CHECK (purpose IN ('grant', 'withdrawal'))
            """,
            // What a decision of withdrawal takes back, and how the area was heard. In one draft or decision at a time.
            """
            CREATE TABLE decision_withdrawal (
                title_id \(.id) NOT NULL PRIMARY KEY REFERENCES title_grant (id),
                decision_id \(.id) NOT NULL REFERENCES decision (id),
                reason \(.text) NOT NULL CHECK (reason <> ''),
                basis \(.text) CHECK (basis <> ''),
                came \(.integer) NOT NULL CHECK (came IN (0, 1)),
                invited_on \(.day) NOT NULL CHECK (length(invited_on) = 10),
                heard_on \(.day) NOT NULL CHECK (length(heard_on) = 10)) \(.endOfTableByKey)
            """,
            "CREATE INDEX decision_withdrawal_of_decision ON decision_withdrawal (decision_id)",
            // The area's answer to a refusal, and the decider's to that.
            """
            CREATE TABLE decision_answer (
                dossier_id \(.id) NOT NULL REFERENCES dossier (id),
                decision_id \(.id) NOT NULL REFERENCES decision (id),
                answer \(.text) NOT NULL CHECK (answer <> ''),
                answered_by \(.id) REFERENCES person (id),
                answered_at \(.instant) NOT NULL,
                reply \(.text) CHECK (reply <> ''),
                replied_by \(.id) REFERENCES person (id),
                replied_at \(.instant),
                outcome \(.text) CHECK (outcome IN ('upheld', 'reconsidered')),
                PRIMARY KEY (dossier_id, decision_id),
                CHECK ((reply IS NULL) = (replied_at IS NULL)),
                CHECK ((reply IS NULL) = (outcome IS NULL))) \(.endOfTableByKey)
            """,
            "CREATE INDEX decision_answer_open ON decision_answer (replied_at, answered_at, dossier_id)",
            "CREATE INDEX decision_by_issue ON decision (state, issued_at)",
        ])
}
