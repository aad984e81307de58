-- Drawn from the migrations in Sources; `make access` draws it anew.

-- database.0001-lane-operation-audit
CREATE TABLE lane (
    id INTEGER PRIMARY KEY, holder BLOB NOT NULL, held_at INTEGER NOT NULL,
    head_number INTEGER NOT NULL, head_link BLOB NOT NULL) STRICT;
CREATE TABLE operation (
    id BLOB PRIMARY KEY, fingerprint BLOB NOT NULL,
    actor_id BLOB, at INTEGER NOT NULL, receipt TEXT NOT NULL,
    seconds INTEGER CHECK (seconds BETWEEN 0 AND 600)) STRICT, WITHOUT ROWID;
CREATE TABLE audit (
    lane INTEGER NOT NULL, number INTEGER NOT NULL, at INTEGER NOT NULL, operation_id BLOB,
    actor_id BLOB, act TEXT NOT NULL, capability TEXT NOT NULL, grant_id BLOB,
    subject_kind TEXT NOT NULL, subject_id BLOB, detail TEXT NOT NULL, link BLOB NOT NULL,
    PRIMARY KEY (lane, number)) STRICT, WITHOUT ROWID;
CREATE INDEX audit_by_subject ON audit (subject_id, at);
CREATE INDEX audit_by_actor ON audit (actor_id, at);

-- database.0002-jobs
CREATE TABLE job (
    id BLOB PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL UNIQUE, due_at INTEGER NOT NULL,
    payload TEXT NOT NULL, tries INTEGER NOT NULL, done_at INTEGER, failed_with TEXT)
    STRICT;
CREATE INDEX job_due ON job (due_at) WHERE done_at IS NULL;

-- database.0003-installation
CREATE TABLE installation (
    name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

-- database.0004-append-only
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
CREATE TRIGGER operation_no_update BEFORE UPDATE ON operation
BEGIN SELECT RAISE(ABORT, 'operation is append-only'); END;
CREATE TRIGGER operation_no_delete BEFORE DELETE ON operation
BEGIN SELECT RAISE(ABORT, 'operation is append-only'); END;

-- organisation.0001-territory
CREATE TABLE territory (
    id BLOB NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL
        CHECK (kind IN ('country', 'province', 'district', 'commune', 'ward', 'town', 'area')),
    designation TEXT NOT NULL,
    name TEXT NOT NULL CHECK (name <> ''),
    code TEXT,
    parent_id BLOB REFERENCES territory (id),
    sort_key TEXT NOT NULL,
    search_key TEXT NOT NULL,
    name_key TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_until TEXT CHECK (valid_until >= valid_from),
    revision INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX territory_by_parent ON territory (parent_id, kind);
CREATE INDEX territory_by_code ON territory (code) WHERE code IS NOT NULL;
CREATE TABLE territory_state (
    territory_id BLOB NOT NULL REFERENCES territory (id),
    valid_from TEXT NOT NULL,
    valid_until TEXT CHECK (valid_until >= valid_from),
    kind TEXT NOT NULL,
    designation TEXT NOT NULL,
    name TEXT NOT NULL,
    code TEXT,
    parent_id BLOB REFERENCES territory (id),
    sort_key TEXT NOT NULL,
    document TEXT,
    PRIMARY KEY (territory_id, valid_from)) STRICT, WITHOUT ROWID;
CREATE INDEX territory_state_by_parent ON territory_state (parent_id, valid_from);
CREATE INDEX territory_state_by_code ON territory_state (code) WHERE code IS NOT NULL;
CREATE TABLE territory_succession (
    id BLOB NOT NULL PRIMARY KEY,
    day TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('merge', 'split', 'rename', 'abolish')),
    from_id BLOB NOT NULL REFERENCES territory (id),
    into_id BLOB REFERENCES territory (id),
    document TEXT,
    batch_id BLOB) STRICT;
CREATE INDEX territory_succession_from ON territory_succession (from_id, day);
CREATE INDEX territory_succession_into ON territory_succession (into_id, day);
CREATE TABLE territory_closure (
    ancestor_id BLOB NOT NULL,
    descendant_kind TEXT NOT NULL,
    sort_key TEXT NOT NULL,
    descendant_id BLOB NOT NULL,
    PRIMARY KEY (ancestor_id, descendant_kind, sort_key, descendant_id)) STRICT, WITHOUT ROWID;
CREATE INDEX territory_closure_by_descendant ON territory_closure (descendant_id, ancestor_id);
CREATE TABLE area (
    territory_id BLOB NOT NULL PRIMARY KEY REFERENCES territory (id),
    area_kind TEXT NOT NULL,
    households INTEGER CHECK (households >= 0),
    people INTEGER CHECK (people >= 0),
    area_class TEXT,
    as_of INTEGER CHECK (as_of BETWEEN 1900 AND 2200),
    is_invented INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX area_by_class ON area (area_class);

-- organisation.0002-organisation
CREATE TABLE organisation (
    id BLOB NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    name TEXT NOT NULL CHECK (name <> ''),
    territory_id BLOB NOT NULL REFERENCES territory (id),
    parent_id BLOB REFERENCES organisation (id),
    sort_key TEXT NOT NULL,
    search_key TEXT NOT NULL,
    name_key TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_until TEXT CHECK (valid_until >= valid_from),
    revision INTEGER NOT NULL) STRICT;
CREATE INDEX organisation_by_territory ON organisation (territory_id, sort_key, id);
CREATE INDEX organisation_by_parent ON organisation (parent_id);
CREATE TABLE organisation_name (
    organisation_id BLOB NOT NULL REFERENCES organisation (id),
    valid_from TEXT NOT NULL,
    valid_until TEXT CHECK (valid_until >= valid_from),
    name TEXT NOT NULL,
    PRIMARY KEY (organisation_id, valid_from)) STRICT, WITHOUT ROWID;

-- organisation.0003-search
CREATE TABLE search_word (
    subject_kind TEXT NOT NULL,
    word TEXT NOT NULL,
    sort_key TEXT NOT NULL,
    subject_id BLOB NOT NULL,
    territory_id BLOB NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (subject_kind, word, sort_key, subject_id, territory_id) ) STRICT, WITHOUT ROWID;
CREATE INDEX search_word_in_territory ON search_word (territory_id, word);

-- organisation.0004-import
CREATE TABLE organisation_tree (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1), version INTEGER NOT NULL) STRICT;
INSERT INTO organisation_tree (id, version) VALUES (1, 0);
CREATE TABLE import_batch (
    id BLOB NOT NULL PRIMARY KEY,
    territory_id BLOB NOT NULL REFERENCES territory (id),
    subject TEXT NOT NULL CHECK (subject IN ('territories', 'areas', 'organisations')),
    coverage TEXT NOT NULL CHECK (coverage IN ('whole', 'listed', 'part')),
    day TEXT NOT NULL,
    document TEXT,
    file_name TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('previewed', 'done', 'undone')),
    row_count INTEGER NOT NULL,
    added INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    unchanged INTEGER NOT NULL,
    ended INTEGER NOT NULL,
    faults INTEGER NOT NULL,
    warnings INTEGER NOT NULL,
    columns_read TEXT NOT NULL,
    columns_unknown TEXT NOT NULL,
    tree_version INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    made_by BLOB,
    done_at INTEGER,
    undone_at INTEGER,
    revision INTEGER NOT NULL) STRICT;
CREATE INDEX import_batch_by_time ON import_batch (made_at, id);
CREATE TABLE import_row (
    batch_id BLOB NOT NULL REFERENCES import_batch (id),
    number INTEGER NOT NULL,
    action TEXT NOT NULL CHECK (action IN ('add', 'change', 'end')),
    subject_id BLOB NOT NULL,
    after TEXT NOT NULL,
    before TEXT,
    PRIMARY KEY (batch_id, number)) STRICT, WITHOUT ROWID;
CREATE TABLE import_remark (
    batch_id BLOB NOT NULL REFERENCES import_batch (id),
    number INTEGER NOT NULL,
    is_fault INTEGER NOT NULL,
    sheet TEXT NOT NULL,
    line INTEGER NOT NULL,
    column_letters TEXT,
    key TEXT NOT NULL,
    arguments TEXT NOT NULL,
    PRIMARY KEY (batch_id, number)) STRICT, WITHOUT ROWID;

-- organisation.0005-profile
CREATE TABLE area_year (
    territory_id BLOB NOT NULL REFERENCES area (territory_id),
    year INTEGER NOT NULL CHECK (year BETWEEN 1900 AND 2200),
    households INTEGER CHECK (households >= 0),
    people INTEGER CHECK (people >= 0),
    area_class TEXT,
    PRIMARY KEY (territory_id, year)) STRICT, WITHOUT ROWID;
INSERT INTO area_year (territory_id, year, households, people, area_class)
SELECT territory_id, as_of, households, people, area_class FROM area WHERE as_of IS NOT NULL;
CREATE TABLE area_group (
    id BLOB NOT NULL PRIMARY KEY,
    territory_id BLOB NOT NULL REFERENCES area (territory_id),
    name TEXT NOT NULL CHECK (name <> ''),
    kind TEXT NOT NULL,
    households INTEGER CHECK (households >= 0),
    sort_key TEXT NOT NULL,
    since TEXT,
    ended_on TEXT CHECK (ended_on >= since)) STRICT;
CREATE INDEX area_group_of_area ON area_group (territory_id, sort_key);
CREATE TABLE area_convention (
    id BLOB NOT NULL PRIMARY KEY,
    territory_id BLOB NOT NULL REFERENCES area (territory_id),
    version INTEGER NOT NULL CHECK (version > 0),
    kind TEXT NOT NULL CHECK (kind IN ('huong_uoc', 'quy_uoc')),
    content TEXT NOT NULL CHECK (content <> ''),
    adopted_on TEXT NOT NULL,
    votes_for INTEGER NOT NULL CHECK (votes_for >= 0),
    households INTEGER NOT NULL CHECK (households >= votes_for),
    recognised_by TEXT,
    recognised_on TEXT CHECK (recognised_on >= adopted_on),
    recognition_document TEXT CHECK (recognition_document <> ''),
    UNIQUE (territory_id, version)) STRICT;
CREATE TABLE area_model (
    id BLOB NOT NULL PRIMARY KEY,
    territory_id BLOB NOT NULL REFERENCES area (territory_id),
    name TEXT NOT NULL CHECK (name <> ''),
    sort_key TEXT NOT NULL,
    since INTEGER CHECK (since BETWEEN 1900 AND 2200),
    looked_on TEXT,
    is_alive INTEGER,
    kind TEXT NOT NULL,
    search_key TEXT NOT NULL,
    size INTEGER CHECK (size > 0),
    unit TEXT CHECK (unit <> ''),
    CHECK (size IS NULL OR unit IS NOT NULL)) STRICT;
CREATE INDEX area_model_of_area ON area_model (territory_id, sort_key);
CREATE TABLE area_model_look (
    id BLOB NOT NULL PRIMARY KEY,
    model_id BLOB NOT NULL REFERENCES area_model (id),
    looked_on TEXT NOT NULL,
    is_alive INTEGER NOT NULL,
    words TEXT CHECK (words <> ''),
    looked_by BLOB NOT NULL,
    organisation_id BLOB NOT NULL REFERENCES organisation (id),
    at INTEGER NOT NULL) STRICT;
CREATE INDEX area_model_look_of_model ON area_model_look (model_id, looked_on);
CREATE TABLE area_occasion (
    id BLOB NOT NULL PRIMARY KEY,
    territory_id BLOB NOT NULL REFERENCES area (territory_id),
    kind TEXT NOT NULL,
    name TEXT NOT NULL CHECK (name <> ''),
    starts_on TEXT NOT NULL,
    ends_on TEXT NOT NULL CHECK (ends_on >= starts_on),
    is_yearly INTEGER NOT NULL,
    note TEXT) STRICT;
CREATE INDEX area_occasion_of_area ON area_occasion (territory_id, starts_on);

-- organisation.0006-placement
CREATE TABLE organisation_place (
    organisation_id BLOB NOT NULL REFERENCES organisation (id),
    valid_from TEXT NOT NULL,
    valid_until TEXT CHECK (valid_until >= valid_from),
    territory_id BLOB NOT NULL REFERENCES territory (id),
    parent_id BLOB REFERENCES organisation (id),
    PRIMARY KEY (organisation_id, valid_from)) STRICT, WITHOUT ROWID;
INSERT INTO organisation_place (organisation_id, valid_from, valid_until, territory_id, parent_id)
SELECT id, valid_from, valid_until, territory_id, parent_id FROM organisation;
CREATE TABLE organisation_successor (
    organisation_id BLOB NOT NULL REFERENCES organisation (id),
    into_id BLOB NOT NULL REFERENCES organisation (id),
    day TEXT NOT NULL,
    PRIMARY KEY (organisation_id, into_id)) STRICT, WITHOUT ROWID;
CREATE INDEX organisation_successor_into ON organisation_successor (into_id);

-- organisation.0007-saved-view
CREATE TABLE saved_view (
    id BLOB NOT NULL PRIMARY KEY,
    person_id BLOB NOT NULL,
    list TEXT NOT NULL,
    name TEXT NOT NULL CHECK (name <> ''),
    sort_key TEXT NOT NULL,
    query TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    UNIQUE (person_id, list, name)) STRICT;

-- organisation.0008-region
ALTER TABLE area ADD COLUMN region TEXT;
ALTER TABLE area_year ADD COLUMN region TEXT;

-- organisation.0009-strength
CREATE TABLE area_strength (
    territory_id BLOB NOT NULL REFERENCES area (territory_id),
    year INTEGER NOT NULL CHECK (year BETWEEN 1900 AND 2200),
    kind TEXT NOT NULL CHECK (kind IN ('front_work_committee', 'party_cell', 'farmers', 'women',
        'veterans', 'youth', 'elderly', 'labour', 'red_cross', 'study_promotion')),
    members INTEGER NOT NULL CHECK (members >= 0),
    PRIMARY KEY (territory_id, year, kind)) STRICT, WITHOUT ROWID;

-- people.0001-person-account-role
CREATE TABLE person (
    id BLOB PRIMARY KEY, name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    sort_key TEXT NOT NULL, search_key TEXT NOT NULL,
    birth_year INTEGER CHECK (birth_year BETWEEN 1900 AND 2200),
    phone TEXT CHECK (length(phone) BETWEEN 8 AND 15),
    is_invented INTEGER NOT NULL CHECK (is_invented IN (FALSE, TRUE)),
    revision INTEGER NOT NULL CHECK (revision > 0)) STRICT;
CREATE INDEX person_in_order ON person (sort_key, id);
CREATE TABLE account (
    person_id BLOB PRIMARY KEY REFERENCES person (id),
    sign_in_name TEXT NOT NULL UNIQUE CHECK (length(sign_in_name) BETWEEN 3 AND 64),
    password_hash TEXT, must_change INTEGER NOT NULL CHECK (must_change IN (FALSE, TRUE)),
    disabled_at INTEGER, revision INTEGER NOT NULL CHECK (revision > 0)) STRICT;
CREATE TABLE role_assignment (
    id BLOB PRIMARY KEY, person_id BLOB NOT NULL REFERENCES person (id),
    role TEXT NOT NULL CHECK (length(role) > 0),
    organisation_id BLOB NOT NULL REFERENCES organisation (id),
    territory_id BLOB NOT NULL REFERENCES territory (id), valid_from TEXT NOT NULL,
    valid_until TEXT CHECK (valid_until >= valid_from), version INTEGER NOT NULL CHECK (version > 0),
    assigned_by BLOB REFERENCES person (id),
    stands_for BLOB REFERENCES role_assignment (id), helps BLOB REFERENCES role_assignment (id))
    STRICT;
CREATE INDEX role_assignment_standing_for ON role_assignment (stands_for) WHERE stands_for IS NOT NULL;
CREATE INDEX role_assignment_helping ON role_assignment (helps) WHERE helps IS NOT NULL;
CREATE INDEX role_assignment_of_person ON role_assignment (person_id, valid_from);
CREATE INDEX role_assignment_in_territory ON role_assignment (territory_id, role);
CREATE INDEX role_assignment_of_organisation ON role_assignment (organisation_id);

-- people.0002-session-slip-attempt
CREATE TABLE session (
    id BLOB PRIMARY KEY, token_hash BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    person_id BLOB NOT NULL REFERENCES account (person_id),
    csrf_secret BLOB NOT NULL CHECK (length(csrf_secret) = 16),
    is_own_device INTEGER NOT NULL CHECK (is_own_device IN (FALSE, TRUE)),
    created_at INTEGER NOT NULL, last_seen_at INTEGER NOT NULL, expires_at INTEGER NOT NULL,
    ended_at INTEGER, device TEXT NOT NULL,
    device_hash BLOB CHECK (length(device_hash) = 32)) STRICT;
CREATE INDEX session_of_person ON session (person_id);
CREATE TABLE known_device (
    person_id BLOB NOT NULL REFERENCES account (person_id),
    device_hash BLOB NOT NULL CHECK (length(device_hash) = 32), last_seen_at INTEGER NOT NULL,
    PRIMARY KEY (person_id, device_hash)) STRICT, WITHOUT ROWID;
CREATE TABLE activation_slip (
    id BLOB PRIMARY KEY, person_id BLOB NOT NULL REFERENCES account (person_id),
    code_hash BLOB NOT NULL UNIQUE, issued_by BLOB REFERENCES person (id),
    issued_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, used_at INTEGER) STRICT;
CREATE INDEX activation_slip_of_person ON activation_slip (person_id);
CREATE TABLE attempt (
    bucket TEXT NOT NULL, window_start INTEGER NOT NULL,
    count INTEGER NOT NULL CHECK (count >= 0), PRIMARY KEY (bucket, window_start)) STRICT, WITHOUT ROWID;
CREATE INDEX attempt_by_age ON attempt (window_start);

-- people.0003-second-step-and-pin
CREATE TABLE totp (
    person_id BLOB NOT NULL PRIMARY KEY REFERENCES account (person_id),
    secret BLOB NOT NULL CHECK (length(secret) = 20), made_at INTEGER NOT NULL,
    confirmed_at INTEGER, last_step INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE recovery_code (
    person_id BLOB NOT NULL REFERENCES account (person_id),
    number INTEGER NOT NULL CHECK (number BETWEEN 1 AND 10),
    code_hash BLOB NOT NULL, used_at INTEGER, PRIMARY KEY (person_id, number)) STRICT, WITHOUT ROWID;
CREATE TABLE sign_in_step (
    token_hash BLOB NOT NULL PRIMARY KEY CHECK (length(token_hash) = 32),
    person_id BLOB NOT NULL REFERENCES account (person_id),
    account_revision INTEGER NOT NULL, next TEXT NOT NULL,
    is_own_device INTEGER NOT NULL CHECK (is_own_device IN (FALSE, TRUE)),
    expires_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE device_pin (
    device_hash BLOB NOT NULL PRIMARY KEY CHECK (length(device_hash) = 32),
    person_id BLOB NOT NULL REFERENCES account (person_id), pin_hash TEXT NOT NULL,
    tries INTEGER NOT NULL CHECK (tries BETWEEN 0 AND 5), set_at INTEGER NOT NULL)
    STRICT, WITHOUT ROWID;
CREATE INDEX device_pin_of_person ON device_pin (person_id);

-- people.0004-view-and-correction
CREATE TABLE person_view (
    id BLOB NOT NULL PRIMARY KEY, person_id BLOB NOT NULL REFERENCES person (id),
    viewer_id BLOB NOT NULL REFERENCES person (id), role TEXT NOT NULL,
    giver_id BLOB REFERENCES person (id), at INTEGER NOT NULL) STRICT;
CREATE INDEX person_view_of_person ON person_view (person_id, at);
CREATE TABLE correction (
    id BLOB NOT NULL PRIMARY KEY, person_id BLOB NOT NULL REFERENCES person (id),
    territory_id BLOB NOT NULL REFERENCES territory (id), asked TEXT NOT NULL CHECK (asked <> ''),
    asked_at INTEGER NOT NULL, due TEXT NOT NULL, answer TEXT,
    outcome TEXT CHECK (outcome IN ('corrected', 'kept')), answered_at INTEGER,
    answered_by BLOB REFERENCES person (id), revision INTEGER NOT NULL) STRICT;
CREATE INDEX correction_of_person ON correction (person_id, asked_at);
CREATE INDEX correction_open ON correction (due, id) WHERE answered_at IS NULL;

-- people.0005-import
CREATE TABLE people_import (
    id BLOB NOT NULL PRIMARY KEY, territory_id BLOB NOT NULL REFERENCES territory (id),
    file_name TEXT NOT NULL, state TEXT NOT NULL CHECK (state IN ('previewed', 'done', 'undone')),
    row_count INTEGER NOT NULL, added INTEGER NOT NULL, given INTEGER NOT NULL,
    unchanged INTEGER NOT NULL, faults INTEGER NOT NULL, warnings INTEGER NOT NULL,
    columns_read TEXT NOT NULL, columns_unknown TEXT NOT NULL, made_at INTEGER NOT NULL,
    made_by BLOB REFERENCES person (id), done_at INTEGER, undone_at INTEGER,
    revision INTEGER NOT NULL) STRICT;
CREATE INDEX people_import_by_time ON people_import (made_at, id);
CREATE TABLE people_import_row (
    batch_id BLOB NOT NULL REFERENCES people_import (id), number INTEGER NOT NULL,
    is_new INTEGER NOT NULL CHECK (is_new IN (FALSE, TRUE)), person_id BLOB NOT NULL,
    role_id BLOB NOT NULL, name TEXT NOT NULL, birth_year INTEGER, phone TEXT,
    sign_in_name TEXT, role TEXT NOT NULL, organisation_id BLOB NOT NULL,
    territory_id BLOB NOT NULL, valid_from TEXT NOT NULL, valid_until TEXT,
    PRIMARY KEY (batch_id, number)) STRICT, WITHOUT ROWID;
CREATE TABLE people_import_remark (
    batch_id BLOB NOT NULL REFERENCES people_import (id), number INTEGER NOT NULL,
    is_fault INTEGER NOT NULL, sheet TEXT NOT NULL, line INTEGER NOT NULL,
    column_letters TEXT, key TEXT NOT NULL, arguments TEXT NOT NULL,
    PRIMARY KEY (batch_id, number)) STRICT, WITHOUT ROWID;

-- people.0006-sealed-secret
CREATE TABLE sealed_totp (
    person_id BLOB NOT NULL PRIMARY KEY REFERENCES account (person_id),
    secret BLOB NOT NULL CHECK (length(secret) IN (20, 48)), made_at INTEGER NOT NULL,
    confirmed_at INTEGER, last_step INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO sealed_totp (person_id, secret, made_at, confirmed_at, last_step)
SELECT person_id, secret, made_at, confirmed_at, last_step FROM totp;
DROP TABLE totp;
ALTER TABLE sealed_totp RENAME TO totp;

-- people.0007-handover
CREATE TABLE handover (
    id BLOB NOT NULL PRIMARY KEY,
    territory_id BLOB NOT NULL REFERENCES territory (id),
    organisation_id BLOB NOT NULL REFERENCES organisation (id),
    role_id BLOB NOT NULL REFERENCES role_assignment (id),
    role TEXT NOT NULL CHECK (role <> ''),
    giver_id BLOB NOT NULL REFERENCES person (id),
    receiver_id BLOB REFERENCES person (id),
    receiver_name TEXT NOT NULL CHECK (receiver_name <> ''),
    receiver_birth_year INTEGER CHECK (receiver_birth_year BETWEEN 1900 AND 2200),
    day TEXT NOT NULL CHECK (length(day) = 10),
    papers TEXT CHECK (papers <> ''),
    money TEXT CHECK (money <> ''),
    keys TEXT CHECK (keys <> ''),
    remarks TEXT CHECK (remarks <> ''),
    open_work TEXT NOT NULL,
    drawn_by BLOB NOT NULL REFERENCES person (id),
    drawn_at INTEGER NOT NULL,
    completed_by BLOB REFERENCES person (id),
    completed_at INTEGER,
    new_role_id BLOB REFERENCES role_assignment (id),
    withdrawn_by BLOB REFERENCES person (id),
    withdrawn_at INTEGER,
    revision INTEGER NOT NULL CHECK (revision > 0),
    CHECK (receiver_id IS NULL OR receiver_id <> giver_id),
    CHECK ((completed_at IS NULL) = (new_role_id IS NULL)),
    CHECK (completed_at IS NULL OR withdrawn_at IS NULL)) STRICT;
CREATE UNIQUE INDEX handover_open ON handover (role_id)
WHERE completed_at IS NULL AND withdrawn_at IS NULL;
CREATE INDEX handover_of_territory ON handover (territory_id, id);
CREATE INDEX handover_of_giver ON handover (giver_id);
CREATE INDEX handover_of_receiver ON handover (receiver_id);

-- criteria.0001-criteria-set
CREATE TABLE criteria_set (
    id BLOB NOT NULL PRIMARY KEY,
    code TEXT NOT NULL CHECK (code <> ''),
    version INTEGER NOT NULL CHECK (version >= 1),
    status TEXT NOT NULL CHECK (status IN ('draft', 'published', 'superseded')),
    label TEXT NOT NULL CHECK (label IN ('real', 'demonstration', 'namesOnly')),
    name_vi TEXT NOT NULL CHECK (name_vi <> ''),
    name_en TEXT NOT NULL,
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL CHECK (subject IN ('residentialArea', 'commune', 'district', 'province')),
    effective_from TEXT NOT NULL,
    effective_to TEXT CHECK (effective_to >= effective_from),
    territory_id BLOB NOT NULL REFERENCES territory (id),
    source TEXT NOT NULL,
    digest BLOB NOT NULL,
    search_key TEXT NOT NULL,
    created_by BLOB,
    created_at INTEGER NOT NULL,
    published_by BLOB,
    published_at INTEGER,
    superseded_by BLOB REFERENCES criteria_set (id),
    superseded_at INTEGER,
    revision INTEGER NOT NULL,
    UNIQUE (code, version),
    CHECK ((status = 'draft') = (published_at IS NULL)),
    CHECK ((status = 'superseded') = (superseded_by IS NOT NULL))) STRICT;
CREATE INDEX criteria_set_by_subject ON criteria_set (subject, effective_from);
CREATE INDEX criteria_set_by_territory ON criteria_set (territory_id);
ALTER TABLE criteria_set ADD COLUMN document_number TEXT CHECK (document_number <> '');
ALTER TABLE criteria_set ADD COLUMN document_day TEXT CHECK (length(document_day) = 10);

-- criteria.0002-rules
CREATE TABLE rules_document (
    id BLOB NOT NULL PRIMARY KEY,
    code TEXT NOT NULL CHECK (code <> ''),
    version INTEGER NOT NULL CHECK (version >= 1),
    status TEXT NOT NULL CHECK (status IN ('draft', 'published', 'superseded')),
    label TEXT NOT NULL CHECK (label IN ('real', 'demonstration', 'namesOnly')),
    name_vi TEXT NOT NULL CHECK (name_vi <> ''),
    name_en TEXT NOT NULL,
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL CHECK (subject IN ('residentialArea', 'commune', 'district', 'province')),
    effective_from TEXT NOT NULL CHECK (length(effective_from) = 10),
    effective_to TEXT CHECK (effective_to >= effective_from),
    territory_id BLOB NOT NULL REFERENCES territory (id),
    source TEXT NOT NULL,
    digest BLOB NOT NULL,
    document_number TEXT CHECK (document_number <> ''),
    document_day TEXT CHECK (length(document_day) = 10),
    created_by BLOB,
    created_at INTEGER NOT NULL,
    published_by BLOB,
    published_at INTEGER,
    superseded_by BLOB REFERENCES rules_document (id),
    revision INTEGER NOT NULL,
    UNIQUE (code, version),
    CHECK ((status = 'draft') = (published_at IS NULL)),
    CHECK ((status = 'superseded') = (superseded_by IS NOT NULL))) STRICT;
CREATE INDEX rules_document_by_subject ON rules_document (subject, effective_from);
CREATE INDEX rules_document_by_territory ON rules_document (territory_id);

-- criteria.0003-taken-on
CREATE TABLE consultation (
    id BLOB NOT NULL PRIMARY KEY,
    territory_id BLOB NOT NULL REFERENCES territory (id),
    criteria_set_id BLOB NOT NULL REFERENCES criteria_set (id),
    day TEXT NOT NULL CHECK (length(day) = 10),
    until_day TEXT NOT NULL CHECK (until_day > day),
    conclusion TEXT NOT NULL CHECK (conclusion <> ''),
    recorded_by BLOB REFERENCES person (id),
    at INTEGER NOT NULL) STRICT;
CREATE INDEX consultation_of_territory ON consultation (territory_id, day);
CREATE TABLE consultation_body (
    consultation_id BLOB NOT NULL REFERENCES consultation (id),
    organisation_id BLOB NOT NULL REFERENCES organisation (id),
    PRIMARY KEY (consultation_id, organisation_id)) STRICT, WITHOUT ROWID;
CREATE TABLE taken_criterion (
    id BLOB NOT NULL PRIMARY KEY,
    consultation_id BLOB NOT NULL REFERENCES consultation (id),
    territory_id BLOB NOT NULL REFERENCES territory (id),
    organisation_id BLOB NOT NULL REFERENCES organisation (id),
    code TEXT NOT NULL CHECK (code <> ''),
    target TEXT NOT NULL CHECK (target <> ''),
    target_number INTEGER,
    taken_by BLOB REFERENCES person (id),
    taken_at INTEGER NOT NULL,
    outcome TEXT CHECK (outcome IN ('met', 'partly', 'unmet')),
    review TEXT CHECK (review <> ''),
    reached_number INTEGER,
    early_why TEXT CHECK (early_why <> ''),
    reviewed_by BLOB REFERENCES person (id),
    reviewed_at INTEGER,
    mistake_why TEXT CHECK (mistake_why <> ''),
    mistaken_by BLOB REFERENCES person (id),
    mistaken_at INTEGER,
    revision INTEGER NOT NULL CHECK (revision > 0),
    CHECK ((outcome IS NULL) = (review IS NULL)),
    CHECK ((mistaken_at IS NULL) = (mistake_why IS NULL)),
    CHECK (mistaken_at IS NULL OR outcome IS NULL)) STRICT;
CREATE UNIQUE INDEX taken_criterion_standing
ON taken_criterion (consultation_id, territory_id, organisation_id, code) WHERE mistaken_at IS NULL;
CREATE INDEX taken_criterion_of_consultation ON taken_criterion (consultation_id);
CREATE INDEX taken_criterion_of_territory ON taken_criterion (territory_id, code);
CREATE INDEX taken_criterion_of_organisation ON taken_criterion (organisation_id);

-- ballots.0001-ballot
CREATE TABLE ballot (
    id BLOB NOT NULL PRIMARY KEY,
    territory_id BLOB NOT NULL REFERENCES territory (id),
    kind TEXT NOT NULL CHECK (kind IN ('recognition', 'practice')),
    subject_id BLOB,
    title_vi TEXT NOT NULL,
    title_en TEXT NOT NULL,
    year INTEGER NOT NULL CHECK (year BETWEEN 2000 AND 2200),
    questions TEXT NOT NULL,
    households INTEGER NOT NULL CHECK (households > 0),
    paper INTEGER NOT NULL CHECK (paper BETWEEN 0 AND households),
    opens_on TEXT NOT NULL CHECK (length(opens_on) = 10),
    last_on TEXT NOT NULL CHECK (last_on >= opens_on),
    public_key BLOB NOT NULL CHECK (length(public_key) = 32),
    codes_mark BLOB NOT NULL CHECK (length(codes_mark) = 32),
    opened_by BLOB REFERENCES person (id),
    at INTEGER NOT NULL,
    closed_at INTEGER,
    closed_by BLOB REFERENCES person (id),
    given_up_why TEXT CHECK (given_up_why <> ''),
    spoilt INTEGER NOT NULL CHECK (spoilt >= 0),
    result_text TEXT,
    result_hash TEXT CHECK (length(result_hash) = 64),
    revision INTEGER NOT NULL CHECK (revision > 0),
    CHECK ((result_text IS NULL) = (result_hash IS NULL))) STRICT;
CREATE INDEX ballot_of_territory ON ballot (territory_id, opens_on);
CREATE INDEX ballot_open ON ballot (last_on) WHERE closed_at IS NULL;
CREATE UNIQUE INDEX ballot_of_subject ON ballot (subject_id) WHERE given_up_why IS NULL;
CREATE TABLE ballot_extension (
    ballot_id BLOB NOT NULL REFERENCES ballot (id),
    last_before TEXT NOT NULL CHECK (length(last_before) = 10),
    last_after TEXT NOT NULL CHECK (last_after > last_before),
    reason TEXT NOT NULL CHECK (reason <> ''),
    extended_by BLOB REFERENCES person (id),
    at INTEGER NOT NULL,
    PRIMARY KEY (ballot_id, last_before)) STRICT, WITHOUT ROWID;
CREATE TABLE ballot_batch (
    id BLOB NOT NULL PRIMARY KEY,
    ballot_id BLOB NOT NULL REFERENCES ballot (id),
    kind TEXT NOT NULL CHECK (kind IN ('household', 'spare')),
    codes INTEGER NOT NULL CHECK (codes > 0),
    issued_by BLOB REFERENCES person (id),
    at INTEGER NOT NULL,
    cancelled_at INTEGER,
    cancelled_by BLOB REFERENCES person (id)) STRICT;
CREATE INDEX ballot_batch_of_ballot ON ballot_batch (ballot_id, at);
CREATE TABLE ballot_code (
    mark BLOB NOT NULL PRIMARY KEY CHECK (length(mark) = 32),
    batch_id BLOB NOT NULL REFERENCES ballot_batch (id),
    is_burnt INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX ballot_code_of_batch ON ballot_code (batch_id, is_burnt);
CREATE TABLE ballot_seal (
    id BLOB NOT NULL PRIMARY KEY,
    ballot_id BLOB NOT NULL REFERENCES ballot (id),
    sealed BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX ballot_seal_of_ballot ON ballot_seal (ballot_id);
CREATE TABLE ballot_answer (
    ballot_id BLOB NOT NULL REFERENCES ballot (id),
    answers TEXT NOT NULL CHECK (answers <> ''),
    id BLOB NOT NULL,
    PRIMARY KEY (ballot_id, answers, id)) STRICT, WITHOUT ROWID;
CREATE TABLE ballot_attempt (
    bucket TEXT NOT NULL, slot INTEGER NOT NULL, count INTEGER NOT NULL,
    PRIMARY KEY (bucket, slot)) STRICT, WITHOUT ROWID;

-- recognition.0001-dossier
CREATE TABLE dossier_state (name TEXT NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO dossier_state (name) VALUES ('assessing'), ('submitted'), ('returned'), ('accepted'),
    ('proposed'), ('recognised'), ('refused'), ('withdrawn');
CREATE TABLE dossier (
    id BLOB NOT NULL PRIMARY KEY,
    territory_id BLOB NOT NULL REFERENCES territory (id),
    year INTEGER NOT NULL CHECK (year BETWEEN 1900 AND 2200),
    title TEXT NOT NULL CHECK (title <> ''),
    level TEXT NOT NULL CHECK (level IN ('commune', 'district', 'province', 'national')),
    area_class TEXT,
    households INTEGER CHECK (households > 0),
    criteria_set_id BLOB NOT NULL REFERENCES criteria_set (id),
    state TEXT NOT NULL REFERENCES dossier_state (name),
    state_since INTEGER NOT NULL,
    due_on TEXT CHECK (length(due_on) = 10),
    round INTEGER NOT NULL CHECK (round >= 0),
    registered_at INTEGER NOT NULL,
    revision INTEGER NOT NULL CHECK (revision > 0),
    UNIQUE (territory_id, year, title, level)) STRICT;
CREATE INDEX dossier_by_state ON dossier (state, year);
CREATE INDEX dossier_by_year ON dossier (year, state);
CREATE TABLE dossier_event (
    dossier_id BLOB NOT NULL REFERENCES dossier (id),
    id BLOB NOT NULL,
    action TEXT NOT NULL,
    state_from TEXT REFERENCES dossier_state (name),
    state_to TEXT NOT NULL REFERENCES dossier_state (name),
    round INTEGER NOT NULL,
    actor_id BLOB REFERENCES person (id),
    giver_id BLOB REFERENCES person (id),
    organisation_id BLOB REFERENCES organisation (id),
    at INTEGER NOT NULL,
    reason TEXT CHECK (reason <> ''),
    PRIMARY KEY (dossier_id, id)) STRICT, WITHOUT ROWID;
CREATE INDEX dossier_event_by_time ON dossier_event (at);
CREATE TABLE indicator_value (
    dossier_id BLOB NOT NULL REFERENCES dossier (id),
    side TEXT NOT NULL CHECK (side IN ('self', 'check', 'appraisal')),
    code TEXT NOT NULL CHECK (code <> ''),
    value_kind TEXT NOT NULL CHECK (value_kind IN ('yes', 'quantity', 'grade', 'na')),
    value_number INTEGER,
    value_text TEXT,
    note TEXT CHECK (note <> ''),
    entered_by BLOB REFERENCES person (id),
    at INTEGER NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    PRIMARY KEY (dossier_id, side, code),
    CHECK (CASE value_kind WHEN 'quantity' THEN value_number IS NOT NULL WHEN 'yes' THEN value_number IN (0, 1)
           ELSE value_text IS NOT NULL END)) STRICT, WITHOUT ROWID;
CREATE TABLE indicator_value_history (
    dossier_id BLOB NOT NULL REFERENCES dossier (id),
    code TEXT NOT NULL,
    id BLOB NOT NULL,
    side TEXT NOT NULL,
    value_kind TEXT NOT NULL,
    value_number INTEGER,
    value_text TEXT,
    note TEXT,
    entered_by BLOB REFERENCES person (id),
    at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('saved', 'conflict', 'undone')),
    PRIMARY KEY (dossier_id, code, id)) STRICT, WITHOUT ROWID;
CREATE TABLE indicator_return (
    dossier_id BLOB NOT NULL REFERENCES dossier (id),
    round INTEGER NOT NULL,
    code TEXT NOT NULL,
    reason TEXT NOT NULL CHECK (reason <> ''),
    returned_by BLOB REFERENCES person (id),
    at INTEGER NOT NULL,
    PRIMARY KEY (dossier_id, round, code)) STRICT, WITHOUT ROWID;

-- recognition.0002-evidence
CREATE TABLE evidence (
    id BLOB NOT NULL PRIMARY KEY,
    piece_id BLOB NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    dossier_id BLOB NOT NULL REFERENCES dossier (id),
    kind TEXT NOT NULL CHECK (kind IN ('picture', 'document', 'witness', 'visit')),
    side TEXT NOT NULL CHECK (side IN ('self', 'check')),
    address TEXT CHECK (length(address) = 64),
    thumbnail TEXT CHECK (length(thumbnail) = 64),
    file_kind TEXT CHECK (file_kind IN ('jpeg', 'pdf', 'docx', 'xlsx')),
    file_name TEXT,
    width INTEGER CHECK (width > 0),
    height INTEGER CHECK (height > 0),
    bytes INTEGER CHECK (bytes > 0),
    line_count INTEGER CHECK (line_count > 0),
    office TEXT CHECK (office <> ''),
    seen_on TEXT CHECK (length(seen_on) = 10),
    seen TEXT CHECK (seen <> ''),
    note TEXT CHECK (note <> ''),
    added_by BLOB REFERENCES person (id),
    giver_id BLOB REFERENCES person (id),
    at INTEGER NOT NULL,
    released_at INTEGER,
    children TEXT CHECK (children IN ('none', 'covered')),
    plates TEXT CHECK (plates IN ('none', 'covered')),
    replaced_at INTEGER,
    removed_at INTEGER,
    removed_by BLOB REFERENCES person (id),
    UNIQUE (piece_id, version),
    CHECK (version > 1 OR piece_id = id),
    CHECK (released_at IS NULL OR (kind = 'picture' AND replaced_at IS NULL)),
    CHECK (released_at IS NULL OR (children IS NOT NULL AND plates IS NOT NULL)),
    CHECK (CASE kind
           WHEN 'picture' THEN address IS NOT NULL AND thumbnail IS NOT NULL AND width IS NOT NULL
                AND height IS NOT NULL AND bytes IS NOT NULL AND file_name IS NOT NULL
           WHEN 'document' THEN address IS NOT NULL AND file_kind IS NOT NULL AND bytes IS NOT NULL
                AND file_name IS NOT NULL
           ELSE office IS NOT NULL AND seen_on IS NOT NULL AND seen IS NOT NULL END)) STRICT;
CREATE INDEX evidence_of_dossier ON evidence (dossier_id, at);
CREATE INDEX evidence_by_address ON evidence (address);
CREATE INDEX evidence_by_thumbnail ON evidence (thumbnail);
CREATE TABLE evidence_origin (
    evidence_id BLOB NOT NULL PRIMARY KEY REFERENCES evidence (id),
    taken_at TEXT,
    latitude INTEGER CHECK (latitude BETWEEN -90000000 AND 90000000),
    longitude INTEGER CHECK (longitude BETWEEN -180000000 AND 180000000)) STRICT, WITHOUT ROWID;
CREATE TABLE evidence_use (
    piece_id BLOB NOT NULL REFERENCES evidence (id),
    code TEXT NOT NULL CHECK (code <> ''),
    PRIMARY KEY (piece_id, code)) STRICT, WITHOUT ROWID;

-- recognition.0003-decision
CREATE TABLE decision (
    id BLOB NOT NULL PRIMARY KEY,
    territory_id BLOB NOT NULL REFERENCES territory (id),
    organisation_id BLOB NOT NULL REFERENCES organisation (id),
    title TEXT NOT NULL CHECK (title <> ''),
    level TEXT NOT NULL CHECK (level IN ('commune', 'district', 'province', 'national')),
    year INTEGER NOT NULL CHECK (year BETWEEN 1900 AND 2200),
    state TEXT NOT NULL CHECK (state IN ('draft', 'issued')),
    origin TEXT NOT NULL CHECK (origin IN ('here', 'register')),
    number TEXT CHECK (number <> ''),
    number_key TEXT,
    number_year INTEGER,
    day TEXT CHECK (length(day) = 10),
    signer TEXT CHECK (signer <> ''),
    signer_office TEXT CHECK (signer_office <> ''),
    scan_address TEXT CHECK (length(scan_address) = 64),
    scan_type TEXT,
    scan_name TEXT,
    drafted_by BLOB REFERENCES person (id),
    drafted_at INTEGER NOT NULL,
    issued_by BLOB REFERENCES person (id),
    issued_at INTEGER,
    revision INTEGER NOT NULL CHECK (revision > 0),
    CHECK (state = 'draft' OR (number IS NOT NULL AND number_key IS NOT NULL AND number_year IS NOT NULL
           AND day IS NOT NULL AND (origin = 'register' OR (signer IS NOT NULL AND scan_address IS NOT NULL)))))
    STRICT;
CREATE UNIQUE INDEX decision_number ON decision (organisation_id, number_year, number_key, title);
CREATE INDEX decision_in_order ON decision (territory_id, drafted_at, id);
CREATE INDEX decision_by_state ON decision (state, territory_id);
CREATE TABLE decision_item (
    decision_id BLOB NOT NULL REFERENCES decision (id),
    dossier_id BLOB NOT NULL REFERENCES dossier (id),
    outcome TEXT NOT NULL CHECK (outcome IN ('recognised', 'refused')),
    reason TEXT CHECK (reason <> ''),
    reconsidered_at INTEGER,
    CHECK (reconsidered_at IS NULL OR outcome = 'refused'),
    PRIMARY KEY (decision_id, dossier_id),
    CHECK (outcome = 'recognised' OR reason IS NOT NULL)) STRICT, WITHOUT ROWID;
CREATE INDEX decision_item_of_dossier ON decision_item (dossier_id);
CREATE UNIQUE INDEX decision_item_current ON decision_item (dossier_id) WHERE reconsidered_at IS NULL;
CREATE TABLE title_grant (
    id BLOB NOT NULL PRIMARY KEY,
    territory_id BLOB NOT NULL REFERENCES territory (id),
    title TEXT NOT NULL CHECK (title <> ''),
    title_name TEXT NOT NULL CHECK (title_name <> ''),
    level TEXT NOT NULL CHECK (level IN ('commune', 'district', 'province', 'national')),
    year INTEGER NOT NULL,
    decision_id BLOB NOT NULL REFERENCES decision (id),
    dossier_id BLOB UNIQUE REFERENCES dossier (id),
    valid_from TEXT NOT NULL CHECK (length(valid_from) = 10),
    valid_until TEXT CHECK (valid_until > valid_from),
    ended_on TEXT CHECK (ended_on >= valid_from),
    ended_why TEXT CHECK (ended_why IN ('renewed', 'raised', 'withdrawn', 'lapsed', 'merged')),
    UNIQUE (territory_id, decision_id),
    CHECK ((ended_on IS NULL) = (ended_why IS NULL))) STRICT;
CREATE INDEX title_grant_by_title ON title_grant (title, level, valid_from);
CREATE INDEX title_grant_of_decision ON title_grant (decision_id);

-- recognition.0004-steps
INSERT INTO dossier_state (name) VALUES ('reviewing'), ('posted'), ('forwarded'), ('appraised');

-- recognition.0005-review
ALTER TABLE indicator_value ADD COLUMN waits_since INTEGER;
ALTER TABLE indicator_value ADD COLUMN confirmed_by BLOB REFERENCES person (id);
ALTER TABLE indicator_value ADD COLUMN confirmed_at INTEGER;
CREATE TABLE dossier_households (
    id BLOB NOT NULL PRIMARY KEY,
    dossier_id BLOB NOT NULL REFERENCES dossier (id),
    households_from INTEGER CHECK (households_from > 0),
    households_to INTEGER NOT NULL CHECK (households_to > 0),
    reason TEXT NOT NULL CHECK (reason <> ''),
    changed_by BLOB REFERENCES person (id),
    at INTEGER NOT NULL) STRICT;
CREATE INDEX dossier_households_of_dossier ON dossier_households (dossier_id, at);
CREATE TABLE review_sitting (
    id BLOB NOT NULL PRIMARY KEY,
    dossier_id BLOB NOT NULL REFERENCES dossier (id),
    day TEXT NOT NULL CHECK (length(day) = 10),
    venue TEXT NOT NULL CHECK (venue <> ''),
    chair TEXT NOT NULL CHECK (chair <> ''),
    secretary TEXT NOT NULL CHECK (secretary <> ''),
    present INTEGER NOT NULL CHECK (present > 0),
    households INTEGER NOT NULL CHECK (households >= present),
    needed INTEGER NOT NULL CHECK (needed > 0),
    needed_votes INTEGER NOT NULL CHECK (needed_votes > 0),
    list_votes INTEGER CHECK (list_votes BETWEEN 0 AND present),
    opinions TEXT NOT NULL,
    is_rest INTEGER NOT NULL,
    next_day TEXT CHECK (next_day > day),
    attended TEXT CHECK (attended <> ''),
    recorded_by BLOB REFERENCES person (id),
    at INTEGER NOT NULL,
    replaced_at INTEGER) STRICT;
CREATE INDEX review_sitting_of_dossier ON review_sitting (dossier_id, day);
CREATE TABLE review_vote (
    sitting_id BLOB NOT NULL REFERENCES review_sitting (id),
    code TEXT NOT NULL CHECK (code <> ''),
    households INTEGER NOT NULL CHECK (households >= 0),
    disputed INTEGER NOT NULL,
    PRIMARY KEY (sitting_id, code)) STRICT, WITHOUT ROWID;
CREATE TABLE review_work (
    sitting_id BLOB NOT NULL REFERENCES review_sitting (id),
    code TEXT NOT NULL CHECK (code <> ''),
    word TEXT NOT NULL CHECK (word <> ''),
    written_by BLOB REFERENCES person (id),
    at INTEGER NOT NULL,
    PRIMARY KEY (sitting_id, code)) STRICT, WITHOUT ROWID;
CREATE TABLE posting (
    id BLOB NOT NULL PRIMARY KEY,
    dossier_id BLOB NOT NULL REFERENCES dossier (id),
    posted_from TEXT NOT NULL CHECK (length(posted_from) = 10),
    posted_last TEXT NOT NULL CHECK (posted_last >= posted_from),
    posted_by BLOB REFERENCES person (id),
    at INTEGER NOT NULL,
    households INTEGER NOT NULL CHECK (households > 0),
    handed_out INTEGER CHECK (handed_out BETWEEN 1 AND households),
    handed_out_at INTEGER,
    revision INTEGER NOT NULL CHECK (revision > 0),
    replaced_at INTEGER) STRICT;
CREATE UNIQUE INDEX posting_current ON posting (dossier_id) WHERE replaced_at IS NULL;
CREATE INDEX posting_of_dossier ON posting (dossier_id, at);
CREATE TABLE ballot_entry (
    posting_id BLOB NOT NULL REFERENCES posting (id),
    place INTEGER NOT NULL CHECK (place IN (1, 2)),
    version INTEGER NOT NULL CHECK (version > 0),
    returned INTEGER NOT NULL CHECK (returned >= valid),
    valid INTEGER NOT NULL CHECK (valid = satisfied + unsatisfied + no_opinion),
    satisfied INTEGER NOT NULL CHECK (satisfied >= 0),
    unsatisfied INTEGER NOT NULL CHECK (unsatisfied >= 0),
    no_opinion INTEGER NOT NULL CHECK (no_opinion >= 0),
    topics TEXT NOT NULL,
    counters TEXT NOT NULL CHECK (counters <> ''),
    fetched_by TEXT NOT NULL CHECK (fetched_by <> ''),
    entered_by BLOB REFERENCES person (id),
    at INTEGER NOT NULL,
    PRIMARY KEY (posting_id, place, version)) STRICT, WITHOUT ROWID;
CREATE TABLE posting_result (
    posting_id BLOB NOT NULL PRIMARY KEY REFERENCES posting (id),
    text TEXT NOT NULL CHECK (text <> ''),
    hash TEXT NOT NULL CHECK (length(hash) = 64),
    at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE posting_comment (
    id BLOB NOT NULL PRIMARY KEY,
    posting_id BLOB NOT NULL REFERENCES posting (id),
    said TEXT NOT NULL CHECK (said <> ''),
    contact TEXT CHECK (contact <> ''),
    at INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('received', 'passed', 'aside', 'sealed')),
    shown TEXT CHECK (shown <> ''),
    why TEXT CHECK (why <> ''),
    moderated_by BLOB REFERENCES person (id),
    moderated_at INTEGER,
    answer TEXT CHECK (answer <> ''),
    answered_by BLOB REFERENCES person (id),
    answered_at INTEGER,
    revision INTEGER NOT NULL CHECK (revision > 0),
    CHECK (state <> 'passed' OR shown IS NOT NULL),
    CHECK (answer IS NULL OR state = 'passed')) STRICT;
CREATE INDEX posting_comment_by_state ON posting_comment (posting_id, state);
CREATE TABLE posting_attempt (
    bucket TEXT NOT NULL,
    slot INTEGER NOT NULL,
    count INTEGER NOT NULL CHECK (count > 0),
    PRIMARY KEY (bucket, slot)) STRICT, WITHOUT ROWID;

-- recognition.0006-panel
CREATE TABLE submission (
    id BLOB NOT NULL PRIMARY KEY,
    territory_id BLOB NOT NULL REFERENCES territory (id),
    organisation_id BLOB NOT NULL REFERENCES organisation (id),
    year INTEGER NOT NULL CHECK (year BETWEEN 1900 AND 2200),
    state TEXT NOT NULL CHECK (state IN ('draft', 'sent', 'received', 'recalled')),
    body TEXT NOT NULL CHECK (body <> ''),
    number TEXT CHECK (number <> ''),
    number_key TEXT,
    number_year INTEGER,
    day TEXT CHECK (length(day) = 10),
    signer TEXT CHECK (signer <> ''),
    signer_office TEXT CHECK (signer_office <> ''),
    drafted_by BLOB REFERENCES person (id),
    drafted_at INTEGER NOT NULL,
    sent_by BLOB REFERENCES person (id),
    sent_at INTEGER,
    received_by BLOB REFERENCES person (id),
    received_at INTEGER,
    recalled_by BLOB REFERENCES person (id),
    recalled_at INTEGER,
    recalled_why TEXT CHECK (recalled_why <> ''),
    revision INTEGER NOT NULL CHECK (revision > 0),
    CHECK ((state = 'received') = (received_at IS NOT NULL)),
    CHECK ((state = 'recalled') = (recalled_at IS NOT NULL AND recalled_why IS NOT NULL)),
    CHECK (state = 'draft' OR (number IS NOT NULL AND number_key IS NOT NULL AND number_year IS NOT NULL
           AND day IS NOT NULL AND signer IS NOT NULL AND sent_at IS NOT NULL))) STRICT;
CREATE UNIQUE INDEX submission_number ON submission (organisation_id, number_year, number_key)
WHERE state <> 'recalled';
CREATE INDEX submission_in_order ON submission (territory_id, drafted_at, id);
CREATE TABLE submission_item (
    submission_id BLOB NOT NULL REFERENCES submission (id),
    dossier_id BLOB NOT NULL REFERENCES dossier (id),
    points INTEGER,
    PRIMARY KEY (submission_id, dossier_id)) STRICT, WITHOUT ROWID;
CREATE INDEX submission_item_of_dossier ON submission_item (dossier_id);
CREATE TABLE panel (
    id BLOB NOT NULL PRIMARY KEY,
    territory_id BLOB NOT NULL REFERENCES territory (id),
    organisation_id BLOB NOT NULL REFERENCES organisation (id),
    name TEXT NOT NULL CHECK (name <> ''),
    year INTEGER NOT NULL CHECK (year BETWEEN 1900 AND 2200),
    seed TEXT NOT NULL CHECK (seed <> ''),
    formed_by BLOB REFERENCES person (id),
    formed_at INTEGER NOT NULL,
    revision INTEGER NOT NULL CHECK (revision > 0)) STRICT;
CREATE INDEX panel_in_order ON panel (territory_id, formed_at, id);
CREATE TABLE panel_member (
    panel_id BLOB NOT NULL REFERENCES panel (id),
    person_id BLOB NOT NULL REFERENCES person (id),
    duty TEXT NOT NULL CHECK (duty IN ('chair', 'secretary', 'member')),
    joined_at INTEGER NOT NULL,
    left_at INTEGER,
    PRIMARY KEY (panel_id, person_id)) STRICT, WITHOUT ROWID;
CREATE INDEX panel_member_by_person ON panel_member (person_id);
CREATE TABLE appraisal (
    id BLOB NOT NULL PRIMARY KEY,
    panel_id BLOB NOT NULL REFERENCES panel (id),
    dossier_id BLOB NOT NULL REFERENCES dossier (id),
    round INTEGER NOT NULL,
    taken_at INTEGER NOT NULL,
    closed_at INTEGER,
    closed_by BLOB REFERENCES person (id),
    ended_at INTEGER,
    ended_by BLOB REFERENCES person (id),
    conclusion TEXT CHECK (conclusion IN ('passes', 'passesNot', 'returned')),
    reason TEXT CHECK (reason <> ''),
    remark TEXT CHECK (remark <> ''),
    attended TEXT CHECK (attended <> ''),
    UNIQUE (dossier_id, round),
    CHECK ((ended_at IS NULL) = (conclusion IS NULL))) STRICT;
CREATE INDEX appraisal_of_panel ON appraisal (panel_id, dossier_id);
CREATE TABLE appraisal_declaration (
    appraisal_id BLOB NOT NULL REFERENCES appraisal (id),
    person_id BLOB NOT NULL REFERENCES person (id),
    declared TEXT NOT NULL CHECK (declared IN ('none', 'resident', 'kin', 'conflict')),
    reason TEXT CHECK (reason <> ''),
    at INTEGER NOT NULL,
    PRIMARY KEY (appraisal_id, person_id),
    CHECK (declared <> 'conflict' OR reason IS NOT NULL)) STRICT, WITHOUT ROWID;
CREATE TABLE appraisal_score (
    appraisal_id BLOB NOT NULL REFERENCES appraisal (id),
    code TEXT NOT NULL CHECK (code <> ''),
    person_id BLOB NOT NULL REFERENCES person (id),
    value_kind TEXT NOT NULL CHECK (value_kind IN ('yes', 'quantity', 'grade', 'na')),
    value_number INTEGER,
    value_text TEXT,
    note TEXT CHECK (note <> ''),
    at INTEGER NOT NULL,
    opened_at INTEGER,
    PRIMARY KEY (appraisal_id, code, person_id)) STRICT, WITHOUT ROWID;
CREATE INDEX appraisal_score_by_person ON appraisal_score (person_id);
CREATE TABLE appraisal_settlement (
    appraisal_id BLOB NOT NULL REFERENCES appraisal (id),
    code TEXT NOT NULL CHECK (code <> ''),
    value_kind TEXT NOT NULL CHECK (value_kind IN ('yes', 'quantity', 'grade', 'na')),
    value_number INTEGER,
    value_text TEXT,
    reason TEXT NOT NULL CHECK (reason <> ''),
    settled_by BLOB REFERENCES person (id),
    at INTEGER NOT NULL,
    PRIMARY KEY (appraisal_id, code)) STRICT, WITHOUT ROWID;
CREATE TABLE visit (
    id BLOB NOT NULL PRIMARY KEY,
    appraisal_id BLOB NOT NULL REFERENCES appraisal (id),
    day TEXT NOT NULL CHECK (length(day) = 10),
    announced INTEGER NOT NULL,
    others TEXT CHECK (others <> ''),
    remark TEXT CHECK (remark <> ''),
    recorded_by BLOB REFERENCES person (id),
    at INTEGER NOT NULL) STRICT;
CREATE INDEX visit_of_appraisal ON visit (appraisal_id, day);
CREATE TABLE visit_member (
    visit_id BLOB NOT NULL REFERENCES visit (id),
    person_id BLOB NOT NULL REFERENCES person (id),
    PRIMARY KEY (visit_id, person_id)) STRICT, WITHOUT ROWID;
CREATE TABLE visit_look (
    visit_id BLOB NOT NULL REFERENCES visit (id),
    code TEXT NOT NULL CHECK (code <> ''),
    result TEXT NOT NULL CHECK (result IN ('asWritten', 'otherwise', 'unclear')),
    note TEXT CHECK (note <> ''),
    PRIMARY KEY (visit_id, code)) STRICT, WITHOUT ROWID;
CREATE TABLE certificate (
    title_id BLOB NOT NULL PRIMARY KEY REFERENCES title_grant (id),
    given_on TEXT NOT NULL CHECK (length(given_on) = 10),
    occasion TEXT CHECK (occasion <> ''),
    recorded_by BLOB REFERENCES person (id),
    at INTEGER NOT NULL) STRICT, WITHOUT ROWID;

-- recognition.0010-panel-whole
CREATE TABLE panel_change (
    id BLOB NOT NULL PRIMARY KEY,
    panel_id BLOB NOT NULL REFERENCES panel (id),
    left_id BLOB NOT NULL REFERENCES person (id),
    joined_id BLOB REFERENCES person (id),
    duty TEXT NOT NULL CHECK (duty IN ('chair', 'secretary', 'member')),
    reason TEXT NOT NULL CHECK (reason <> ''),
    had_scored INTEGER NOT NULL,
    changed_by BLOB REFERENCES person (id),
    at INTEGER NOT NULL) STRICT;
CREATE INDEX panel_change_of_panel ON panel_change (panel_id, at);
CREATE TABLE office_confirmation (
    id BLOB NOT NULL PRIMARY KEY,
    dossier_id BLOB NOT NULL REFERENCES dossier (id),
    round INTEGER NOT NULL,
    code TEXT NOT NULL CHECK (code <> ''),
    organisation_id BLOB NOT NULL REFERENCES organisation (id),
    asked_by BLOB REFERENCES person (id),
    asked_at INTEGER NOT NULL,
    value_kind TEXT NOT NULL CHECK (value_kind IN ('yes', 'quantity', 'grade', 'na')),
    value_number INTEGER,
    value_text TEXT,
    answer TEXT CHECK (answer IN ('confirmed', 'differs')),
    own_kind TEXT CHECK (own_kind IN ('yes', 'quantity', 'grade', 'na')),
    own_number INTEGER,
    own_text TEXT,
    reason TEXT CHECK (reason <> ''),
    answered_by BLOB REFERENCES person (id),
    answered_at INTEGER,
    UNIQUE (dossier_id, round, code, organisation_id),
    CHECK ((answer IS NULL) = (answered_at IS NULL)),
    CHECK (answer IS NULL OR answer = 'confirmed' OR (own_kind IS NOT NULL AND reason IS NOT NULL)))
    STRICT;
CREATE INDEX office_confirmation_of_organisation ON office_confirmation (organisation_id, answered_at);
CREATE TABLE visit_plan (
    id BLOB NOT NULL PRIMARY KEY,
    panel_id BLOB NOT NULL REFERENCES panel (id),
    dossier_id BLOB NOT NULL REFERENCES dossier (id),
    day TEXT NOT NULL CHECK (length(day) = 10),
    starts INTEGER NOT NULL CHECK (starts BETWEEN 0 AND 1439),
    announced INTEGER NOT NULL,
    planned_by BLOB REFERENCES person (id),
    at INTEGER NOT NULL,
    replaced_at INTEGER) STRICT;
CREATE UNIQUE INDEX visit_plan_current ON visit_plan (panel_id, day, dossier_id) WHERE replaced_at IS NULL;
CREATE INDEX visit_plan_of_dossier ON visit_plan (dossier_id, day);
CREATE TABLE check_attendance (
    dossier_id BLOB NOT NULL REFERENCES dossier (id),
    round INTEGER NOT NULL,
    attended TEXT NOT NULL CHECK (attended <> ''),
    recorded_by BLOB REFERENCES person (id),
    at INTEGER NOT NULL,
    PRIMARY KEY (dossier_id, round)) STRICT, WITHOUT ROWID;

-- recognition.0008-grid
ALTER TABLE indicator_value ADD COLUMN source TEXT NOT NULL DEFAULT 'area'
    CHECK (source IN ('area', 'office', 'records'));
ALTER TABLE indicator_value ADD COLUMN office_id BLOB REFERENCES organisation (id);
ALTER TABLE indicator_value_history ADD COLUMN source TEXT NOT NULL DEFAULT 'area'
    CHECK (source IN ('area', 'office', 'records'));
ALTER TABLE indicator_value_history ADD COLUMN office_id BLOB REFERENCES organisation (id);

-- recognition.0011-titles
CREATE TABLE title_event (
    id BLOB NOT NULL PRIMARY KEY,
    title_id BLOB NOT NULL REFERENCES title_grant (id),
    act TEXT NOT NULL CHECK (act IN ('grant', 'upgrade', 'renewal', 'keep', 'watch', 'notice', 'warning',
        'raised', 'renewed', 'lapse', 'withdrawal', 'merger')),
    day TEXT NOT NULL CHECK (length(day) = 10),
    decision_id BLOB REFERENCES decision (id),
    other_id BLOB REFERENCES title_grant (id),
    reason TEXT CHECK (reason <> ''),
    recorded_by BLOB REFERENCES person (id),
    at INTEGER NOT NULL) STRICT;
CREATE INDEX title_event_of_title ON title_event (title_id, at, id);
CREATE INDEX title_event_by_act ON title_event (act, day);
CREATE INDEX title_grant_by_end ON title_grant (valid_until);
CREATE INDEX title_grant_by_year ON title_grant (year, title, territory_id);
ALTER TABLE decision ADD COLUMN purpose TEXT NOT NULL DEFAULT 'grant'
    CHECK (purpose IN ('grant', 'withdrawal'));
CREATE TABLE decision_withdrawal (
    title_id BLOB NOT NULL PRIMARY KEY REFERENCES title_grant (id),
    decision_id BLOB NOT NULL REFERENCES decision (id),
    reason TEXT NOT NULL CHECK (reason <> ''),
    basis TEXT CHECK (basis <> ''),
    came INTEGER NOT NULL CHECK (came IN (0, 1)),
    invited_on TEXT NOT NULL CHECK (length(invited_on) = 10),
    heard_on TEXT NOT NULL CHECK (length(heard_on) = 10)) STRICT, WITHOUT ROWID;
CREATE INDEX decision_withdrawal_of_decision ON decision_withdrawal (decision_id);
CREATE TABLE decision_answer (
    dossier_id BLOB NOT NULL REFERENCES dossier (id),
    decision_id BLOB NOT NULL REFERENCES decision (id),
    answer TEXT NOT NULL CHECK (answer <> ''),
    answered_by BLOB REFERENCES person (id),
    answered_at INTEGER NOT NULL,
    reply TEXT CHECK (reply <> ''),
    replied_by BLOB REFERENCES person (id),
    replied_at INTEGER,
    outcome TEXT CHECK (outcome IN ('upheld', 'reconsidered')),
    PRIMARY KEY (dossier_id, decision_id),
    CHECK ((reply IS NULL) = (replied_at IS NULL)),
    CHECK ((reply IS NULL) = (outcome IS NULL))) STRICT, WITHOUT ROWID;
CREATE INDEX decision_answer_open ON decision_answer (replied_at, answered_at, dossier_id);
CREATE INDEX decision_by_issue ON decision (state, issued_at);

-- recognition.0012-rules
ALTER TABLE dossier ADD COLUMN rules_id BLOB REFERENCES rules_document (id);
ALTER TABLE dossier ADD COLUMN own_indicators TEXT CHECK (own_indicators <> '');
CREATE INDEX dossier_by_set ON dossier (criteria_set_id, state);
CREATE INDEX dossier_by_rules ON dossier (rules_id, state);
CREATE TABLE dossier_move (
    id BLOB NOT NULL PRIMARY KEY,
    dossier_id BLOB NOT NULL REFERENCES dossier (id),
    set_from BLOB NOT NULL REFERENCES criteria_set (id),
    set_to BLOB NOT NULL REFERENCES criteria_set (id),
    rules_from BLOB REFERENCES rules_document (id),
    rules_to BLOB REFERENCES rules_document (id),
    state_from TEXT NOT NULL REFERENCES dossier_state (name),
    state_to TEXT NOT NULL REFERENCES dossier_state (name),
    asked TEXT NOT NULL,
    opened TEXT NOT NULL,
    fresh TEXT NOT NULL,
    gone TEXT NOT NULL,
    moved_by BLOB REFERENCES person (id),
    at INTEGER NOT NULL) STRICT;
CREATE INDEX dossier_move_of_dossier ON dossier_move (dossier_id, at);
CREATE TABLE own_indicator (
    id BLOB NOT NULL PRIMARY KEY,
    dossier_id BLOB NOT NULL REFERENCES dossier (id),
    code TEXT NOT NULL CHECK (code <> ''),
    name TEXT NOT NULL CHECK (name <> ''),
    source TEXT NOT NULL CHECK (source <> ''),
    state TEXT NOT NULL CHECK (state IN ('proposed', 'agreed', 'declined', 'withdrawn')),
    meeting_day TEXT NOT NULL CHECK (length(meeting_day) = 10),
    proposed_by BLOB REFERENCES person (id),
    proposed_at INTEGER NOT NULL,
    answered_by BLOB REFERENCES person (id),
    answered_at INTEGER,
    reason TEXT CHECK (reason <> ''),
    revision INTEGER NOT NULL CHECK (revision > 0),
    UNIQUE (dossier_id, code, id),
    CHECK (state <> 'declined' OR reason IS NOT NULL)) STRICT;
CREATE INDEX own_indicator_of_dossier ON own_indicator (dossier_id, code);
CREATE INDEX own_indicator_by_state ON own_indicator (state, dossier_id);

-- recognition.0013-region
ALTER TABLE dossier ADD COLUMN region TEXT;

-- recognition.0014-earlier
CREATE TABLE title_import (
    id BLOB NOT NULL PRIMARY KEY,
    territory_id BLOB NOT NULL REFERENCES territory (id),
    file_name TEXT NOT NULL,
    is_form INTEGER NOT NULL CHECK (is_form IN (FALSE, TRUE)),
    state TEXT NOT NULL CHECK (state IN ('previewed', 'done', 'undone')),
    row_count INTEGER NOT NULL, added INTEGER NOT NULL, unchanged INTEGER NOT NULL,
    faults INTEGER NOT NULL, warnings INTEGER NOT NULL,
    columns_read TEXT NOT NULL, columns_unknown TEXT NOT NULL,
    made_at INTEGER NOT NULL, made_by BLOB REFERENCES person (id),
    done_at INTEGER, undone_at INTEGER,
    revision INTEGER NOT NULL CHECK (revision > 0)) STRICT;
CREATE INDEX title_import_by_time ON title_import (made_at, id);
CREATE INDEX title_import_of_territory ON title_import (territory_id, made_at);
CREATE TABLE title_import_row (
    batch_id BLOB NOT NULL REFERENCES title_import (id),
    number INTEGER NOT NULL,
    title_id BLOB NOT NULL,
    territory_id BLOB NOT NULL REFERENCES territory (id),
    organisation_id BLOB NOT NULL REFERENCES organisation (id),
    title TEXT NOT NULL CHECK (title <> ''),
    title_name TEXT NOT NULL CHECK (title_name <> ''),
    level TEXT NOT NULL CHECK (level IN ('commune', 'district', 'province', 'national')),
    decision_number TEXT NOT NULL CHECK (decision_number <> ''),
    day TEXT NOT NULL CHECK (length(day) = 10),
    year INTEGER NOT NULL,
    valid_until TEXT,
    note TEXT CHECK (note <> ''),
    PRIMARY KEY (batch_id, number)) STRICT, WITHOUT ROWID;
CREATE INDEX title_import_row_of_territory ON title_import_row (territory_id);
CREATE INDEX title_import_row_of_organisation ON title_import_row (organisation_id);
CREATE TABLE title_import_remark (
    batch_id BLOB NOT NULL REFERENCES title_import (id),
    number INTEGER NOT NULL,
    is_fault INTEGER NOT NULL, sheet TEXT NOT NULL, line INTEGER NOT NULL,
    column_letters TEXT, key TEXT NOT NULL, arguments TEXT NOT NULL,
    PRIMARY KEY (batch_id, number)) STRICT, WITHOUT ROWID;
CREATE INDEX title_event_by_other ON title_event (other_id);

-- practices.0001-practice
CREATE TABLE practice (
    id BLOB NOT NULL PRIMARY KEY,
    territory_id BLOB NOT NULL REFERENCES territory (id),
    organisation_id BLOB NOT NULL REFERENCES organisation (id),
    set_code TEXT NOT NULL CHECK (set_code <> ''),
    code TEXT NOT NULL CHECK (code <> ''),
    name TEXT NOT NULL CHECK (name <> ''),
    search_key TEXT NOT NULL,
    story TEXT NOT NULL CHECK (story <> ''),
    sources TEXT CHECK (sources <> ''),
    cost INTEGER CHECK (cost >= 0),
    labour_days INTEGER CHECK (labour_days >= 0),
    weeks INTEGER CHECK (weeks >= 0),
    state TEXT NOT NULL CHECK (state IN ('shared', 'confirmed', 'withdrawn')),
    shared_by BLOB REFERENCES person (id),
    shared_at INTEGER NOT NULL,
    confirmed_by BLOB REFERENCES person (id),
    confirmed_at INTEGER,
    is_public INTEGER NOT NULL,
    withdrawn_by BLOB REFERENCES person (id),
    withdrawn_at INTEGER,
    withdrawn_why TEXT CHECK (withdrawn_why <> ''),
    looked_on TEXT CHECK (length(looked_on) = 10),
    is_alive INTEGER,
    revision INTEGER NOT NULL CHECK (revision > 0),
    CHECK ((looked_on IS NULL) = (is_alive IS NULL)),
    CHECK (state <> 'confirmed' OR confirmed_at IS NOT NULL),
    CHECK (state <> 'withdrawn' OR withdrawn_why IS NOT NULL)) STRICT;
CREATE INDEX practice_by_state ON practice (state, id);
CREATE INDEX practice_by_criterion ON practice (set_code, code, state);
CREATE INDEX practice_of_territory ON practice (territory_id, id);
CREATE TABLE practice_picture (
    id BLOB NOT NULL PRIMARY KEY,
    practice_id BLOB NOT NULL REFERENCES practice (id),
    address TEXT NOT NULL CHECK (length(address) = 64),
    thumbnail TEXT NOT NULL CHECK (length(thumbnail) = 64),
    width INTEGER NOT NULL CHECK (width > 0),
    height INTEGER NOT NULL CHECK (height > 0),
    caption TEXT CHECK (caption <> ''),
    added_by BLOB REFERENCES person (id),
    at INTEGER NOT NULL,
    released_by BLOB REFERENCES person (id),
    released_at INTEGER,
    children TEXT CHECK (children IN ('none', 'covered')),
    plates TEXT CHECK (plates IN ('none', 'covered')),
    removed_by BLOB REFERENCES person (id),
    removed_at INTEGER,
    CHECK (released_at IS NULL OR (children IS NOT NULL AND plates IS NOT NULL AND removed_at IS NULL)))
    STRICT;
CREATE INDEX practice_picture_of_practice ON practice_picture (practice_id, at);
CREATE INDEX practice_picture_by_address ON practice_picture (address);
CREATE INDEX practice_picture_by_thumbnail ON practice_picture (thumbnail);
CREATE TABLE practice_following (
    practice_id BLOB NOT NULL REFERENCES practice (id),
    territory_id BLOB NOT NULL REFERENCES territory (id),
    organisation_id BLOB NOT NULL REFERENCES organisation (id),
    since TEXT NOT NULL CHECK (length(since) = 10),
    changed TEXT NOT NULL CHECK (changed <> ''),
    result TEXT CHECK (result <> ''),
    different TEXT CHECK (different <> ''),
    told_by BLOB REFERENCES person (id),
    at INTEGER NOT NULL,
    PRIMARY KEY (practice_id, territory_id)) STRICT, WITHOUT ROWID;
CREATE INDEX practice_following_of_territory ON practice_following (territory_id, practice_id);
CREATE TABLE practice_look (
    id BLOB NOT NULL PRIMARY KEY,
    practice_id BLOB NOT NULL REFERENCES practice (id),
    looked_on TEXT NOT NULL CHECK (length(looked_on) = 10),
    is_alive INTEGER NOT NULL,
    words TEXT CHECK (words <> ''),
    looked_by BLOB REFERENCES person (id),
    organisation_id BLOB NOT NULL REFERENCES organisation (id),
    at INTEGER NOT NULL) STRICT;
CREATE INDEX practice_look_of_practice ON practice_look (practice_id, looked_on);

-- offices.0001-grid
CREATE TABLE office_grid (
    id BLOB NOT NULL PRIMARY KEY,
    organisation_id BLOB NOT NULL REFERENCES organisation (id),
    territory_id BLOB NOT NULL REFERENCES territory (id),
    criteria_set_id BLOB NOT NULL REFERENCES criteria_set (id),
    set_code TEXT NOT NULL CHECK (set_code <> ''),
    year INTEGER NOT NULL CHECK (year BETWEEN 1900 AND 2200),
    due_on TEXT NOT NULL CHECK (length(due_on) = 10),
    objections_until TEXT NOT NULL CHECK (objections_until >= due_on),
    assigned_by BLOB REFERENCES person (id),
    assigned_at INTEGER NOT NULL,
    revision INTEGER NOT NULL CHECK (revision > 0),
    UNIQUE (territory_id, year, set_code, organisation_id)) STRICT;
CREATE INDEX office_grid_of_organisation ON office_grid (organisation_id, year);
CREATE TABLE office_grid_column (
    grid_id BLOB NOT NULL REFERENCES office_grid (id),
    code TEXT NOT NULL CHECK (code <> ''),
    PRIMARY KEY (grid_id, code)) STRICT, WITHOUT ROWID;
CREATE TABLE office_value (
    territory_id BLOB NOT NULL REFERENCES territory (id),
    year INTEGER NOT NULL CHECK (year BETWEEN 1900 AND 2200),
    set_code TEXT NOT NULL CHECK (set_code <> ''),
    code TEXT NOT NULL CHECK (code <> ''),
    source TEXT NOT NULL CHECK (source IN ('office', 'records')),
    grid_id BLOB REFERENCES office_grid (id),
    value TEXT NOT NULL CHECK (value <> ''),
    note TEXT CHECK (note <> ''),
    entered_by BLOB REFERENCES person (id),
    at INTEGER NOT NULL,
    saved_in INTEGER NOT NULL CHECK (saved_in > 0),
    PRIMARY KEY (territory_id, year, set_code, code),
    CHECK ((source = 'office') = (grid_id IS NOT NULL))) STRICT, WITHOUT ROWID;
CREATE INDEX office_value_of_grid ON office_value (grid_id);
CREATE TABLE office_save (
    id BLOB NOT NULL PRIMARY KEY,
    grid_id BLOB NOT NULL REFERENCES office_grid (id),
    kind TEXT NOT NULL CHECK (kind IN ('typed', 'pasted', 'file', 'mended')),
    state TEXT NOT NULL CHECK (state IN ('previewed', 'done', 'undone')),
    file_name TEXT CHECK (file_name <> ''),
    started_at_code TEXT,
    source TEXT,
    cells INTEGER NOT NULL CHECK (cells >= 0),
    number INTEGER CHECK (number > 0),
    made_by BLOB REFERENCES person (id),
    made_at INTEGER NOT NULL,
    done_at INTEGER,
    undone_by BLOB REFERENCES person (id),
    undone_at INTEGER,
    undone_in INTEGER CHECK (undone_in > number),
    CHECK ((state IN ('done', 'undone')) = (number IS NOT NULL)),
    CHECK ((state = 'undone') = (undone_in IS NOT NULL))) STRICT;
CREATE INDEX office_save_of_grid ON office_save (grid_id, state, number);
CREATE TABLE office_save_cell (
    save_id BLOB NOT NULL REFERENCES office_save (id),
    territory_id BLOB NOT NULL REFERENCES territory (id),
    code TEXT NOT NULL,
    before TEXT,
    after TEXT,
    note_before TEXT CHECK (note_before <> ''),
    PRIMARY KEY (save_id, territory_id, code),
    CHECK (before IS NOT NULL OR after IS NOT NULL)) STRICT, WITHOUT ROWID;
CREATE INDEX office_save_cell_of_area ON office_save_cell (territory_id);
CREATE TABLE office_objection (
    id BLOB NOT NULL PRIMARY KEY,
    grid_id BLOB NOT NULL REFERENCES office_grid (id),
    territory_id BLOB NOT NULL REFERENCES territory (id),
    code TEXT NOT NULL CHECK (code <> ''),
    value TEXT NOT NULL CHECK (value <> ''),
    claimed TEXT CHECK (claimed <> ''),
    reason TEXT NOT NULL CHECK (reason <> ''),
    made_by BLOB REFERENCES person (id),
    made_at INTEGER NOT NULL,
    answer_by TEXT NOT NULL CHECK (length(answer_by) = 10),
    outcome TEXT CHECK (outcome IN ('mended', 'kept')),
    settled TEXT CHECK (settled <> ''),
    answer TEXT CHECK (answer <> ''),
    answered_by BLOB REFERENCES person (id),
    answered_at INTEGER,
    revision INTEGER NOT NULL CHECK (revision > 0),
    CHECK ((outcome IS NULL) = (answered_at IS NULL)),
    CHECK (outcome <> 'kept' OR answer IS NOT NULL)) STRICT;
CREATE UNIQUE INDEX office_objection_open ON office_objection (grid_id, territory_id, code)
WHERE outcome IS NULL;
CREATE INDEX office_objection_of_area ON office_objection (territory_id, made_at);
CREATE TABLE office_document (
    id BLOB NOT NULL PRIMARY KEY,
    grid_id BLOB NOT NULL REFERENCES office_grid (id),
    address TEXT NOT NULL CHECK (length(address) = 64),
    file_kind TEXT NOT NULL CHECK (file_kind IN ('jpeg', 'pdf', 'docx', 'xlsx')),
    file_name TEXT NOT NULL CHECK (file_name <> ''),
    bytes INTEGER NOT NULL CHECK (bytes > 0),
    caption TEXT NOT NULL CHECK (caption <> ''),
    added_by BLOB REFERENCES person (id),
    at INTEGER NOT NULL,
    removed_at INTEGER,
    removed_by BLOB REFERENCES person (id)) STRICT;
CREATE INDEX office_document_of_grid ON office_document (grid_id);
CREATE INDEX office_document_by_address ON office_document (address);
CREATE TABLE office_document_column (
    document_id BLOB NOT NULL REFERENCES office_document (id),
    code TEXT NOT NULL,
    PRIMARY KEY (document_id, code)) STRICT, WITHOUT ROWID;

-- offices.0002-reminders
CREATE TABLE office_reminder (
    grid_id BLOB NOT NULL REFERENCES office_grid (id),
    due_on TEXT NOT NULL CHECK (length(due_on) = 10),
    kind TEXT NOT NULL CHECK (kind IN ('week', 'day', 'overdue')),
    missing INTEGER NOT NULL CHECK (missing > 0),
    at INTEGER NOT NULL,
    PRIMARY KEY (grid_id, due_on, kind)) STRICT, WITHOUT ROWID;
CREATE TABLE office_reminder_person (
    grid_id BLOB NOT NULL,
    due_on TEXT NOT NULL,
    kind TEXT NOT NULL,
    person_id BLOB NOT NULL REFERENCES person (id),
    PRIMARY KEY (grid_id, due_on, kind, person_id),
    FOREIGN KEY (grid_id, due_on, kind) REFERENCES office_reminder (grid_id, due_on, kind))
    STRICT, WITHOUT ROWID;
CREATE INDEX office_reminder_of_person ON office_reminder_person (person_id, grid_id);

-- surveys.0001-surveys
CREATE TABLE survey (
    id BLOB NOT NULL PRIMARY KEY,
    territory_id BLOB NOT NULL REFERENCES territory (id),
    year INTEGER NOT NULL CHECK (year BETWEEN 1900 AND 2200),
    number INTEGER NOT NULL CHECK (number > 0),
    title TEXT NOT NULL CHECK (title <> ''),
    level TEXT NOT NULL,
    area_class TEXT,
    region TEXT,
    criteria_set_id BLOB NOT NULL REFERENCES criteria_set (id),
    begun_at INTEGER NOT NULL,
    begun_by BLOB REFERENCES person (id),
    concluded_on TEXT,
    concluded_by BLOB REFERENCES person (id),
    organisation_id BLOB REFERENCES organisation (id),
    indicators INTEGER,
    gaps INTEGER,
    unknown INTEGER,
    revision INTEGER NOT NULL CHECK (revision > 0),
    UNIQUE (territory_id, year, number),
    CHECK ((concluded_on IS NULL) = (gaps IS NULL))) STRICT;
CREATE UNIQUE INDEX survey_open ON survey (territory_id) WHERE concluded_on IS NULL;
CREATE INDEX survey_by_year ON survey (year, territory_id);
CREATE INDEX survey_begun_by ON survey (begun_by);
CREATE INDEX survey_concluded_by ON survey (concluded_by);
CREATE INDEX survey_by_organisation ON survey (organisation_id);
CREATE INDEX survey_of_set ON survey (criteria_set_id);
CREATE TABLE survey_value (
    survey_id BLOB NOT NULL REFERENCES survey (id),
    code TEXT NOT NULL,
    value TEXT NOT NULL CHECK (value <> ''),
    source TEXT NOT NULL CHECK (source IN ('typed', 'dossier', 'office')),
    holder TEXT,
    entered_by BLOB REFERENCES person (id),
    at INTEGER NOT NULL,
    PRIMARY KEY (survey_id, code)) STRICT, WITHOUT ROWID;
CREATE INDEX survey_value_by_person ON survey_value (entered_by);
CREATE TABLE survey_gap (
    survey_id BLOB NOT NULL REFERENCES survey (id),
    code TEXT NOT NULL,
    place INTEGER NOT NULL,
    effort TEXT NOT NULL CHECK (effort IN ('near', 'midway', 'far', 'unknown')),
    is_mandatory INTEGER NOT NULL,
    PRIMARY KEY (survey_id, code)) STRICT, WITHOUT ROWID;
CREATE TABLE survey_need (
    survey_id BLOB NOT NULL REFERENCES survey (id),
    code TEXT NOT NULL,
    need TEXT NOT NULL CHECK (need IN ('people', 'money', 'works')),
    content TEXT NOT NULL CHECK (content <> ''),
    amount INTEGER CHECK (amount >= 0),
    unit TEXT,
    PRIMARY KEY (survey_id, code, need)) STRICT, WITHOUT ROWID;
CREATE TABLE plan_item (
    id BLOB NOT NULL PRIMARY KEY,
    survey_id BLOB NOT NULL REFERENCES survey (id),
    code TEXT NOT NULL CHECK (code <> ''),
    what TEXT NOT NULL CHECK (what <> ''),
    owner_id BLOB NOT NULL REFERENCES organisation (id),
    until_on TEXT NOT NULL,
    added_by BLOB REFERENCES person (id),
    done_on TEXT,
    done_by BLOB REFERENCES person (id)) STRICT;
CREATE INDEX plan_item_of_survey ON plan_item (survey_id, until_on, id);
CREATE INDEX plan_item_by_owner ON plan_item (owner_id, done_on, until_on);
CREATE INDEX plan_item_added_by ON plan_item (added_by);
CREATE INDEX plan_item_done_by ON plan_item (done_by);

-- rechecks.0001-rounds
CREATE TABLE recheck_round (
    id BLOB NOT NULL PRIMARY KEY,
    territory_id BLOB NOT NULL REFERENCES territory (id),
    year INTEGER NOT NULL CHECK (year BETWEEN 1900 AND 2200),
    opened_on TEXT NOT NULL CHECK (length(opened_on) = 10),
    due_on TEXT NOT NULL CHECK (due_on >= opened_on),
    opened_by BLOB REFERENCES person (id),
    at INTEGER NOT NULL,
    UNIQUE (territory_id, year)) STRICT;
CREATE TABLE recheck (
    id BLOB NOT NULL PRIMARY KEY,
    round_id BLOB NOT NULL REFERENCES recheck_round (id),
    title_id BLOB NOT NULL REFERENCES title_grant (id),
    territory_id BLOB NOT NULL REFERENCES territory (id),
    kind TEXT NOT NULL CHECK (kind IN ('light', 'full')),
    criteria_set_id BLOB NOT NULL REFERENCES criteria_set (id),
    rules_id BLOB REFERENCES rules_document (id),
    area_class TEXT,
    region TEXT,
    state TEXT NOT NULL CHECK (state IN ('due', 'watched', 'warning', 'noticed', 'answered', 'summoned',
        'heard', 'kept')),
    state_since INTEGER NOT NULL,
    due_on TEXT CHECK (length(due_on) = 10),
    mended_on TEXT CHECK (length(mended_on) = 10),
    revision INTEGER NOT NULL CHECK (revision > 0),
    UNIQUE (round_id, title_id)) STRICT;
CREATE INDEX recheck_round_by_year ON recheck_round (year, territory_id);
CREATE INDEX recheck_of_title ON recheck (title_id);
CREATE INDEX recheck_by_rules ON recheck (rules_id);
CREATE INDEX recheck_of_area ON recheck (territory_id, state);
CREATE INDEX recheck_by_state ON recheck (state, due_on);
CREATE TABLE recheck_code (
    recheck_id BLOB NOT NULL REFERENCES recheck (id),
    code TEXT NOT NULL CHECK (code <> ''),
    why TEXT NOT NULL CHECK (why IN ('mandatory', 'fallenBefore', 'changed', 'all')),
    PRIMARY KEY (recheck_id, code)) STRICT, WITHOUT ROWID;
CREATE TABLE recheck_event (
    recheck_id BLOB NOT NULL REFERENCES recheck (id),
    id BLOB NOT NULL,
    action TEXT NOT NULL,
    state_to TEXT NOT NULL,
    actor_id BLOB REFERENCES person (id),
    giver_id BLOB REFERENCES person (id),
    organisation_id BLOB REFERENCES organisation (id),
    reason TEXT CHECK (reason <> ''),
    at INTEGER NOT NULL,
    PRIMARY KEY (recheck_id, id)) STRICT, WITHOUT ROWID;

-- rechecks.0002-findings
CREATE TABLE recheck_look (
    recheck_id BLOB NOT NULL REFERENCES recheck (id),
    code TEXT NOT NULL CHECK (code <> ''),
    turn INTEGER NOT NULL CHECK (turn IN (1, 2)),
    value_kind TEXT NOT NULL CHECK (value_kind IN ('yes', 'quantity', 'grade', 'na')),
    value_number INTEGER,
    value_text TEXT,
    note TEXT CHECK (note <> ''),
    looked_by BLOB REFERENCES person (id),
    office_id BLOB REFERENCES organisation (id),
    paper TEXT CHECK (paper <> ''),
    at INTEGER NOT NULL,
    PRIMARY KEY (recheck_id, code, turn),
    CHECK (office_id IS NULL OR (turn = 1 AND looked_by IS NULL))) STRICT, WITHOUT ROWID;
CREATE INDEX recheck_look_of_office ON recheck_look (office_id);
CREATE TABLE recheck_evidence (
    id BLOB NOT NULL PRIMARY KEY,
    recheck_id BLOB NOT NULL REFERENCES recheck (id),
    code TEXT NOT NULL CHECK (code <> ''),
    side TEXT NOT NULL CHECK (side IN ('area', 'commune')),
    kind TEXT NOT NULL CHECK (kind IN ('picture', 'document', 'witness', 'visit')),
    address TEXT CHECK (length(address) = 64),
    file_type TEXT,
    file_name TEXT,
    office TEXT CHECK (office <> ''),
    seen_on TEXT CHECK (length(seen_on) = 10),
    seen TEXT CHECK (seen <> ''),
    added_by BLOB REFERENCES person (id),
    at INTEGER NOT NULL,
    CHECK (CASE WHEN kind IN ('picture', 'document') THEN address IS NOT NULL AND file_type IS NOT NULL
        AND file_name IS NOT NULL ELSE office IS NOT NULL AND seen_on IS NOT NULL AND seen IS NOT NULL END))
    STRICT;
CREATE INDEX recheck_evidence_of_recheck ON recheck_evidence (recheck_id, at);

-- rechecks.0003-notices
CREATE TABLE recheck_notice (
    id BLOB NOT NULL PRIMARY KEY,
    recheck_id BLOB NOT NULL REFERENCES recheck (id),
    mend_days INTEGER NOT NULL CHECK (mend_days BETWEEN 1 AND 366),
    mend_unit TEXT NOT NULL CHECK (mend_unit IN ('calendar', 'working')),
    drafted_by BLOB REFERENCES person (id),
    at INTEGER NOT NULL,
    number TEXT CHECK (number <> ''),
    number_key TEXT,
    number_year INTEGER,
    organisation_id BLOB REFERENCES organisation (id),
    day TEXT CHECK (length(day) = 10),
    signer TEXT CHECK (signer <> ''),
    office TEXT CHECK (office <> ''),
    scan_address TEXT CHECK (length(scan_address) = 64),
    scan_type TEXT,
    scan_name TEXT,
    mend_until TEXT CHECK (length(mend_until) = 10),
    issued_by BLOB REFERENCES person (id),
    issued_at INTEGER,
    CHECK (issued_at IS NULL OR (number IS NOT NULL AND number_key IS NOT NULL AND number_year IS NOT NULL
        AND day IS NOT NULL AND signer IS NOT NULL AND office IS NOT NULL AND scan_address IS NOT NULL AND scan_type IS NOT NULL
        AND scan_name IS NOT NULL AND mend_until IS NOT NULL))) STRICT;
CREATE INDEX recheck_notice_of_recheck ON recheck_notice (recheck_id, at);
CREATE UNIQUE INDEX recheck_notice_number ON recheck_notice (organisation_id, number_year, number_key);
CREATE TABLE recheck_notice_item (
    notice_id BLOB NOT NULL REFERENCES recheck_notice (id),
    code TEXT NOT NULL CHECK (code <> ''),
    reason TEXT NOT NULL CHECK (reason <> ''),
    PRIMARY KEY (notice_id, code)) STRICT, WITHOUT ROWID;
CREATE TABLE recheck_answer (
    id BLOB NOT NULL PRIMARY KEY,
    recheck_id BLOB NOT NULL REFERENCES recheck (id),
    text TEXT NOT NULL CHECK (text <> ''),
    answered_by BLOB REFERENCES person (id),
    at INTEGER NOT NULL) STRICT;
CREATE INDEX recheck_answer_of_recheck ON recheck_answer (recheck_id, at);
CREATE TABLE recheck_answer_item (
    answer_id BLOB NOT NULL REFERENCES recheck_answer (id),
    code TEXT NOT NULL CHECK (code <> ''),
    done TEXT NOT NULL CHECK (done <> ''),
    PRIMARY KEY (answer_id, code)) STRICT, WITHOUT ROWID;
CREATE TABLE recheck_hearing (
    id BLOB NOT NULL PRIMARY KEY,
    recheck_id BLOB NOT NULL REFERENCES recheck (id),
    day TEXT NOT NULL CHECK (length(day) = 10),
    begins INTEGER NOT NULL CHECK (begins BETWEEN 0 AND 1439),
    place TEXT NOT NULL CHECK (place <> ''),
    reason TEXT NOT NULL CHECK (reason <> ''),
    number TEXT CHECK (number <> ''),
    invited_by BLOB REFERENCES person (id),
    invited_at INTEGER NOT NULL,
    came INTEGER CHECK (came IN (0, 1)),
    present TEXT CHECK (present <> ''),
    minutes TEXT CHECK (minutes <> ''),
    held_by BLOB REFERENCES person (id),
    held_at INTEGER,
    put_off_at INTEGER,
    put_off_why TEXT CHECK (put_off_why <> ''),
    CHECK ((put_off_at IS NULL) = (put_off_why IS NULL)),
    CHECK (put_off_at IS NULL OR held_at IS NULL),
    CHECK ((held_at IS NULL) = (minutes IS NULL))) STRICT;
CREATE INDEX recheck_hearing_of_recheck ON recheck_hearing (recheck_id, invited_at);

-- goals.0001-targets
CREATE TABLE target (
    id BLOB NOT NULL PRIMARY KEY,
    territory_id BLOB NOT NULL REFERENCES territory (id),
    title TEXT NOT NULL CHECK (title <> ''),
    year_from INTEGER NOT NULL CHECK (year_from BETWEEN 1900 AND 2200),
    year_until INTEGER NOT NULL CHECK (year_until >= year_from),
    value INTEGER NOT NULL CHECK (value >= 0),
    revision INTEGER NOT NULL CHECK (revision > 0),
    UNIQUE (territory_id, title, year_from, year_until)) STRICT;
CREATE INDEX target_by_span ON target (year_from, year_until, title);
CREATE TABLE target_version (
    target_id BLOB NOT NULL REFERENCES target (id),
    number INTEGER NOT NULL CHECK (number > 0),
    value INTEGER NOT NULL CHECK (value >= 0),
    document_number TEXT NOT NULL CHECK (document_number <> ''),
    document_day TEXT NOT NULL,
    document_body TEXT NOT NULL CHECK (document_body <> ''),
    note TEXT,
    scan_address TEXT,
    scan_type TEXT,
    scan_name TEXT,
    set_by BLOB REFERENCES person (id),
    organisation_id BLOB REFERENCES organisation (id),
    at INTEGER NOT NULL,
    PRIMARY KEY (target_id, number),
    CHECK ((scan_address IS NULL) = (scan_type IS NULL))) STRICT, WITHOUT ROWID;
CREATE INDEX target_version_by_person ON target_version (set_by);
CREATE INDEX target_version_by_organisation ON target_version (organisation_id);
CREATE TRIGGER target_version_no_update BEFORE UPDATE ON target_version
BEGIN SELECT RAISE(ABORT, 'target_version is append-only'); END;
CREATE TRIGGER target_version_no_delete BEFORE DELETE ON target_version
BEGIN SELECT RAISE(ABORT, 'target_version is append-only'); END;

-- goals.0002-goals
CREATE TABLE goal (
    id BLOB NOT NULL PRIMARY KEY,
    territory_id BLOB NOT NULL REFERENCES territory (id),
    title TEXT NOT NULL
        CHECK (title IN ('newCountryside', 'advanced', 'model', 'urban', 'other')),
    title_key TEXT NOT NULL CHECK (title_key <> ''),
    title_name TEXT NOT NULL CHECK (title_name <> ''),
    due_on TEXT NOT NULL,
    dropped_on TEXT,
    reached_on TEXT,
    revision INTEGER NOT NULL CHECK (revision > 0)) STRICT;
CREATE INDEX goal_by_territory ON goal (territory_id, title_key);
CREATE UNIQUE INDEX goal_open ON goal (territory_id, title_key)
    WHERE dropped_on IS NULL AND reached_on IS NULL;
CREATE INDEX goal_by_due ON goal (due_on, id);
CREATE TABLE goal_version (
    goal_id BLOB NOT NULL REFERENCES goal (id),
    number INTEGER NOT NULL CHECK (number > 0),
    due_on TEXT NOT NULL,
    owner_id BLOB NOT NULL REFERENCES organisation (id),
    successor_id BLOB REFERENCES territory (id),
    blocks TEXT,
    is_dropped INTEGER NOT NULL,
    document_number TEXT NOT NULL CHECK (document_number <> ''),
    document_day TEXT NOT NULL,
    document_body TEXT NOT NULL CHECK (document_body <> ''),
    set_by BLOB REFERENCES person (id),
    organisation_id BLOB REFERENCES organisation (id),
    at INTEGER NOT NULL,
    PRIMARY KEY (goal_id, number)) STRICT, WITHOUT ROWID;
CREATE INDEX goal_version_by_owner ON goal_version (owner_id);
CREATE INDEX goal_version_by_successor ON goal_version (successor_id);
CREATE INDEX goal_version_by_person ON goal_version (set_by);
CREATE INDEX goal_version_by_organisation ON goal_version (organisation_id);
CREATE TRIGGER goal_version_no_update BEFORE UPDATE ON goal_version
BEGIN SELECT RAISE(ABORT, 'goal_version is append-only'); END;
CREATE TRIGGER goal_version_no_delete BEFORE DELETE ON goal_version
BEGIN SELECT RAISE(ABORT, 'goal_version is append-only'); END;

-- goals.0003-register
CREATE TABLE unit_title (
    id BLOB NOT NULL PRIMARY KEY,
    territory_id BLOB NOT NULL REFERENCES territory (id),
    title TEXT NOT NULL
        CHECK (title IN ('newCountryside', 'advanced', 'model', 'urban', 'other')),
    title_key TEXT NOT NULL CHECK (title_key <> ''),
    title_name TEXT NOT NULL CHECK (title_name <> ''),
    decision_number TEXT NOT NULL CHECK (decision_number <> ''),
    decision_day TEXT NOT NULL,
    decision_body TEXT NOT NULL CHECK (decision_body <> ''),
    signer TEXT,
    valid_from TEXT NOT NULL,
    valid_until TEXT CHECK (valid_until > valid_from),
    ended_on TEXT CHECK (ended_on >= valid_from),
    ended_why TEXT CHECK (ended_why IN ('withdrawn', 'lapsed', 'renewed', 'raised', 'mistaken')),
    ended_document TEXT,
    voided_on TEXT,
    recorded_by BLOB REFERENCES person (id),
    organisation_id BLOB REFERENCES organisation (id),
    at INTEGER NOT NULL,
    revision INTEGER NOT NULL CHECK (revision > 0),
    CHECK ((ended_on IS NULL) = (ended_why IS NULL)),
    CHECK ((voided_on IS NULL) = (COALESCE(ended_why, '') <> 'mistaken')),
    CHECK (voided_on IS NULL OR ended_on = valid_from)) STRICT;
CREATE INDEX unit_title_by_territory ON unit_title (territory_id, title_key);
CREATE INDEX unit_title_by_title ON unit_title (title, valid_from);
CREATE INDEX unit_title_by_person ON unit_title (recorded_by);
CREATE INDEX unit_title_by_organisation ON unit_title (organisation_id);
