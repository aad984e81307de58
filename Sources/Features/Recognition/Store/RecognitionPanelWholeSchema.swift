import Database

/// What a panel needs beside its scores: changes of its members, offices' confirmations, routes of field checks; and
/// who was there at the commune's check.
enum RecognitionPanelWholeSchema {
    static let migration = Migration(
        "recognition.0010-panel-whole",
        [
            """
            CREATE TABLE panel_change (
                id \(.id) NOT NULL PRIMARY KEY,
                panel_id \(.id) NOT NULL REFERENCES panel (id),
                left_id \(.id) NOT NULL REFERENCES person (id),
                joined_id \(.id) REFERENCES person (id),
                duty \(.text) NOT NULL CHECK (duty IN ('chair', 'secretary', 'member')),
                reason \(.text) NOT NULL CHECK (reason <> ''),
                had_scored \(.flag) NOT NULL,
                changed_by \(.id) REFERENCES person (id),
                at \(.instant) NOT NULL) \(.endOfTable)
            """,
            "CREATE INDEX panel_change_of_panel ON panel_change (panel_id, at)",
            // The panel asks the office that holds a value; the office confirms it or has another one.
            """
            CREATE TABLE office_confirmation (
                id \(.id) NOT NULL PRIMARY KEY,
                dossier_id \(.id) NOT NULL REFERENCES dossier (id),
                round \(.integer) NOT NULL,
                code \(.text) NOT NULL CHECK (code <> ''),
                organisation_id \(.id) NOT NULL REFERENCES organisation (id),
                asked_by \(.id) REFERENCES person (id),
                asked_at \(.instant) NOT NULL,
                value_kind \(.text) NOT NULL CHECK (value_kind IN ('yes', 'quantity', 'grade', 'na')),
                value_number \(.integer),
                value_text \(.text),
                answer \(.text) CHECK (answer IN ('confirmed', 'differs')),
                own_kind \(.text) CHECK (own_kind IN ('yes', 'quantity', 'grade', 'na')),
                own_number \(.integer),
                own_text \(.text),
                reason \(.text) CHECK (reason <> ''),
                answered_by \(.id) REFERENCES person (id),
                answered_at \(.instant),
                UNIQUE (dossier_id, round, code, organisation_id),
                CHECK ((answer IS NULL) = (answered_at IS NULL)),
                CHECK (answer IS NULL OR answer = 'confirmed' OR (own_kind IS NOT NULL AND reason IS NOT NULL)))
                \(.endOfTable)
            """,
            "CREATE INDEX office_confirmation_of_organisation ON office_confirmation (organisation_id, answered_at)",
            // Where and when a panel means to go. An unannounced stop is shown to the panel alone.
            """
            CREATE TABLE visit_plan (
                id \(.id) NOT NULL PRIMARY KEY,
                panel_id \(.id) NOT NULL REFERENCES panel (id),
                dossier_id \(.id) NOT NULL REFERENCES dossier (id),
                day \(.day) NOT NULL CHECK (length(day) = 10),
                starts \(.integer) NOT NULL CHECK (starts BETWEEN 0 AND 1439),
                announced \(.flag) NOT NULL,
                planned_by \(.id) REFERENCES person (id),
                at \(.instant) NOT NULL,
                replaced_at \(.instant)) \(.endOfTable)
            """,
            """
            CREATE UNIQUE INDEX visit_plan_current ON visit_plan (panel_id, day, dossier_id) WHERE replaced_at IS NULL
            """,
            "CREATE INDEX visit_plan_of_dossier ON visit_plan (dossier_id, day)",
            // Who was there when the commune checked, as written, for its minutes.
            """
            CREATE TABLE check_attendance (
                dossier_id \(.id) NOT NULL REFERENCES dossier (id),
                round \(.integer) NOT NULL,
                attended \(.text) NOT NULL CHECK (attended <> ''),
                recorded_by \(.id) REFERENCES person (id),
                at \(.instant) NOT NULL,
                PRIMARY KEY (dossier_id, round)) \(.endOfTableByKey)
            """,
        ])
}
