import Database

extension OrganisationSchema {
    /// The strengths of an area's organisations. A year may have them before its households are counted.
    static let strength = Migration(
        "organisation.0009-strength",
        [
            """
            CREATE TABLE area_strength (
                territory_id \(.id) NOT NULL REFERENCES area (territory_id),
                year \(.integer) NOT NULL CHECK (year BETWEEN 1900 AND 2200),
                kind \(.text) NOT NULL CHECK (kind IN ('front_work_committee', 'party_cell', 'farmers', 'women',
                    'veterans', 'youth', 'elderly', 'labour', 'red_cross', 'study_promotion')),
                members \(.integer) NOT NULL CHECK (members >= 0),
                PRIMARY KEY (territory_id, year, kind)) \(.endOfTableByKey)
            """
        ])
}
