import Database

/// The tables of surveys.
package enum SurveysSchema {
    package static let migrations: [Migration] = [
        Migration(
            "surveys.0001-surveys",
            [
                """
                CREATE TABLE survey (
                    id \(.id) NOT NULL PRIMARY KEY,
                    territory_id \(.id) NOT NULL REFERENCES territory (id),
                    year \(.integer) NOT NULL CHECK (year BETWEEN 1900 AND 2200),
                    number \(.integer) NOT NULL CHECK (number > 0),
                    title \(.text) NOT NULL CHECK (title <> ''),
                    level \(.text) NOT NULL,
                    area_class \(.text),
                    region \(.text),
                    criteria_set_id \(.id) NOT NULL REFERENCES criteria_set (id),
                    begun_at \(.instant) NOT NULL,
                    begun_by \(.id) REFERENCES person (id),
                    concluded_on \(.day),
                    concluded_by \(.id) REFERENCES person (id),
                    organisation_id \(.id) REFERENCES organisation (id),
                    indicators \(.integer),
                    gaps \(.integer),
                    unknown \(.integer),
                    revision \(.integer) NOT NULL CHECK (revision > 0),
                    UNIQUE (territory_id, year, number),
                    CHECK ((concluded_on IS NULL) = (gaps IS NULL))) \(.endOfTable)
                """,
                "CREATE UNIQUE INDEX survey_open ON survey (territory_id) WHERE concluded_on IS NULL",
                "CREATE INDEX survey_by_year ON survey (year, territory_id)",
                "CREATE INDEX survey_begun_by ON survey (begun_by)",
                "CREATE INDEX survey_concluded_by ON survey (concluded_by)",
                "CREATE INDEX survey_by_organisation ON survey (organisation_id)",
                "CREATE INDEX survey_of_set ON survey (criteria_set_id)",
                """
                CREATE TABLE survey_value (
                    survey_id \(.id) NOT NULL REFERENCES survey (id),
                    code \(.text) NOT NULL,
                    value \(.text) NOT NULL CHECK (value <> ''),
                    source \(.text) NOT NULL CHECK (source IN ('typed', 'dossier', 'office')),
                    holder \(.text),
                    entered_by \(.id) REFERENCES person (id),
                    at \(.instant) NOT NULL,
                    PRIMARY KEY (survey_id, code)) \(.endOfTableByKey)
                """,
                "CREATE INDEX survey_value_by_person ON survey_value (entered_by)",
                """
                CREATE TABLE survey_gap (
                    survey_id \(.id) NOT NULL REFERENCES survey (id),
                    code \(.text) NOT NULL,
                    place \(.integer) NOT NULL,
                    effort \(.text) NOT NULL CHECK (effort IN ('near', 'midway', 'far', 'unknown')),
                    is_mandatory \(.flag) NOT NULL,
                    PRIMARY KEY (survey_id, code)) \(.endOfTableByKey)
                """,
                """
                CREATE TABLE survey_need (
                    survey_id \(.id) NOT NULL REFERENCES survey (id),
                    code \(.text) NOT NULL,
                    need \(.text) NOT NULL CHECK (need IN ('people', 'money', 'works')),
                    content \(.text) NOT NULL CHECK (content <> ''),
                    amount \(.integer) CHECK (amount >= 0),
                    unit \(.text),
                    PRIMARY KEY (survey_id, code, need)) \(.endOfTableByKey)
                """,
                """
                CREATE TABLE plan_item (
                    id \(.id) NOT NULL PRIMARY KEY,
                    survey_id \(.id) NOT NULL REFERENCES survey (id),
                    code \(.text) NOT NULL CHECK (code <> ''),
                    what \(.text) NOT NULL CHECK (what <> ''),
                    owner_id \(.id) NOT NULL REFERENCES organisation (id),
                    until_on \(.day) NOT NULL,
                    added_by \(.id) REFERENCES person (id),
                    done_on \(.day),
                    done_by \(.id) REFERENCES person (id)) \(.endOfTable)
                """,
                "CREATE INDEX plan_item_of_survey ON plan_item (survey_id, until_on, id)",
                "CREATE INDEX plan_item_by_owner ON plan_item (owner_id, done_on, until_on)",
                "CREATE INDEX plan_item_added_by ON plan_item (added_by)",
                "CREATE INDEX plan_item_done_by ON plan_item (done_by)",
            ])
    ]
}
