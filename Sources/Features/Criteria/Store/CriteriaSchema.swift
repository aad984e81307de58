import Core
import Database

/// The table of sets. A set is kept as the text that was imported: the file is the set, so nothing a file can say is
/// lost in columns, and what was signed can be compared letter by letter.
///
/// `digest` is SHA-256 of `source`. `superseded_by` names the version that took its place; the day on which that one
/// begins to apply is its own `effective_from`. `effective_to` is the last day, where the document names one.
package enum CriteriaSchema {
    package static let migrations: [Migration] = [
        Migration(
            "criteria.0001-criteria-set",
            [
                """
                CREATE TABLE criteria_set (
                    id \(.id) NOT NULL PRIMARY KEY,
                    code \(.text) NOT NULL CHECK (code <> ''),
                    version \(.integer) NOT NULL CHECK (version >= 1),
                    status \(.text) NOT NULL CHECK (status IN ('draft', 'published', 'superseded')),
                    label \(.text) NOT NULL CHECK (label IN ('real', 'demonstration', 'namesOnly')),
                    name_vi \(.text) NOT NULL CHECK (name_vi <> ''),
                    name_en \(.text) NOT NULL,
                    issuer \(.text) NOT NULL,
                    subject \(.text) NOT NULL CHECK (subject IN ('residentialArea', 'commune', 'district', 'province')),
                    effective_from \(.day) NOT NULL,
                    effective_to \(.day) CHECK (effective_to >= effective_from),
                    territory_id \(.id) NOT NULL REFERENCES territory (id),
                    source \(.text) NOT NULL,
                    digest \(.bytes) NOT NULL,
                    search_key \(.text) NOT NULL,
                    created_by \(.id),
                    created_at \(.instant) NOT NULL,
                    published_by \(.id),
                    published_at \(.instant),
                    superseded_by \(.id) REFERENCES criteria_set (id),
                    superseded_at \(.instant),
                    revision \(.integer) NOT NULL,
                    UNIQUE (code, version),
                    CHECK ((status = 'draft') = (published_at IS NULL)),
                    CHECK ((status = 'superseded') = (superseded_by IS NOT NULL))) \(.endOfTable)
                """,
                "CREATE INDEX criteria_set_by_subject ON criteria_set (subject, effective_from)",
                "CREATE INDEX criteria_set_by_territory ON criteria_set (territory_id)",
                // Number and day of the document with which it was issued; none where it is only "minh họa".
                "ALTER TABLE criteria_set ADD COLUMN document_number \(.text) CHECK (document_number <> '')",
                "ALTER TABLE criteria_set ADD COLUMN document_day \(.day) CHECK (length(document_day) = 10)",
            ]),
        rules, taken,
    ]
}
