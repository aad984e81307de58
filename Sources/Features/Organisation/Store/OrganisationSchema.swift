import Core
import Database

/// The tables of the tree. `territory` is the tree as it stands; `territory_state` keeps what held from when to when,
/// because codes and names are used again: 24955 has been three communes.
package enum OrganisationSchema {
    package static let migrations: [Migration] = [
        Migration(
            "organisation.0001-territory",
            [
                """
                CREATE TABLE territory (
                    id \(.id) NOT NULL PRIMARY KEY,
                    kind \(.text) NOT NULL
                        CHECK (kind IN ('country', 'province', 'district', 'commune', 'ward', 'town', 'area')),
                    designation \(.text) NOT NULL,
                    name \(.text) NOT NULL CHECK (name <> ''),
                    code \(.text),
                    parent_id \(.id) REFERENCES territory (id),
                    sort_key \(.text) NOT NULL,
                    search_key \(.text) NOT NULL,
                    name_key \(.text) NOT NULL,
                    valid_from \(.day) NOT NULL,
                    valid_until \(.day) CHECK (valid_until >= valid_from),
                    revision \(.integer) NOT NULL) \(.endOfTableByKey)
                """,
                "CREATE INDEX territory_by_parent ON territory (parent_id, kind)",
                "CREATE INDEX territory_by_code ON territory (code) WHERE code IS NOT NULL",
                """
                CREATE TABLE territory_state (
                    territory_id \(.id) NOT NULL REFERENCES territory (id),
                    valid_from \(.day) NOT NULL,
                    valid_until \(.day) CHECK (valid_until >= valid_from),
                    kind \(.text) NOT NULL,
                    designation \(.text) NOT NULL,
                    name \(.text) NOT NULL,
                    code \(.text),
                    parent_id \(.id) REFERENCES territory (id),
                    sort_key \(.text) NOT NULL,
                    document \(.text),
                    PRIMARY KEY (territory_id, valid_from)) \(.endOfTableByKey)
                """,
                "CREATE INDEX territory_state_by_parent ON territory_state (parent_id, valid_from)",
                "CREATE INDEX territory_state_by_code ON territory_state (code) WHERE code IS NOT NULL",
                """
                CREATE TABLE territory_succession (
                    id \(.id) NOT NULL PRIMARY KEY,
                    day \(.day) NOT NULL,
                    kind \(.text) NOT NULL CHECK (kind IN ('merge', 'split', 'rename', 'abolish')),
                    from_id \(.id) NOT NULL REFERENCES territory (id),
                    into_id \(.id) REFERENCES territory (id),
                    document \(.text),
                    batch_id \(.id)) \(.endOfTable)
                """,
                "CREATE INDEX territory_succession_from ON territory_succession (from_id, day)",
                "CREATE INDEX territory_succession_into ON territory_succession (into_id, day)",
                """
                CREATE TABLE territory_closure (
                    ancestor_id \(.id) NOT NULL,
                    descendant_kind \(.text) NOT NULL,
                    sort_key \(.text) NOT NULL,
                    descendant_id \(.id) NOT NULL,
                    PRIMARY KEY (ancestor_id, descendant_kind, sort_key, descendant_id)) \(.endOfTableByKey)
                """,
                "CREATE INDEX territory_closure_by_descendant ON territory_closure (descendant_id, ancestor_id)",
                """
                CREATE TABLE area (
                    territory_id \(.id) NOT NULL PRIMARY KEY REFERENCES territory (id),
                    area_kind \(.text) NOT NULL,
                    households \(.integer) CHECK (households >= 0),
                    people \(.integer) CHECK (people >= 0),
                    area_class \(.text),
                    as_of \(.integer) CHECK (as_of BETWEEN 1900 AND 2200),
                    is_invented \(.flag) NOT NULL) \(.endOfTableByKey)
                """,
                "CREATE INDEX area_by_class ON area (area_class)",
            ]),
        Migration(
            "organisation.0002-organisation",
            [
                """
                CREATE TABLE organisation (
                    id \(.id) NOT NULL PRIMARY KEY,
                    kind \(.text) NOT NULL,
                    name \(.text) NOT NULL CHECK (name <> ''),
                    territory_id \(.id) NOT NULL REFERENCES territory (id),
                    parent_id \(.id) REFERENCES organisation (id),
                    sort_key \(.text) NOT NULL,
                    search_key \(.text) NOT NULL,
                    name_key \(.text) NOT NULL,
                    valid_from \(.day) NOT NULL,
                    valid_until \(.day) CHECK (valid_until >= valid_from),
                    revision \(.integer) NOT NULL) \(.endOfTable)
                """,
                "CREATE INDEX organisation_by_territory ON organisation (territory_id, sort_key, id)",
                "CREATE INDEX organisation_by_parent ON organisation (parent_id)",
                """
                CREATE TABLE organisation_name (
                    organisation_id \(.id) NOT NULL REFERENCES organisation (id),
                    valid_from \(.day) NOT NULL,
                    valid_until \(.day) CHECK (valid_until >= valid_from),
                    name \(.text) NOT NULL,
                    PRIMARY KEY (organisation_id, valid_from)) \(.endOfTableByKey)
                """,
            ]),
        Migration(
            "organisation.0003-search",
            [
                """
                CREATE TABLE search_word (
                    subject_kind \(.text) NOT NULL,
                    word \(.text) NOT NULL,
                    sort_key \(.text) NOT NULL,
                    subject_id \(.id) NOT NULL,
                    territory_id \(.id) NOT NULL,
                    content \(.text) NOT NULL,
                    PRIMARY KEY (subject_kind, word, sort_key, subject_id, territory_id) \(.withContent)) \(.endOfTableByKey)
                """,
                "CREATE INDEX search_word_in_territory ON search_word (territory_id, word)",
            ]),
        Migration(
            "organisation.0004-import",
            [
                // One row that every change of the tree bumps: a plan made on another tree is not carried out.
                """
                CREATE TABLE organisation_tree (
                    id \(.integer) NOT NULL PRIMARY KEY CHECK (id = 1), version \(.integer) NOT NULL) \(.endOfTable)
                """,
                "INSERT INTO organisation_tree (id, version) VALUES (1, 0)",
                """
                CREATE TABLE import_batch (
                    id \(.id) NOT NULL PRIMARY KEY,
                    territory_id \(.id) NOT NULL REFERENCES territory (id),
                    subject \(.text) NOT NULL CHECK (subject IN ('territories', 'areas', 'organisations')),
                    coverage \(.text) NOT NULL CHECK (coverage IN ('whole', 'listed', 'part')),
                    day \(.day) NOT NULL,
                    document \(.text),
                    file_name \(.text) NOT NULL,
                    state \(.text) NOT NULL CHECK (state IN ('previewed', 'done', 'undone')),
                    row_count \(.integer) NOT NULL,
                    added \(.integer) NOT NULL,
                    changed \(.integer) NOT NULL,
                    unchanged \(.integer) NOT NULL,
                    ended \(.integer) NOT NULL,
                    faults \(.integer) NOT NULL,
                    warnings \(.integer) NOT NULL,
                    columns_read \(.text) NOT NULL,
                    columns_unknown \(.text) NOT NULL,
                    tree_version \(.integer) NOT NULL,
                    made_at \(.instant) NOT NULL,
                    made_by \(.id),
                    done_at \(.instant),
                    undone_at \(.instant),
                    revision \(.integer) NOT NULL) \(.endOfTable)
                """,
                "CREATE INDEX import_batch_by_time ON import_batch (made_at, id)",
                """
                CREATE TABLE import_row (
                    batch_id \(.id) NOT NULL REFERENCES import_batch (id),
                    number \(.integer) NOT NULL,
                    action \(.text) NOT NULL CHECK (action IN ('add', 'change', 'end')),
                    subject_id \(.id) NOT NULL,
                    after \(.text) NOT NULL,
                    before \(.text),
                    PRIMARY KEY (batch_id, number)) \(.endOfTableByKey)
                """,
                """
                CREATE TABLE import_remark (
                    batch_id \(.id) NOT NULL REFERENCES import_batch (id),
                    number \(.integer) NOT NULL,
                    is_fault \(.flag) NOT NULL,
                    sheet \(.text) NOT NULL,
                    line \(.integer) NOT NULL,
                    column_letters \(.text),
                    key \(.text) NOT NULL,
                    arguments \(.text) NOT NULL,
                    PRIMARY KEY (batch_id, number)) \(.endOfTableByKey)
                """,
            ]),
        profile,
        Migration(
            "organisation.0006-placement",
            [
                """
                CREATE TABLE organisation_place (
                    organisation_id \(.id) NOT NULL REFERENCES organisation (id),
                    valid_from \(.day) NOT NULL,
                    valid_until \(.day) CHECK (valid_until >= valid_from),
                    territory_id \(.id) NOT NULL REFERENCES territory (id),
                    parent_id \(.id) REFERENCES organisation (id),
                    PRIMARY KEY (organisation_id, valid_from)) \(.endOfTableByKey)
                """,
                """
                INSERT INTO organisation_place (organisation_id, valid_from, valid_until, territory_id, parent_id)
                SELECT id, valid_from, valid_until, territory_id, parent_id FROM organisation
                """,
                """
                CREATE TABLE organisation_successor (
                    organisation_id \(.id) NOT NULL REFERENCES organisation (id),
                    into_id \(.id) NOT NULL REFERENCES organisation (id),
                    day \(.day) NOT NULL,
                    PRIMARY KEY (organisation_id, into_id)) \(.endOfTableByKey)
                """,
                "CREATE INDEX organisation_successor_into ON organisation_successor (into_id)",
            ]),
        Migration(
            "organisation.0007-saved-view",
            [
                """
                CREATE TABLE saved_view (
                    id \(.id) NOT NULL PRIMARY KEY,
                    person_id \(.id) NOT NULL,
                    list \(.text) NOT NULL,
                    name \(.text) NOT NULL CHECK (name <> ''),
                    sort_key \(.text) NOT NULL,
                    query \(.text) NOT NULL,
                    made_at \(.instant) NOT NULL,
                    UNIQUE (person_id, list, name)) \(.endOfTable)
                """
            ]),
        Migration(
            "organisation.0008-region",
            [
                "ALTER TABLE area ADD COLUMN region \(.text)",
                "ALTER TABLE area_year ADD COLUMN region \(.text)",
            ]),
        strength,
    ]
}
