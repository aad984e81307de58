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
    word TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id BLOB NOT NULL,
    territory_id BLOB NOT NULL,
    PRIMARY KEY (word, subject_kind, subject_id)) STRICT, WITHOUT ROWID;

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

-- people.0001-person-account-role
CREATE TABLE person (
    id BLOB PRIMARY KEY, name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    sort_key TEXT NOT NULL, search_key TEXT NOT NULL,
    birth_year INTEGER CHECK (birth_year BETWEEN 1900 AND 2200),
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
    assigned_by BLOB REFERENCES person (id)) STRICT;
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
    ended_at INTEGER, device TEXT NOT NULL) STRICT;
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
    dossier_id BLOB NOT NULL REFERENCES dossier (id),
    kind TEXT NOT NULL CHECK (kind IN ('picture')),
    address TEXT NOT NULL CHECK (length(address) = 64),
    thumbnail TEXT NOT NULL CHECK (length(thumbnail) = 64),
    file_name TEXT NOT NULL,
    width INTEGER NOT NULL CHECK (width > 0),
    height INTEGER NOT NULL CHECK (height > 0),
    bytes INTEGER NOT NULL CHECK (bytes > 0),
    note TEXT CHECK (note <> ''),
    added_by BLOB REFERENCES person (id),
    at INTEGER NOT NULL,
    released_at INTEGER,
    removed_at INTEGER,
    removed_by BLOB REFERENCES person (id)) STRICT;
CREATE INDEX evidence_of_dossier ON evidence (dossier_id, at);
CREATE INDEX evidence_by_address ON evidence (address);
CREATE INDEX evidence_by_thumbnail ON evidence (thumbnail);
CREATE TABLE evidence_origin (
    evidence_id BLOB NOT NULL PRIMARY KEY REFERENCES evidence (id),
    taken_at TEXT,
    latitude INTEGER CHECK (latitude BETWEEN -90000000 AND 90000000),
    longitude INTEGER CHECK (longitude BETWEEN -180000000 AND 180000000)) STRICT, WITHOUT ROWID;
CREATE TABLE evidence_use (
    evidence_id BLOB NOT NULL REFERENCES evidence (id),
    code TEXT NOT NULL CHECK (code <> ''),
    PRIMARY KEY (evidence_id, code)) STRICT, WITHOUT ROWID;

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
