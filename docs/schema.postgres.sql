-- Drawn from the migrations in Sources; `make access` draws it anew.

-- database.0001-lane-operation-audit
CREATE TABLE lane (
    id BIGINT PRIMARY KEY, holder UUID NOT NULL, held_at BIGINT NOT NULL,
    head_number BIGINT NOT NULL, head_link BYTEA NOT NULL) ;
CREATE TABLE operation (
    id UUID PRIMARY KEY, fingerprint BYTEA NOT NULL,
    actor_id UUID, at BIGINT NOT NULL, receipt TEXT COLLATE "C" NOT NULL) ;
CREATE TABLE audit (
    lane BIGINT NOT NULL, number BIGINT NOT NULL, at BIGINT NOT NULL, operation_id UUID,
    actor_id UUID, act TEXT COLLATE "C" NOT NULL, capability TEXT COLLATE "C" NOT NULL, grant_id UUID,
    subject_kind TEXT COLLATE "C" NOT NULL, subject_id UUID, detail TEXT COLLATE "C" NOT NULL, link BYTEA NOT NULL,
    PRIMARY KEY (lane, number)) ;
CREATE INDEX audit_by_subject ON audit (subject_id, at);
CREATE INDEX audit_by_actor ON audit (actor_id, at);

-- database.0002-jobs
CREATE TABLE job (
    id UUID PRIMARY KEY, kind TEXT COLLATE "C" NOT NULL, name TEXT COLLATE "C" NOT NULL UNIQUE, due_at BIGINT NOT NULL,
    payload TEXT COLLATE "C" NOT NULL, tries BIGINT NOT NULL, done_at BIGINT, failed_with TEXT COLLATE "C")
    ;
CREATE INDEX job_due ON job (due_at) WHERE done_at IS NULL;

-- database.0003-installation
CREATE TABLE installation (
    name TEXT COLLATE "C" PRIMARY KEY, value TEXT COLLATE "C" NOT NULL) ;

-- organisation.0001-territory
CREATE TABLE territory (
    id UUID NOT NULL PRIMARY KEY,
    kind TEXT COLLATE "C" NOT NULL
        CHECK (kind IN ('country', 'province', 'district', 'commune', 'ward', 'town', 'area')),
    designation TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL CHECK (name <> ''),
    code TEXT COLLATE "C",
    parent_id UUID REFERENCES territory (id),
    sort_key TEXT COLLATE "C" NOT NULL,
    search_key TEXT COLLATE "C" NOT NULL,
    name_key TEXT COLLATE "C" NOT NULL,
    valid_from TEXT COLLATE "C" NOT NULL,
    valid_until TEXT COLLATE "C" CHECK (valid_until >= valid_from),
    revision BIGINT NOT NULL) ;
CREATE INDEX territory_by_parent ON territory (parent_id, kind);
CREATE INDEX territory_by_code ON territory (code) WHERE code IS NOT NULL;
CREATE TABLE territory_state (
    territory_id UUID NOT NULL REFERENCES territory (id),
    valid_from TEXT COLLATE "C" NOT NULL,
    valid_until TEXT COLLATE "C" CHECK (valid_until >= valid_from),
    kind TEXT COLLATE "C" NOT NULL,
    designation TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    code TEXT COLLATE "C",
    parent_id UUID REFERENCES territory (id),
    sort_key TEXT COLLATE "C" NOT NULL,
    document TEXT COLLATE "C",
    PRIMARY KEY (territory_id, valid_from)) ;
CREATE INDEX territory_state_by_parent ON territory_state (parent_id, valid_from);
CREATE INDEX territory_state_by_code ON territory_state (code) WHERE code IS NOT NULL;
CREATE TABLE territory_succession (
    id UUID NOT NULL PRIMARY KEY,
    day TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('merge', 'split', 'rename', 'abolish')),
    from_id UUID NOT NULL REFERENCES territory (id),
    into_id UUID REFERENCES territory (id),
    document TEXT COLLATE "C",
    batch_id UUID) ;
CREATE INDEX territory_succession_from ON territory_succession (from_id, day);
CREATE INDEX territory_succession_into ON territory_succession (into_id, day);
CREATE TABLE territory_closure (
    ancestor_id UUID NOT NULL,
    descendant_kind TEXT COLLATE "C" NOT NULL,
    sort_key TEXT COLLATE "C" NOT NULL,
    descendant_id UUID NOT NULL,
    PRIMARY KEY (ancestor_id, descendant_kind, sort_key, descendant_id)) ;
CREATE INDEX territory_closure_by_descendant ON territory_closure (descendant_id, ancestor_id);
CREATE TABLE area (
    territory_id UUID NOT NULL PRIMARY KEY REFERENCES territory (id),
    area_kind TEXT COLLATE "C" NOT NULL,
    households BIGINT CHECK (households >= 0),
    people BIGINT CHECK (people >= 0),
    area_class TEXT COLLATE "C",
    as_of BIGINT CHECK (as_of BETWEEN 1900 AND 2200),
    is_invented BOOLEAN NOT NULL) ;
CREATE INDEX area_by_class ON area (area_class);

-- organisation.0002-organisation
CREATE TABLE organisation (
    id UUID NOT NULL PRIMARY KEY,
    kind TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL CHECK (name <> ''),
    territory_id UUID NOT NULL REFERENCES territory (id),
    parent_id UUID REFERENCES organisation (id),
    sort_key TEXT COLLATE "C" NOT NULL,
    search_key TEXT COLLATE "C" NOT NULL,
    name_key TEXT COLLATE "C" NOT NULL,
    valid_from TEXT COLLATE "C" NOT NULL,
    valid_until TEXT COLLATE "C" CHECK (valid_until >= valid_from),
    revision BIGINT NOT NULL) ;
CREATE INDEX organisation_by_territory ON organisation (territory_id, sort_key, id);
CREATE INDEX organisation_by_parent ON organisation (parent_id);
CREATE TABLE organisation_name (
    organisation_id UUID NOT NULL REFERENCES organisation (id),
    valid_from TEXT COLLATE "C" NOT NULL,
    valid_until TEXT COLLATE "C" CHECK (valid_until >= valid_from),
    name TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (organisation_id, valid_from)) ;

-- organisation.0003-search
CREATE TABLE search_word (
    word TEXT COLLATE "C" NOT NULL,
    subject_kind TEXT COLLATE "C" NOT NULL,
    subject_id UUID NOT NULL,
    territory_id UUID NOT NULL,
    PRIMARY KEY (word, subject_kind, subject_id)) ;

-- organisation.0004-import
CREATE TABLE organisation_tree (
    id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1), version BIGINT NOT NULL) ;
INSERT INTO organisation_tree (id, version) VALUES (1, 0);
CREATE TABLE import_batch (
    id UUID NOT NULL PRIMARY KEY,
    territory_id UUID NOT NULL REFERENCES territory (id),
    subject TEXT COLLATE "C" NOT NULL CHECK (subject IN ('territories', 'areas', 'organisations')),
    coverage TEXT COLLATE "C" NOT NULL CHECK (coverage IN ('whole', 'listed', 'part')),
    day TEXT COLLATE "C" NOT NULL,
    document TEXT COLLATE "C",
    file_name TEXT COLLATE "C" NOT NULL,
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('previewed', 'done', 'undone')),
    row_count BIGINT NOT NULL,
    added BIGINT NOT NULL,
    changed BIGINT NOT NULL,
    unchanged BIGINT NOT NULL,
    ended BIGINT NOT NULL,
    faults BIGINT NOT NULL,
    warnings BIGINT NOT NULL,
    columns_read TEXT COLLATE "C" NOT NULL,
    columns_unknown TEXT COLLATE "C" NOT NULL,
    tree_version BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    made_by UUID,
    done_at BIGINT,
    undone_at BIGINT,
    revision BIGINT NOT NULL) ;
CREATE INDEX import_batch_by_time ON import_batch (made_at, id);
CREATE TABLE import_row (
    batch_id UUID NOT NULL REFERENCES import_batch (id),
    number BIGINT NOT NULL,
    action TEXT COLLATE "C" NOT NULL CHECK (action IN ('add', 'change', 'end')),
    subject_id UUID NOT NULL,
    after TEXT COLLATE "C" NOT NULL,
    before TEXT COLLATE "C",
    PRIMARY KEY (batch_id, number)) ;
CREATE TABLE import_remark (
    batch_id UUID NOT NULL REFERENCES import_batch (id),
    number BIGINT NOT NULL,
    is_fault BOOLEAN NOT NULL,
    sheet TEXT COLLATE "C" NOT NULL,
    line BIGINT NOT NULL,
    column_letters TEXT COLLATE "C",
    key TEXT COLLATE "C" NOT NULL,
    arguments TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (batch_id, number)) ;

-- people.0001-person-account-role
CREATE TABLE person (
    id UUID PRIMARY KEY, name TEXT COLLATE "C" NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    sort_key TEXT COLLATE "C" NOT NULL, search_key TEXT COLLATE "C" NOT NULL,
    birth_year BIGINT CHECK (birth_year BETWEEN 1900 AND 2200),
    is_invented BOOLEAN NOT NULL CHECK (is_invented IN (FALSE, TRUE)),
    revision BIGINT NOT NULL CHECK (revision > 0)) ;
CREATE INDEX person_in_order ON person (sort_key, id);
CREATE TABLE account (
    person_id UUID PRIMARY KEY REFERENCES person (id),
    sign_in_name TEXT COLLATE "C" NOT NULL UNIQUE CHECK (length(sign_in_name) BETWEEN 3 AND 64),
    password_hash TEXT COLLATE "C", must_change BOOLEAN NOT NULL CHECK (must_change IN (FALSE, TRUE)),
    disabled_at BIGINT, revision BIGINT NOT NULL CHECK (revision > 0)) ;
CREATE TABLE role_assignment (
    id UUID PRIMARY KEY, person_id UUID NOT NULL REFERENCES person (id),
    role TEXT COLLATE "C" NOT NULL CHECK (length(role) > 0),
    organisation_id UUID NOT NULL REFERENCES organisation (id),
    territory_id UUID NOT NULL REFERENCES territory (id), valid_from TEXT COLLATE "C" NOT NULL,
    valid_until TEXT COLLATE "C" CHECK (valid_until >= valid_from), version BIGINT NOT NULL CHECK (version > 0),
    assigned_by UUID REFERENCES person (id)) ;
CREATE INDEX role_assignment_of_person ON role_assignment (person_id, valid_from);
CREATE INDEX role_assignment_in_territory ON role_assignment (territory_id, role);
CREATE INDEX role_assignment_of_organisation ON role_assignment (organisation_id);

-- people.0002-session-slip-attempt
CREATE TABLE session (
    id UUID PRIMARY KEY, token_hash BYTEA NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    person_id UUID NOT NULL REFERENCES account (person_id),
    csrf_secret BYTEA NOT NULL CHECK (length(csrf_secret) = 16),
    is_own_device BOOLEAN NOT NULL CHECK (is_own_device IN (FALSE, TRUE)),
    created_at BIGINT NOT NULL, last_seen_at BIGINT NOT NULL, expires_at BIGINT NOT NULL,
    ended_at BIGINT, device TEXT COLLATE "C" NOT NULL) ;
CREATE INDEX session_of_person ON session (person_id);
CREATE TABLE known_device (
    person_id UUID NOT NULL REFERENCES account (person_id),
    device_hash BYTEA NOT NULL CHECK (length(device_hash) = 32), last_seen_at BIGINT NOT NULL,
    PRIMARY KEY (person_id, device_hash)) ;
CREATE TABLE activation_slip (
    id UUID PRIMARY KEY, person_id UUID NOT NULL REFERENCES account (person_id),
    code_hash BYTEA NOT NULL UNIQUE, issued_by UUID REFERENCES person (id),
    issued_at BIGINT NOT NULL, expires_at BIGINT NOT NULL, used_at BIGINT) ;
CREATE INDEX activation_slip_of_person ON activation_slip (person_id);
CREATE TABLE attempt (
    bucket TEXT COLLATE "C" NOT NULL, window_start BIGINT NOT NULL,
    count BIGINT NOT NULL CHECK (count >= 0), PRIMARY KEY (bucket, window_start)) ;
CREATE INDEX attempt_by_age ON attempt (window_start);

-- criteria.0001-criteria-set
CREATE TABLE criteria_set (
    id UUID NOT NULL PRIMARY KEY,
    code TEXT COLLATE "C" NOT NULL CHECK (code <> ''),
    version BIGINT NOT NULL CHECK (version >= 1),
    status TEXT COLLATE "C" NOT NULL CHECK (status IN ('draft', 'published', 'superseded')),
    label TEXT COLLATE "C" NOT NULL CHECK (label IN ('real', 'demonstration', 'namesOnly')),
    name_vi TEXT COLLATE "C" NOT NULL CHECK (name_vi <> ''),
    name_en TEXT COLLATE "C" NOT NULL,
    issuer TEXT COLLATE "C" NOT NULL,
    subject TEXT COLLATE "C" NOT NULL CHECK (subject IN ('residentialArea', 'commune', 'district', 'province')),
    effective_from TEXT COLLATE "C" NOT NULL,
    territory_id UUID NOT NULL REFERENCES territory (id),
    source TEXT COLLATE "C" NOT NULL,
    digest BYTEA NOT NULL,
    search_key TEXT COLLATE "C" NOT NULL,
    created_by UUID,
    created_at BIGINT NOT NULL,
    published_by UUID,
    published_at BIGINT,
    superseded_by UUID REFERENCES criteria_set (id),
    superseded_at BIGINT,
    revision BIGINT NOT NULL,
    UNIQUE (code, version),
    CHECK ((status = 'draft') = (published_at IS NULL)),
    CHECK ((status = 'superseded') = (superseded_by IS NOT NULL))) ;
CREATE INDEX criteria_set_by_subject ON criteria_set (subject, effective_from);
CREATE INDEX criteria_set_by_territory ON criteria_set (territory_id);

-- recognition.0001-dossier
CREATE TABLE dossier_state (name TEXT COLLATE "C" NOT NULL PRIMARY KEY) ;
INSERT INTO dossier_state (name) VALUES ('assessing'), ('submitted'), ('returned'), ('accepted'),
    ('proposed'), ('recognised'), ('refused'), ('withdrawn');
CREATE TABLE dossier (
    id UUID NOT NULL PRIMARY KEY,
    territory_id UUID NOT NULL REFERENCES territory (id),
    year BIGINT NOT NULL CHECK (year BETWEEN 1900 AND 2200),
    title TEXT COLLATE "C" NOT NULL CHECK (title <> ''),
    level TEXT COLLATE "C" NOT NULL CHECK (level IN ('commune', 'district', 'province', 'national')),
    area_class TEXT COLLATE "C",
    criteria_set_id UUID NOT NULL REFERENCES criteria_set (id),
    state TEXT COLLATE "C" NOT NULL REFERENCES dossier_state (name),
    state_since BIGINT NOT NULL,
    due_on TEXT COLLATE "C" CHECK (length(due_on) = 10),
    round BIGINT NOT NULL CHECK (round >= 0),
    registered_at BIGINT NOT NULL,
    revision BIGINT NOT NULL CHECK (revision > 0),
    UNIQUE (territory_id, year, title)) ;
CREATE INDEX dossier_by_state ON dossier (state, year);
CREATE INDEX dossier_by_year ON dossier (year, state);
CREATE TABLE dossier_event (
    dossier_id UUID NOT NULL REFERENCES dossier (id),
    id UUID NOT NULL,
    action TEXT COLLATE "C" NOT NULL,
    state_from TEXT COLLATE "C" REFERENCES dossier_state (name),
    state_to TEXT COLLATE "C" NOT NULL REFERENCES dossier_state (name),
    round BIGINT NOT NULL,
    actor_id UUID REFERENCES person (id),
    organisation_id UUID REFERENCES organisation (id),
    at BIGINT NOT NULL,
    reason TEXT COLLATE "C" CHECK (reason <> ''),
    PRIMARY KEY (dossier_id, id)) ;
CREATE INDEX dossier_event_by_time ON dossier_event (at);
CREATE TABLE indicator_value (
    dossier_id UUID NOT NULL REFERENCES dossier (id),
    side TEXT COLLATE "C" NOT NULL CHECK (side IN ('self', 'check', 'appraisal')),
    code TEXT COLLATE "C" NOT NULL CHECK (code <> ''),
    value_kind TEXT COLLATE "C" NOT NULL CHECK (value_kind IN ('yes', 'quantity', 'grade', 'na')),
    value_number BIGINT,
    value_text TEXT COLLATE "C",
    note TEXT COLLATE "C" CHECK (note <> ''),
    entered_by UUID REFERENCES person (id),
    at BIGINT NOT NULL,
    version BIGINT NOT NULL CHECK (version > 0),
    PRIMARY KEY (dossier_id, side, code),
    CHECK (CASE value_kind WHEN 'quantity' THEN value_number IS NOT NULL WHEN 'yes' THEN value_number IN (0, 1)
           ELSE value_text IS NOT NULL END)) ;
CREATE TABLE indicator_value_history (
    dossier_id UUID NOT NULL REFERENCES dossier (id),
    code TEXT COLLATE "C" NOT NULL,
    id UUID NOT NULL,
    side TEXT COLLATE "C" NOT NULL,
    value_kind TEXT COLLATE "C" NOT NULL,
    value_number BIGINT,
    value_text TEXT COLLATE "C",
    note TEXT COLLATE "C",
    entered_by UUID REFERENCES person (id),
    at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    outcome TEXT COLLATE "C" NOT NULL CHECK (outcome IN ('saved', 'conflict')),
    PRIMARY KEY (dossier_id, code, id)) ;
CREATE TABLE indicator_return (
    dossier_id UUID NOT NULL REFERENCES dossier (id),
    round BIGINT NOT NULL,
    code TEXT COLLATE "C" NOT NULL,
    reason TEXT COLLATE "C" NOT NULL CHECK (reason <> ''),
    returned_by UUID REFERENCES person (id),
    at BIGINT NOT NULL,
    PRIMARY KEY (dossier_id, round, code)) ;

-- recognition.0002-evidence
CREATE TABLE evidence (
    id UUID NOT NULL PRIMARY KEY,
    dossier_id UUID NOT NULL REFERENCES dossier (id),
    kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('picture')),
    address TEXT COLLATE "C" NOT NULL CHECK (length(address) = 64),
    thumbnail TEXT COLLATE "C" NOT NULL CHECK (length(thumbnail) = 64),
    file_name TEXT COLLATE "C" NOT NULL,
    width BIGINT NOT NULL CHECK (width > 0),
    height BIGINT NOT NULL CHECK (height > 0),
    bytes BIGINT NOT NULL CHECK (bytes > 0),
    note TEXT COLLATE "C" CHECK (note <> ''),
    added_by UUID REFERENCES person (id),
    at BIGINT NOT NULL,
    released_at BIGINT,
    removed_at BIGINT,
    removed_by UUID REFERENCES person (id)) ;
CREATE INDEX evidence_of_dossier ON evidence (dossier_id, at);
CREATE INDEX evidence_by_address ON evidence (address);
CREATE INDEX evidence_by_thumbnail ON evidence (thumbnail);
CREATE TABLE evidence_origin (
    evidence_id UUID NOT NULL PRIMARY KEY REFERENCES evidence (id),
    taken_at TEXT COLLATE "C",
    latitude BIGINT CHECK (latitude BETWEEN -90000000 AND 90000000),
    longitude BIGINT CHECK (longitude BETWEEN -180000000 AND 180000000)) ;
CREATE TABLE evidence_use (
    evidence_id UUID NOT NULL REFERENCES evidence (id),
    code TEXT COLLATE "C" NOT NULL CHECK (code <> ''),
    PRIMARY KEY (evidence_id, code)) ;

-- recognition.0003-decision
CREATE TABLE decision (
    id UUID NOT NULL PRIMARY KEY,
    territory_id UUID NOT NULL REFERENCES territory (id),
    organisation_id UUID NOT NULL REFERENCES organisation (id),
    title TEXT COLLATE "C" NOT NULL CHECK (title <> ''),
    level TEXT COLLATE "C" NOT NULL CHECK (level IN ('commune', 'district', 'province', 'national')),
    year BIGINT NOT NULL CHECK (year BETWEEN 1900 AND 2200),
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('draft', 'issued')),
    origin TEXT COLLATE "C" NOT NULL CHECK (origin IN ('here', 'register')),
    number TEXT COLLATE "C" CHECK (number <> ''),
    number_key TEXT COLLATE "C",
    number_year BIGINT,
    day TEXT COLLATE "C" CHECK (length(day) = 10),
    signer TEXT COLLATE "C" CHECK (signer <> ''),
    signer_office TEXT COLLATE "C" CHECK (signer_office <> ''),
    scan_address TEXT COLLATE "C" CHECK (length(scan_address) = 64),
    scan_type TEXT COLLATE "C",
    scan_name TEXT COLLATE "C",
    drafted_by UUID REFERENCES person (id),
    drafted_at BIGINT NOT NULL,
    issued_by UUID REFERENCES person (id),
    issued_at BIGINT,
    revision BIGINT NOT NULL CHECK (revision > 0),
    CHECK (state = 'draft' OR (number IS NOT NULL AND number_key IS NOT NULL AND number_year IS NOT NULL
           AND day IS NOT NULL AND (origin = 'register' OR (signer IS NOT NULL AND scan_address IS NOT NULL)))))
    ;
CREATE UNIQUE INDEX decision_number ON decision (organisation_id, number_year, number_key);
CREATE INDEX decision_in_order ON decision (territory_id, drafted_at, id);
CREATE INDEX decision_by_state ON decision (state, territory_id);
CREATE TABLE decision_item (
    decision_id UUID NOT NULL REFERENCES decision (id),
    dossier_id UUID NOT NULL UNIQUE REFERENCES dossier (id),
    outcome TEXT COLLATE "C" NOT NULL CHECK (outcome IN ('recognised', 'refused')),
    reason TEXT COLLATE "C" CHECK (reason <> ''),
    PRIMARY KEY (decision_id, dossier_id),
    CHECK (outcome = 'recognised' OR reason IS NOT NULL)) ;
CREATE TABLE title_grant (
    id UUID NOT NULL PRIMARY KEY,
    territory_id UUID NOT NULL REFERENCES territory (id),
    title TEXT COLLATE "C" NOT NULL CHECK (title <> ''),
    title_name TEXT COLLATE "C" NOT NULL CHECK (title_name <> ''),
    level TEXT COLLATE "C" NOT NULL CHECK (level IN ('commune', 'district', 'province', 'national')),
    year BIGINT NOT NULL,
    decision_id UUID NOT NULL REFERENCES decision (id),
    dossier_id UUID UNIQUE REFERENCES dossier (id),
    valid_from TEXT COLLATE "C" NOT NULL CHECK (length(valid_from) = 10),
    valid_until TEXT COLLATE "C" CHECK (valid_until > valid_from),
    ended_on TEXT COLLATE "C" CHECK (ended_on >= valid_from),
    ended_why TEXT COLLATE "C" CHECK (ended_why IN ('renewed', 'raised', 'withdrawn', 'lapsed', 'merged')),
    UNIQUE (territory_id, decision_id),
    CHECK ((ended_on IS NULL) = (ended_why IS NULL))) ;
CREATE INDEX title_grant_by_title ON title_grant (title, level, valid_from);
CREATE INDEX title_grant_of_decision ON title_grant (decision_id);
