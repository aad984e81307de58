import Database

extension CriteriaSchema {
    /// Consultations, who was there, and what each organisation took on. `territory_id` of a taken criterion is the
    /// commune for all its areas, or one area. Targets are in thousandths. What was written by mistake (`mistake_why`) stays in
    /// the story and counts for nothing.
    static let taken = Migration(
        "criteria.0003-taken-on",
        [
            """
            CREATE TABLE consultation (
                id \(.id) NOT NULL PRIMARY KEY,
                territory_id \(.id) NOT NULL REFERENCES territory (id),
                criteria_set_id \(.id) NOT NULL REFERENCES criteria_set (id),
                day \(.day) NOT NULL CHECK (length(day) = 10),
                until_day \(.day) NOT NULL CHECK (until_day > day),
                conclusion \(.text) NOT NULL CHECK (conclusion <> ''),
                recorded_by \(.id) REFERENCES person (id),
                at \(.instant) NOT NULL) \(.endOfTable)
            """,
            "CREATE INDEX consultation_of_territory ON consultation (territory_id, day)",
            """
            CREATE TABLE consultation_body (
                consultation_id \(.id) NOT NULL REFERENCES consultation (id),
                organisation_id \(.id) NOT NULL REFERENCES organisation (id),
                PRIMARY KEY (consultation_id, organisation_id)) \(.endOfTableByKey)
            """,
            """
            CREATE TABLE taken_criterion (
                id \(.id) NOT NULL PRIMARY KEY,
                consultation_id \(.id) NOT NULL REFERENCES consultation (id),
                territory_id \(.id) NOT NULL REFERENCES territory (id),
                organisation_id \(.id) NOT NULL REFERENCES organisation (id),
                code \(.text) NOT NULL CHECK (code <> ''),
                target \(.text) NOT NULL CHECK (target <> ''),
                target_number \(.integer),
                taken_by \(.id) REFERENCES person (id),
                taken_at \(.instant) NOT NULL,
                outcome \(.text) CHECK (outcome IN ('met', 'partly', 'unmet')),
                review \(.text) CHECK (review <> ''),
                reached_number \(.integer),
                early_why \(.text) CHECK (early_why <> ''),
                reviewed_by \(.id) REFERENCES person (id),
                reviewed_at \(.instant),
                mistake_why \(.text) CHECK (mistake_why <> ''),
                mistaken_by \(.id) REFERENCES person (id),
                mistaken_at \(.instant),
                revision \(.integer) NOT NULL CHECK (revision > 0),
                CHECK ((outcome IS NULL) = (review IS NULL)),
                CHECK ((mistaken_at IS NULL) = (mistake_why IS NULL)),
                CHECK (mistaken_at IS NULL OR outcome IS NULL)) \(.endOfTable)
            """,
            """
            CREATE UNIQUE INDEX taken_criterion_standing
            ON taken_criterion (consultation_id, territory_id, organisation_id, code) WHERE mistaken_at IS NULL
            """,
            "CREATE INDEX taken_criterion_of_consultation ON taken_criterion (consultation_id)",
            "CREATE INDEX taken_criterion_of_territory ON taken_criterion (territory_id, code)",
            "CREATE INDEX taken_criterion_of_organisation ON taken_criterion (organisation_id)",
        ])
}
