import Core
import Database

extension OrganisationSchema {
    /// What is known of an area year by year and beside its figures: groups, convention, models and its calendar.
    static let profile = Migration(
        "organisation.0005-profile",
        [
            """
            CREATE TABLE area_year (
                territory_id \(.id) NOT NULL REFERENCES area (territory_id),
                year \(.integer) NOT NULL CHECK (year BETWEEN 1900 AND 2200),
                households \(.integer) CHECK (households >= 0),
                people \(.integer) CHECK (people >= 0),
                area_class \(.text),
                PRIMARY KEY (territory_id, year)) \(.endOfTableByKey)
            """,
            """
            INSERT INTO area_year (territory_id, year, households, people, area_class)
            SELECT territory_id, as_of, households, people, area_class FROM area WHERE as_of IS NOT NULL
            """,
            """
            CREATE TABLE area_group (
                id \(.id) NOT NULL PRIMARY KEY,
                territory_id \(.id) NOT NULL REFERENCES area (territory_id),
                name \(.text) NOT NULL CHECK (name <> ''),
                kind \(.text) NOT NULL,
                households \(.integer) CHECK (households >= 0),
                sort_key \(.text) NOT NULL,
                since \(.day),
                ended_on \(.day) CHECK (ended_on >= since)) \(.endOfTable)
            """,
            "CREATE INDEX area_group_of_area ON area_group (territory_id, sort_key)",
            """
            CREATE TABLE area_convention (
                id \(.id) NOT NULL PRIMARY KEY,
                territory_id \(.id) NOT NULL REFERENCES area (territory_id),
                version \(.integer) NOT NULL CHECK (version > 0),
                kind \(.text) NOT NULL CHECK (kind IN ('huong_uoc', 'quy_uoc')),
                content \(.text) NOT NULL CHECK (content <> ''),
                adopted_on \(.day) NOT NULL,
                votes_for \(.integer) NOT NULL CHECK (votes_for >= 0),
                households \(.integer) NOT NULL CHECK (households >= votes_for),
                recognised_by \(.text),
                recognised_on \(.day) CHECK (recognised_on >= adopted_on),
                recognition_document \(.text) CHECK (recognition_document <> ''),
                UNIQUE (territory_id, version)) \(.endOfTable)
            """,
            """
            CREATE TABLE area_model (
                id \(.id) NOT NULL PRIMARY KEY,
                territory_id \(.id) NOT NULL REFERENCES area (territory_id),
                name \(.text) NOT NULL CHECK (name <> ''),
                sort_key \(.text) NOT NULL,
                since \(.integer) CHECK (since BETWEEN 1900 AND 2200),
                looked_on \(.day),
                is_alive \(.flag),
                kind \(.text) NOT NULL,
                search_key \(.text) NOT NULL,
                size \(.integer) CHECK (size > 0),
                unit \(.text) CHECK (unit <> ''),
                CHECK (size IS NULL OR unit IS NOT NULL)) \(.endOfTable)
            """,
            "CREATE INDEX area_model_of_area ON area_model (territory_id, sort_key)",
            // Every time somebody went and looked; the newest day stands in the model itself.
            """
            CREATE TABLE area_model_look (
                id \(.id) NOT NULL PRIMARY KEY,
                model_id \(.id) NOT NULL REFERENCES area_model (id),
                looked_on \(.day) NOT NULL,
                is_alive \(.flag) NOT NULL,
                words \(.text) CHECK (words <> ''),
                looked_by \(.id) NOT NULL,
                organisation_id \(.id) NOT NULL REFERENCES organisation (id),
                at \(.instant) NOT NULL) \(.endOfTable)
            """,
            "CREATE INDEX area_model_look_of_model ON area_model_look (model_id, looked_on)",
            """
            CREATE TABLE area_occasion (
                id \(.id) NOT NULL PRIMARY KEY,
                territory_id \(.id) NOT NULL REFERENCES area (territory_id),
                kind \(.text) NOT NULL,
                name \(.text) NOT NULL CHECK (name <> ''),
                starts_on \(.day) NOT NULL,
                ends_on \(.day) NOT NULL CHECK (ends_on >= starts_on),
                is_yearly \(.flag) NOT NULL,
                note \(.text)) \(.endOfTable)
            """,
            "CREATE INDEX area_occasion_of_area ON area_occasion (territory_id, starts_on)",
        ])
}
