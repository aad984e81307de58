-- Drawn from the migrations in Sources; `make access` draws it anew.

-- database.0001-lane-operation-audit
CREATE TABLE lane (
    id INTEGER PRIMARY KEY, holder BLOB NOT NULL, held_at INTEGER NOT NULL,
    head_number INTEGER NOT NULL, head_link BLOB NOT NULL) STRICT;
CREATE TABLE operation (
    id BLOB PRIMARY KEY, fingerprint BLOB NOT NULL,
    actor_id BLOB, at INTEGER NOT NULL, receipt TEXT NOT NULL) STRICT, WITHOUT ROWID;
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
    PRIMARY KEY (subject_kind, word, sort_key, subject_id, territory_id)) STRICT, WITHOUT ROWID;
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
    UNIQUE (territory_id, version)) STRICT;
CREATE TABLE area_model (
    id BLOB NOT NULL PRIMARY KEY,
    territory_id BLOB NOT NULL REFERENCES area (territory_id),
    name TEXT NOT NULL CHECK (name <> ''),
    sort_key TEXT NOT NULL,
    since INTEGER CHECK (since BETWEEN 1900 AND 2200),
    looked_on TEXT,
    is_alive INTEGER) STRICT;
CREATE INDEX area_model_of_area ON area_model (territory_id, sort_key);
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
    criteria_set_id BLOB NOT NULL REFERENCES criteria_set (id),
    state TEXT NOT NULL REFERENCES dossier_state (name),
    state_since INTEGER NOT NULL,
    due_on TEXT CHECK (length(due_on) = 10),
    round INTEGER NOT NULL CHECK (round >= 0),
    registered_at INTEGER NOT NULL,
    revision INTEGER NOT NULL CHECK (revision > 0),
    UNIQUE (territory_id, year, title)) STRICT;
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
    outcome TEXT NOT NULL CHECK (outcome IN ('saved', 'conflict')),
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
    at INTEGER NOT NULL,
    released_at INTEGER,
    replaced_at INTEGER,
    removed_at INTEGER,
    removed_by BLOB REFERENCES person (id),
    UNIQUE (piece_id, version),
    CHECK (version > 1 OR piece_id = id),
    CHECK (released_at IS NULL OR (kind = 'picture' AND replaced_at IS NULL)),
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
CREATE UNIQUE INDEX decision_number ON decision (organisation_id, number_year, number_key);
CREATE INDEX decision_in_order ON decision (territory_id, drafted_at, id);
CREATE INDEX decision_by_state ON decision (state, territory_id);
CREATE TABLE decision_item (
    decision_id BLOB NOT NULL REFERENCES decision (id),
    dossier_id BLOB NOT NULL UNIQUE REFERENCES dossier (id),
    outcome TEXT NOT NULL CHECK (outcome IN ('recognised', 'refused')),
    reason TEXT CHECK (reason <> ''),
    PRIMARY KEY (decision_id, dossier_id),
    CHECK (outcome = 'recognised' OR reason IS NOT NULL)) STRICT, WITHOUT ROWID;
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
    minutes TEXT NOT NULL,
    recorded_by BLOB REFERENCES person (id),
    at INTEGER NOT NULL,
    replaced_at INTEGER) STRICT;
CREATE INDEX review_sitting_of_dossier ON review_sitting (dossier_id, day);
CREATE TABLE review_vote (
    sitting_id BLOB NOT NULL REFERENCES review_sitting (id),
    code TEXT NOT NULL CHECK (code <> ''),
    households INTEGER NOT NULL CHECK (households >= 0),
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
CREATE TABLE ballot_entry (
    posting_id BLOB NOT NULL REFERENCES posting (id),
    place INTEGER NOT NULL CHECK (place IN (1, 2)),
    version INTEGER NOT NULL CHECK (version > 0),
    returned INTEGER NOT NULL CHECK (returned >= valid),
    valid INTEGER NOT NULL CHECK (valid = satisfied + unsatisfied + no_opinion),
    satisfied INTEGER NOT NULL CHECK (satisfied >= 0),
    unsatisfied INTEGER NOT NULL CHECK (unsatisfied >= 0),
    no_opinion INTEGER NOT NULL CHECK (no_opinion >= 0),
    counters TEXT NOT NULL CHECK (counters <> ''),
    entered_by BLOB REFERENCES person (id),
    at INTEGER NOT NULL,
    PRIMARY KEY (posting_id, place, version)) STRICT, WITHOUT ROWID;
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
    state TEXT NOT NULL CHECK (state IN ('draft', 'sent')),
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
    revision INTEGER NOT NULL CHECK (revision > 0),
    CHECK (state = 'draft' OR (number IS NOT NULL AND number_key IS NOT NULL AND number_year IS NOT NULL
           AND day IS NOT NULL AND signer IS NOT NULL AND sent_at IS NOT NULL))) STRICT;
CREATE UNIQUE INDEX submission_number ON submission (organisation_id, number_year, number_key);
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
    formed_by BLOB REFERENCES person (id),
    formed_at INTEGER NOT NULL,
    revision INTEGER NOT NULL CHECK (revision > 0)) STRICT;
CREATE INDEX panel_in_order ON panel (territory_id, formed_at, id);
CREATE TABLE panel_member (
    panel_id BLOB NOT NULL REFERENCES panel (id),
    person_id BLOB NOT NULL REFERENCES person (id),
    duty TEXT NOT NULL CHECK (duty IN ('chair', 'secretary', 'member')),
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
    UNIQUE (dossier_id, round),
    CHECK ((ended_at IS NULL) = (conclusion IS NULL))) STRICT;
CREATE INDEX appraisal_of_panel ON appraisal (panel_id, dossier_id);
CREATE TABLE appraisal_declaration (
    appraisal_id BLOB NOT NULL REFERENCES appraisal (id),
    person_id BLOB NOT NULL REFERENCES person (id),
    declared TEXT NOT NULL CHECK (declared IN ('none', 'resident', 'conflict')),
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
