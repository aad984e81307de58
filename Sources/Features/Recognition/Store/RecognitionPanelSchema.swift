import Database

/// The tables of the superior side: the commune's submission, the panel with all it writes down, the giving of
/// certificates.
enum RecognitionPanelSchema {
    static let migration = Migration(
        "recognition.0006-panel",
        submission + panel + appraisal
            + [
                // A title's certificate: when and where it was handed over. A row more and not a column of
                // title_grant, so that no table is rebuilt.
                """
                CREATE TABLE certificate (
                    title_id \(.id) NOT NULL PRIMARY KEY REFERENCES title_grant (id),
                    given_on \(.day) NOT NULL CHECK (length(given_on) = 10),
                    occasion \(.text) CHECK (occasion <> ''),
                    recorded_by \(.id) REFERENCES person (id),
                    at \(.instant) NOT NULL) \(.endOfTableByKey)
                """
            ])

    private static let submission: [SQL] = [
        """
        CREATE TABLE submission (
            id \(.id) NOT NULL PRIMARY KEY,
            territory_id \(.id) NOT NULL REFERENCES territory (id),
            organisation_id \(.id) NOT NULL REFERENCES organisation (id),
            year \(.integer) NOT NULL CHECK (year BETWEEN 1900 AND 2200),
            state \(.text) NOT NULL CHECK (state IN ('draft', 'sent', 'received', 'recalled')),
            body \(.text) NOT NULL CHECK (body <> ''),
            number \(.text) CHECK (number <> ''),
            number_key \(.text),
            number_year \(.integer),
            day \(.day) CHECK (length(day) = 10),
            signer \(.text) CHECK (signer <> ''),
            signer_office \(.text) CHECK (signer_office <> ''),
            drafted_by \(.id) REFERENCES person (id),
            drafted_at \(.instant) NOT NULL,
            sent_by \(.id) REFERENCES person (id),
            sent_at \(.instant),
            received_by \(.id) REFERENCES person (id),
            received_at \(.instant),
            recalled_by \(.id) REFERENCES person (id),
            recalled_at \(.instant),
            recalled_why \(.text) CHECK (recalled_why <> ''),
            revision \(.integer) NOT NULL CHECK (revision > 0),
            CHECK ((state = 'received') = (received_at IS NOT NULL)),
            CHECK ((state = 'recalled') = (recalled_at IS NOT NULL AND recalled_why IS NOT NULL)),
            CHECK (state = 'draft' OR (number IS NOT NULL AND number_key IS NOT NULL AND number_year IS NOT NULL
                   AND day IS NOT NULL AND signer IS NOT NULL AND sent_at IS NOT NULL))) \(.endOfTable)
        """,
        // The number of a list that was taken back may stand on the next one.
        """
        CREATE UNIQUE INDEX submission_number ON submission (organisation_id, number_year, number_key)
        WHERE state <> 'recalled'
        """,
        "CREATE INDEX submission_in_order ON submission (territory_id, drafted_at, id)",
        // A dossier that the panel sent back comes again on another list, so it may stand on several.
        """
        CREATE TABLE submission_item (
            submission_id \(.id) NOT NULL REFERENCES submission (id),
            dossier_id \(.id) NOT NULL REFERENCES dossier (id),
            points \(.integer),
            PRIMARY KEY (submission_id, dossier_id)) \(.endOfTableByKey)
        """,
        "CREATE INDEX submission_item_of_dossier ON submission_item (dossier_id)",
    ]

    private static let panel: [SQL] = [
        """
        CREATE TABLE panel (
            id \(.id) NOT NULL PRIMARY KEY,
            territory_id \(.id) NOT NULL REFERENCES territory (id),
            organisation_id \(.id) NOT NULL REFERENCES organisation (id),
            name \(.text) NOT NULL CHECK (name <> ''),
            year \(.integer) NOT NULL CHECK (year BETWEEN 1900 AND 2200),
            seed \(.text) NOT NULL CHECK (seed <> ''),
            formed_by \(.id) REFERENCES person (id),
            formed_at \(.instant) NOT NULL,
            revision \(.integer) NOT NULL CHECK (revision > 0)) \(.endOfTable)
        """,
        "CREATE INDEX panel_in_order ON panel (territory_id, formed_at, id)",
        """
        CREATE TABLE panel_member (
            panel_id \(.id) NOT NULL REFERENCES panel (id),
            person_id \(.id) NOT NULL REFERENCES person (id),
            duty \(.text) NOT NULL CHECK (duty IN ('chair', 'secretary', 'member')),
            joined_at \(.instant) NOT NULL,
            left_at \(.instant),
            PRIMARY KEY (panel_id, person_id)) \(.endOfTableByKey)
        """,
        "CREATE INDEX panel_member_by_person ON panel_member (person_id)",
    ]

    private static let appraisal: [SQL] = [
        // One dossier before one panel in one round of handing in.
        """
        CREATE TABLE appraisal (
            id \(.id) NOT NULL PRIMARY KEY,
            panel_id \(.id) NOT NULL REFERENCES panel (id),
            dossier_id \(.id) NOT NULL REFERENCES dossier (id),
            round \(.integer) NOT NULL,
            taken_at \(.instant) NOT NULL,
            closed_at \(.instant),
            closed_by \(.id) REFERENCES person (id),
            ended_at \(.instant),
            ended_by \(.id) REFERENCES person (id),
            conclusion \(.text) CHECK (conclusion IN ('passes', 'passesNot', 'returned')),
            reason \(.text) CHECK (reason <> ''),
            remark \(.text) CHECK (remark <> ''),
            attended \(.text) CHECK (attended <> ''),
            UNIQUE (dossier_id, round),
            CHECK ((ended_at IS NULL) = (conclusion IS NULL))) \(.endOfTable)
        """,
        "CREATE INDEX appraisal_of_panel ON appraisal (panel_id, dossier_id)",
        """
        CREATE TABLE appraisal_declaration (
            appraisal_id \(.id) NOT NULL REFERENCES appraisal (id),
            person_id \(.id) NOT NULL REFERENCES person (id),
            declared \(.text) NOT NULL CHECK (declared IN ('none', 'resident', 'kin', 'conflict')),
            reason \(.text) CHECK (reason <> ''),
            at \(.instant) NOT NULL,
            PRIMARY KEY (appraisal_id, person_id),
            CHECK (declared <> 'conflict' OR reason IS NOT NULL)) \(.endOfTableByKey)
        """,
        """
        CREATE TABLE appraisal_score (
            appraisal_id \(.id) NOT NULL REFERENCES appraisal (id),
            code \(.text) NOT NULL CHECK (code <> ''),
            person_id \(.id) NOT NULL REFERENCES person (id),
            value_kind \(.text) NOT NULL CHECK (value_kind IN ('yes', 'quantity', 'grade', 'na')),
            value_number \(.integer),
            value_text \(.text),
            note \(.text) CHECK (note <> ''),
            at \(.instant) NOT NULL,
            opened_at \(.instant),
            PRIMARY KEY (appraisal_id, code, person_id)) \(.endOfTableByKey)
        """,
        "CREATE INDEX appraisal_score_by_person ON appraisal_score (person_id)",
        """
        CREATE TABLE appraisal_settlement (
            appraisal_id \(.id) NOT NULL REFERENCES appraisal (id),
            code \(.text) NOT NULL CHECK (code <> ''),
            value_kind \(.text) NOT NULL CHECK (value_kind IN ('yes', 'quantity', 'grade', 'na')),
            value_number \(.integer),
            value_text \(.text),
            reason \(.text) NOT NULL CHECK (reason <> ''),
            settled_by \(.id) REFERENCES person (id),
            at \(.instant) NOT NULL,
            PRIMARY KEY (appraisal_id, code)) \(.endOfTableByKey)
        """,
        """
        CREATE TABLE visit (
            id \(.id) NOT NULL PRIMARY KEY,
            appraisal_id \(.id) NOT NULL REFERENCES appraisal (id),
            day \(.day) NOT NULL CHECK (length(day) = 10),
            announced \(.flag) NOT NULL,
            others \(.text) CHECK (others <> ''),
            remark \(.text) CHECK (remark <> ''),
            recorded_by \(.id) REFERENCES person (id),
            at \(.instant) NOT NULL) \(.endOfTable)
        """,
        "CREATE INDEX visit_of_appraisal ON visit (appraisal_id, day)",
        """
        CREATE TABLE visit_member (
            visit_id \(.id) NOT NULL REFERENCES visit (id),
            person_id \(.id) NOT NULL REFERENCES person (id),
            PRIMARY KEY (visit_id, person_id)) \(.endOfTableByKey)
        """,
        """
        CREATE TABLE visit_look (
            visit_id \(.id) NOT NULL REFERENCES visit (id),
            code \(.text) NOT NULL CHECK (code <> ''),
            result \(.text) NOT NULL CHECK (result IN ('asWritten', 'otherwise', 'unclear')),
            note \(.text) CHECK (note <> ''),
            PRIMARY KEY (visit_id, code)) \(.endOfTableByKey)
        """,
    ]
}
