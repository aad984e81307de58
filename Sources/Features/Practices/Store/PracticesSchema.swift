import Database

/// The tables of practices. A practice names its indicator by codes, not by a set's id: new versions keep it.
package enum PracticesSchema {
    package static let migrations: [Migration] = [
        Migration(
            "practices.0001-practice",
            [
                """
                CREATE TABLE practice (
                    id \(.id) NOT NULL PRIMARY KEY,
                    territory_id \(.id) NOT NULL REFERENCES territory (id),
                    organisation_id \(.id) NOT NULL REFERENCES organisation (id),
                    set_code \(.text) NOT NULL CHECK (set_code <> ''),
                    code \(.text) NOT NULL CHECK (code <> ''),
                    name \(.text) NOT NULL CHECK (name <> ''),
                    search_key \(.text) NOT NULL,
                    story \(.text) NOT NULL CHECK (story <> ''),
                    sources \(.text) CHECK (sources <> ''),
                    cost \(.integer) CHECK (cost >= 0),
                    labour_days \(.integer) CHECK (labour_days >= 0),
                    weeks \(.integer) CHECK (weeks >= 0),
                    state \(.text) NOT NULL CHECK (state IN ('shared', 'confirmed', 'withdrawn')),
                    shared_by \(.id) REFERENCES person (id),
                    shared_at \(.instant) NOT NULL,
                    confirmed_by \(.id) REFERENCES person (id),
                    confirmed_at \(.instant),
                    is_public \(.flag) NOT NULL,
                    withdrawn_by \(.id) REFERENCES person (id),
                    withdrawn_at \(.instant),
                    withdrawn_why \(.text) CHECK (withdrawn_why <> ''),
                    looked_on \(.day) CHECK (length(looked_on) = 10),
                    is_alive \(.flag),
                    revision \(.integer) NOT NULL CHECK (revision > 0),
                    CHECK ((looked_on IS NULL) = (is_alive IS NULL)),
                    CHECK (state <> 'confirmed' OR confirmed_at IS NOT NULL),
                    CHECK (state <> 'withdrawn' OR withdrawn_why IS NOT NULL)) \(.endOfTable)
                """,
                "CREATE INDEX practice_by_state ON practice (state, id)",
                "CREATE INDEX practice_by_criterion ON practice (set_code, code, state)",
                "CREATE INDEX practice_of_territory ON practice (territory_id, id)",
                """
                CREATE TABLE practice_picture (
                    id \(.id) NOT NULL PRIMARY KEY,
                    practice_id \(.id) NOT NULL REFERENCES practice (id),
                    address \(.text) NOT NULL CHECK (length(address) = 64),
                    thumbnail \(.text) NOT NULL CHECK (length(thumbnail) = 64),
                    width \(.integer) NOT NULL CHECK (width > 0),
                    height \(.integer) NOT NULL CHECK (height > 0),
                    caption \(.text) CHECK (caption <> ''),
                    added_by \(.id) REFERENCES person (id),
                    at \(.instant) NOT NULL,
                    released_by \(.id) REFERENCES person (id),
                    released_at \(.instant),
                    children \(.text) CHECK (children IN ('none', 'covered')),
                    plates \(.text) CHECK (plates IN ('none', 'covered')),
                    removed_by \(.id) REFERENCES person (id),
                    removed_at \(.instant),
                    CHECK (released_at IS NULL OR (children IS NOT NULL AND plates IS NOT NULL AND removed_at IS NULL)))
                    \(.endOfTable)
                """,
                "CREATE INDEX practice_picture_of_practice ON practice_picture (practice_id, at)",
                "CREATE INDEX practice_picture_by_address ON practice_picture (address)",
                "CREATE INDEX practice_picture_by_thumbnail ON practice_picture (thumbnail)",
                """
                CREATE TABLE practice_following (
                    practice_id \(.id) NOT NULL REFERENCES practice (id),
                    territory_id \(.id) NOT NULL REFERENCES territory (id),
                    organisation_id \(.id) NOT NULL REFERENCES organisation (id),
                    since \(.day) NOT NULL CHECK (length(since) = 10),
                    changed \(.text) NOT NULL CHECK (changed <> ''),
                    result \(.text) CHECK (result <> ''),
                    different \(.text) CHECK (different <> ''),
                    told_by \(.id) REFERENCES person (id),
                    at \(.instant) NOT NULL,
                    PRIMARY KEY (practice_id, territory_id)) \(.endOfTableByKey)
                """,
                "CREATE INDEX practice_following_of_territory ON practice_following (territory_id, practice_id)",
                """
                CREATE TABLE practice_look (
                    id \(.id) NOT NULL PRIMARY KEY,
                    practice_id \(.id) NOT NULL REFERENCES practice (id),
                    looked_on \(.day) NOT NULL CHECK (length(looked_on) = 10),
                    is_alive \(.flag) NOT NULL,
                    words \(.text) CHECK (words <> ''),
                    looked_by \(.id) REFERENCES person (id),
                    organisation_id \(.id) NOT NULL REFERENCES organisation (id),
                    at \(.instant) NOT NULL) \(.endOfTable)
                """,
                "CREATE INDEX practice_look_of_practice ON practice_look (practice_id, looked_on)",
            ])
    ]
}
