import Database

/// The table of handovers. What was open on the day it was drawn up is kept as it was: the paper that two people signed
/// does not change afterwards.
enum PeopleHandoverSchema {
    static let migration = Migration(
        "people.0007-handover",
        [
            """
            CREATE TABLE handover (
                id \(.id) NOT NULL PRIMARY KEY,
                territory_id \(.id) NOT NULL REFERENCES territory (id),
                organisation_id \(.id) NOT NULL REFERENCES organisation (id),
                role_id \(.id) NOT NULL REFERENCES role_assignment (id),
                role \(.text) NOT NULL CHECK (role <> ''),
                giver_id \(.id) NOT NULL REFERENCES person (id),
                receiver_id \(.id) REFERENCES person (id),
                receiver_name \(.text) NOT NULL CHECK (receiver_name <> ''),
                receiver_birth_year \(.integer) CHECK (receiver_birth_year BETWEEN 1900 AND 2200),
                day \(.day) NOT NULL CHECK (length(day) = 10),
                papers \(.text) CHECK (papers <> ''),
                money \(.text) CHECK (money <> ''),
                keys \(.text) CHECK (keys <> ''),
                remarks \(.text) CHECK (remarks <> ''),
                open_work \(.json) NOT NULL,
                drawn_by \(.id) NOT NULL REFERENCES person (id),
                drawn_at \(.instant) NOT NULL,
                completed_by \(.id) REFERENCES person (id),
                completed_at \(.instant),
                new_role_id \(.id) REFERENCES role_assignment (id),
                withdrawn_by \(.id) REFERENCES person (id),
                withdrawn_at \(.instant),
                revision \(.integer) NOT NULL CHECK (revision > 0),
                CHECK (receiver_id IS NULL OR receiver_id <> giver_id),
                CHECK ((completed_at IS NULL) = (new_role_id IS NULL)),
                CHECK (completed_at IS NULL OR withdrawn_at IS NULL)) \(.endOfTable)
            """,
            """
            CREATE UNIQUE INDEX handover_open ON handover (role_id)
            WHERE completed_at IS NULL AND withdrawn_at IS NULL
            """,
            "CREATE INDEX handover_of_territory ON handover (territory_id, id)",
            "CREATE INDEX handover_of_giver ON handover (giver_id)",
            "CREATE INDEX handover_of_receiver ON handover (receiver_id)",
        ])
}
