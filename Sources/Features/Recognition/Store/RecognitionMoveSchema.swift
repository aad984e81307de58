import Database

extension RecognitionSchema {
    /// Rules of recognition and own indicators frozen with a dossier, and its moves to newer versions.
    ///
    /// `asked`, `opened`, `fresh` and `gone` are codes with blanks between: what is asked again, what could not be
    /// carried over, what is new, what is no longer asked.
    static let move = Migration(
        "recognition.0012-rules",
        [
            "ALTER TABLE dossier ADD COLUMN rules_id \(.id) REFERENCES rules_document (id)",
            "ALTER TABLE dossier ADD COLUMN own_indicators \(.text) CHECK (own_indicators <> '')",
            "CREATE INDEX dossier_by_set ON dossier (criteria_set_id, state)",
            "CREATE INDEX dossier_by_rules ON dossier (rules_id, state)",
            """
            CREATE TABLE dossier_move (
                id \(.id) NOT NULL PRIMARY KEY,
                dossier_id \(.id) NOT NULL REFERENCES dossier (id),
                set_from \(.id) NOT NULL REFERENCES criteria_set (id),
                set_to \(.id) NOT NULL REFERENCES criteria_set (id),
                rules_from \(.id) REFERENCES rules_document (id),
                rules_to \(.id) REFERENCES rules_document (id),
                state_from \(.text) NOT NULL REFERENCES dossier_state (name),
                state_to \(.text) NOT NULL REFERENCES dossier_state (name),
                asked \(.text) NOT NULL,
                opened \(.text) NOT NULL,
                fresh \(.text) NOT NULL,
                gone \(.text) NOT NULL,
                moved_by \(.id) REFERENCES person (id),
                at \(.instant) NOT NULL) \(.endOfTable)
            """,
            "CREATE INDEX dossier_move_of_dossier ON dossier_move (dossier_id, at)",
            """
            CREATE TABLE own_indicator (
                id \(.id) NOT NULL PRIMARY KEY,
                dossier_id \(.id) NOT NULL REFERENCES dossier (id),
                code \(.text) NOT NULL CHECK (code <> ''),
                name \(.text) NOT NULL CHECK (name <> ''),
                source \(.text) NOT NULL CHECK (source <> ''),
                state \(.text) NOT NULL CHECK (state IN ('proposed', 'agreed', 'declined', 'withdrawn')),
                meeting_day \(.day) NOT NULL CHECK (length(meeting_day) = 10),
                proposed_by \(.id) REFERENCES person (id),
                proposed_at \(.instant) NOT NULL,
                answered_by \(.id) REFERENCES person (id),
                answered_at \(.instant),
                reason \(.text) CHECK (reason <> ''),
                revision \(.integer) NOT NULL CHECK (revision > 0),
                UNIQUE (dossier_id, code, id),
                CHECK (state <> 'declined' OR reason IS NOT NULL)) \(.endOfTable)
            """,
            "CREATE INDEX own_indicator_of_dossier ON own_indicator (dossier_id, code)",
            "CREATE INDEX own_indicator_by_state ON own_indicator (state, dossier_id)",
        ])
}
