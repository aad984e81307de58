import Database

extension CriteriaSchema {
    /// The rules of recognition: the same columns as a set's, for the same reasons.
    static let rules = Migration(
        "criteria.0002-rules",
        [
            """
            CREATE TABLE rules_document (
                id \(.id) NOT NULL PRIMARY KEY,
                code \(.text) NOT NULL CHECK (code <> ''),
                version \(.integer) NOT NULL CHECK (version >= 1),
                status \(.text) NOT NULL CHECK (status IN ('draft', 'published', 'superseded')),
                label \(.text) NOT NULL CHECK (label IN ('real', 'demonstration', 'namesOnly')),
                name_vi \(.text) NOT NULL CHECK (name_vi <> ''),
                name_en \(.text) NOT NULL,
                issuer \(.text) NOT NULL,
                subject \(.text) NOT NULL CHECK (subject IN ('residentialArea', 'commune', 'district', 'province')),
                effective_from \(.day) NOT NULL CHECK (length(effective_from) = 10),
                effective_to \(.day) CHECK (effective_to >= effective_from),
                territory_id \(.id) NOT NULL REFERENCES territory (id),
                source \(.text) NOT NULL,
                digest \(.bytes) NOT NULL,
                document_number \(.text) CHECK (document_number <> ''),
                document_day \(.day) CHECK (length(document_day) = 10),
                created_by \(.id),
                created_at \(.instant) NOT NULL,
                published_by \(.id),
                published_at \(.instant),
                superseded_by \(.id) REFERENCES rules_document (id),
                revision \(.integer) NOT NULL,
                UNIQUE (code, version),
                CHECK ((status = 'draft') = (published_at IS NULL)),
                CHECK ((status = 'superseded') = (superseded_by IS NOT NULL))) \(.endOfTable)
            """,
            "CREATE INDEX rules_document_by_subject ON rules_document (subject, effective_from)",
            "CREATE INDEX rules_document_by_territory ON rules_document (territory_id)",
        ])
}
