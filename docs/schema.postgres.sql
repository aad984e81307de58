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

-- database.0004-append-only
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$;
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$;
CREATE TRIGGER operation_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON operation
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

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
    subject_kind TEXT COLLATE "C" NOT NULL,
    word TEXT COLLATE "C" NOT NULL,
    sort_key TEXT COLLATE "C" NOT NULL,
    subject_id UUID NOT NULL,
    territory_id UUID NOT NULL,
    content TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (subject_kind, word, sort_key, subject_id, territory_id)) ;
CREATE INDEX search_word_in_territory ON search_word (territory_id, word);

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

-- organisation.0005-profile
CREATE TABLE area_year (
    territory_id UUID NOT NULL REFERENCES area (territory_id),
    year BIGINT NOT NULL CHECK (year BETWEEN 1900 AND 2200),
    households BIGINT CHECK (households >= 0),
    people BIGINT CHECK (people >= 0),
    area_class TEXT COLLATE "C",
    PRIMARY KEY (territory_id, year)) ;
INSERT INTO area_year (territory_id, year, households, people, area_class)
SELECT territory_id, as_of, households, people, area_class FROM area WHERE as_of IS NOT NULL;
CREATE TABLE area_group (
    id UUID NOT NULL PRIMARY KEY,
    territory_id UUID NOT NULL REFERENCES area (territory_id),
    name TEXT COLLATE "C" NOT NULL CHECK (name <> ''),
    kind TEXT COLLATE "C" NOT NULL,
    households BIGINT CHECK (households >= 0),
    sort_key TEXT COLLATE "C" NOT NULL,
    since TEXT COLLATE "C",
    ended_on TEXT COLLATE "C" CHECK (ended_on >= since)) ;
CREATE INDEX area_group_of_area ON area_group (territory_id, sort_key);
CREATE TABLE area_convention (
    id UUID NOT NULL PRIMARY KEY,
    territory_id UUID NOT NULL REFERENCES area (territory_id),
    version BIGINT NOT NULL CHECK (version > 0),
    kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('huong_uoc', 'quy_uoc')),
    content TEXT COLLATE "C" NOT NULL CHECK (content <> ''),
    adopted_on TEXT COLLATE "C" NOT NULL,
    votes_for BIGINT NOT NULL CHECK (votes_for >= 0),
    households BIGINT NOT NULL CHECK (households >= votes_for),
    recognised_by TEXT COLLATE "C",
    recognised_on TEXT COLLATE "C" CHECK (recognised_on >= adopted_on),
    UNIQUE (territory_id, version)) ;
CREATE TABLE area_model (
    id UUID NOT NULL PRIMARY KEY,
    territory_id UUID NOT NULL REFERENCES area (territory_id),
    name TEXT COLLATE "C" NOT NULL CHECK (name <> ''),
    sort_key TEXT COLLATE "C" NOT NULL,
    since BIGINT CHECK (since BETWEEN 1900 AND 2200),
    looked_on TEXT COLLATE "C",
    is_alive BOOLEAN) ;
CREATE INDEX area_model_of_area ON area_model (territory_id, sort_key);
CREATE TABLE area_occasion (
    id UUID NOT NULL PRIMARY KEY,
    territory_id UUID NOT NULL REFERENCES area (territory_id),
    kind TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL CHECK (name <> ''),
    starts_on TEXT COLLATE "C" NOT NULL,
    ends_on TEXT COLLATE "C" NOT NULL CHECK (ends_on >= starts_on),
    is_yearly BOOLEAN NOT NULL,
    note TEXT COLLATE "C") ;
CREATE INDEX area_occasion_of_area ON area_occasion (territory_id, starts_on);

-- organisation.0006-placement
CREATE TABLE organisation_place (
    organisation_id UUID NOT NULL REFERENCES organisation (id),
    valid_from TEXT COLLATE "C" NOT NULL,
    valid_until TEXT COLLATE "C" CHECK (valid_until >= valid_from),
    territory_id UUID NOT NULL REFERENCES territory (id),
    parent_id UUID REFERENCES organisation (id),
    PRIMARY KEY (organisation_id, valid_from)) ;
INSERT INTO organisation_place (organisation_id, valid_from, valid_until, territory_id, parent_id)
SELECT id, valid_from, valid_until, territory_id, parent_id FROM organisation;
CREATE TABLE organisation_successor (
    organisation_id UUID NOT NULL REFERENCES organisation (id),
    into_id UUID NOT NULL REFERENCES organisation (id),
    day TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (organisation_id, into_id)) ;
CREATE INDEX organisation_successor_into ON organisation_successor (into_id);

-- organisation.0007-saved-view
CREATE TABLE saved_view (
    id UUID NOT NULL PRIMARY KEY,
    person_id UUID NOT NULL,
    list TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL CHECK (name <> ''),
    sort_key TEXT COLLATE "C" NOT NULL,
    query TEXT COLLATE "C" NOT NULL,
    made_at BIGINT NOT NULL,
    UNIQUE (person_id, list, name)) ;

-- people.0001-person-account-role
CREATE TABLE person (
    id UUID PRIMARY KEY, name TEXT COLLATE "C" NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    sort_key TEXT COLLATE "C" NOT NULL, search_key TEXT COLLATE "C" NOT NULL,
    birth_year BIGINT CHECK (birth_year BETWEEN 1900 AND 2200),
    phone TEXT COLLATE "C" CHECK (length(phone) BETWEEN 8 AND 15),
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
    assigned_by UUID REFERENCES person (id),
    stands_for UUID REFERENCES role_assignment (id), helps UUID REFERENCES role_assignment (id))
    ;
CREATE INDEX role_assignment_standing_for ON role_assignment (stands_for) WHERE stands_for IS NOT NULL;
CREATE INDEX role_assignment_helping ON role_assignment (helps) WHERE helps IS NOT NULL;
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
    ended_at BIGINT, device TEXT COLLATE "C" NOT NULL,
    device_hash BYTEA CHECK (length(device_hash) = 32)) ;
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

-- people.0003-second-step-and-pin
CREATE TABLE totp (
    person_id UUID NOT NULL PRIMARY KEY REFERENCES account (person_id),
    secret BYTEA NOT NULL CHECK (length(secret) = 20), made_at BIGINT NOT NULL,
    confirmed_at BIGINT, last_step BIGINT NOT NULL) ;
CREATE TABLE recovery_code (
    person_id UUID NOT NULL REFERENCES account (person_id),
    number BIGINT NOT NULL CHECK (number BETWEEN 1 AND 10),
    code_hash BYTEA NOT NULL, used_at BIGINT, PRIMARY KEY (person_id, number)) ;
CREATE TABLE sign_in_step (
    token_hash BYTEA NOT NULL PRIMARY KEY CHECK (length(token_hash) = 32),
    person_id UUID NOT NULL REFERENCES account (person_id),
    account_revision BIGINT NOT NULL, next TEXT COLLATE "C" NOT NULL,
    is_own_device BOOLEAN NOT NULL CHECK (is_own_device IN (FALSE, TRUE)),
    expires_at BIGINT NOT NULL) ;
CREATE TABLE device_pin (
    device_hash BYTEA NOT NULL PRIMARY KEY CHECK (length(device_hash) = 32),
    person_id UUID NOT NULL REFERENCES account (person_id), pin_hash TEXT COLLATE "C" NOT NULL,
    tries BIGINT NOT NULL CHECK (tries BETWEEN 0 AND 5), set_at BIGINT NOT NULL)
    ;
CREATE INDEX device_pin_of_person ON device_pin (person_id);

-- people.0004-view-and-correction
CREATE TABLE person_view (
    id UUID NOT NULL PRIMARY KEY, person_id UUID NOT NULL REFERENCES person (id),
    viewer_id UUID NOT NULL REFERENCES person (id), role TEXT COLLATE "C" NOT NULL,
    giver_id UUID REFERENCES person (id), at BIGINT NOT NULL) ;
CREATE INDEX person_view_of_person ON person_view (person_id, at);
CREATE TABLE correction (
    id UUID NOT NULL PRIMARY KEY, person_id UUID NOT NULL REFERENCES person (id),
    territory_id UUID NOT NULL REFERENCES territory (id), asked TEXT COLLATE "C" NOT NULL CHECK (asked <> ''),
    asked_at BIGINT NOT NULL, due TEXT COLLATE "C" NOT NULL, answer TEXT COLLATE "C",
    outcome TEXT COLLATE "C" CHECK (outcome IN ('corrected', 'kept')), answered_at BIGINT,
    answered_by UUID REFERENCES person (id), revision BIGINT NOT NULL) ;
CREATE INDEX correction_of_person ON correction (person_id, asked_at);
CREATE INDEX correction_open ON correction (due, id) WHERE answered_at IS NULL;

-- people.0005-import
CREATE TABLE people_import (
    id UUID NOT NULL PRIMARY KEY, territory_id UUID NOT NULL REFERENCES territory (id),
    file_name TEXT COLLATE "C" NOT NULL, state TEXT COLLATE "C" NOT NULL CHECK (state IN ('previewed', 'done', 'undone')),
    row_count BIGINT NOT NULL, added BIGINT NOT NULL, given BIGINT NOT NULL,
    unchanged BIGINT NOT NULL, faults BIGINT NOT NULL, warnings BIGINT NOT NULL,
    columns_read TEXT COLLATE "C" NOT NULL, columns_unknown TEXT COLLATE "C" NOT NULL, made_at BIGINT NOT NULL,
    made_by UUID REFERENCES person (id), done_at BIGINT, undone_at BIGINT,
    revision BIGINT NOT NULL) ;
CREATE INDEX people_import_by_time ON people_import (made_at, id);
CREATE TABLE people_import_row (
    batch_id UUID NOT NULL REFERENCES people_import (id), number BIGINT NOT NULL,
    is_new BOOLEAN NOT NULL CHECK (is_new IN (FALSE, TRUE)), person_id UUID NOT NULL,
    role_id UUID NOT NULL, name TEXT COLLATE "C" NOT NULL, birth_year BIGINT, phone TEXT COLLATE "C",
    sign_in_name TEXT COLLATE "C", role TEXT COLLATE "C" NOT NULL, organisation_id UUID NOT NULL,
    territory_id UUID NOT NULL, valid_from TEXT COLLATE "C" NOT NULL, valid_until TEXT COLLATE "C",
    PRIMARY KEY (batch_id, number)) ;
CREATE TABLE people_import_remark (
    batch_id UUID NOT NULL REFERENCES people_import (id), number BIGINT NOT NULL,
    is_fault BOOLEAN NOT NULL, sheet TEXT COLLATE "C" NOT NULL, line BIGINT NOT NULL,
    column_letters TEXT COLLATE "C", key TEXT COLLATE "C" NOT NULL, arguments TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (batch_id, number)) ;

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
    effective_to TEXT COLLATE "C" CHECK (effective_to >= effective_from),
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
    giver_id UUID REFERENCES person (id),
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
    piece_id UUID NOT NULL,
    version BIGINT NOT NULL CHECK (version > 0),
    dossier_id UUID NOT NULL REFERENCES dossier (id),
    kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('picture', 'document', 'witness', 'visit')),
    side TEXT COLLATE "C" NOT NULL CHECK (side IN ('self', 'check')),
    address TEXT COLLATE "C" CHECK (length(address) = 64),
    thumbnail TEXT COLLATE "C" CHECK (length(thumbnail) = 64),
    file_kind TEXT COLLATE "C" CHECK (file_kind IN ('jpeg', 'pdf', 'docx', 'xlsx')),
    file_name TEXT COLLATE "C",
    width BIGINT CHECK (width > 0),
    height BIGINT CHECK (height > 0),
    bytes BIGINT CHECK (bytes > 0),
    line_count BIGINT CHECK (line_count > 0),
    office TEXT COLLATE "C" CHECK (office <> ''),
    seen_on TEXT COLLATE "C" CHECK (length(seen_on) = 10),
    seen TEXT COLLATE "C" CHECK (seen <> ''),
    note TEXT COLLATE "C" CHECK (note <> ''),
    added_by UUID REFERENCES person (id),
    at BIGINT NOT NULL,
    released_at BIGINT,
    replaced_at BIGINT,
    removed_at BIGINT,
    removed_by UUID REFERENCES person (id),
    UNIQUE (piece_id, version),
    CHECK (version > 1 OR piece_id = id),
    CHECK (released_at IS NULL OR (kind = 'picture' AND replaced_at IS NULL)),
    CHECK (CASE kind
           WHEN 'picture' THEN address IS NOT NULL AND thumbnail IS NOT NULL AND width IS NOT NULL
                AND height IS NOT NULL AND bytes IS NOT NULL AND file_name IS NOT NULL
           WHEN 'document' THEN address IS NOT NULL AND file_kind IS NOT NULL AND bytes IS NOT NULL
                AND file_name IS NOT NULL
           ELSE office IS NOT NULL AND seen_on IS NOT NULL AND seen IS NOT NULL END)) ;
CREATE INDEX evidence_of_dossier ON evidence (dossier_id, at);
CREATE INDEX evidence_by_address ON evidence (address);
CREATE INDEX evidence_by_thumbnail ON evidence (thumbnail);
CREATE TABLE evidence_origin (
    evidence_id UUID NOT NULL PRIMARY KEY REFERENCES evidence (id),
    taken_at TEXT COLLATE "C",
    latitude BIGINT CHECK (latitude BETWEEN -90000000 AND 90000000),
    longitude BIGINT CHECK (longitude BETWEEN -180000000 AND 180000000)) ;
CREATE TABLE evidence_use (
    piece_id UUID NOT NULL REFERENCES evidence (id),
    code TEXT COLLATE "C" NOT NULL CHECK (code <> ''),
    PRIMARY KEY (piece_id, code)) ;

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

-- recognition.0004-steps
INSERT INTO dossier_state (name) VALUES ('reviewing'), ('posted'), ('forwarded'), ('appraised');

-- recognition.0005-review
ALTER TABLE indicator_value ADD COLUMN waits_since BIGINT;
ALTER TABLE indicator_value ADD COLUMN confirmed_by UUID REFERENCES person (id);
ALTER TABLE indicator_value ADD COLUMN confirmed_at BIGINT;
CREATE TABLE review_sitting (
    id UUID NOT NULL PRIMARY KEY,
    dossier_id UUID NOT NULL REFERENCES dossier (id),
    day TEXT COLLATE "C" NOT NULL CHECK (length(day) = 10),
    venue TEXT COLLATE "C" NOT NULL CHECK (venue <> ''),
    chair TEXT COLLATE "C" NOT NULL CHECK (chair <> ''),
    secretary TEXT COLLATE "C" NOT NULL CHECK (secretary <> ''),
    present BIGINT NOT NULL CHECK (present > 0),
    households BIGINT NOT NULL CHECK (households >= present),
    needed BIGINT NOT NULL CHECK (needed > 0),
    needed_votes BIGINT NOT NULL CHECK (needed_votes > 0),
    minutes TEXT COLLATE "C" NOT NULL,
    recorded_by UUID REFERENCES person (id),
    at BIGINT NOT NULL,
    replaced_at BIGINT) ;
CREATE INDEX review_sitting_of_dossier ON review_sitting (dossier_id, day);
CREATE TABLE review_vote (
    sitting_id UUID NOT NULL REFERENCES review_sitting (id),
    code TEXT COLLATE "C" NOT NULL CHECK (code <> ''),
    households BIGINT NOT NULL CHECK (households >= 0),
    PRIMARY KEY (sitting_id, code)) ;
CREATE TABLE review_work (
    sitting_id UUID NOT NULL REFERENCES review_sitting (id),
    code TEXT COLLATE "C" NOT NULL CHECK (code <> ''),
    word TEXT COLLATE "C" NOT NULL CHECK (word <> ''),
    written_by UUID REFERENCES person (id),
    at BIGINT NOT NULL,
    PRIMARY KEY (sitting_id, code)) ;
CREATE TABLE posting (
    id UUID NOT NULL PRIMARY KEY,
    dossier_id UUID NOT NULL REFERENCES dossier (id),
    posted_from TEXT COLLATE "C" NOT NULL CHECK (length(posted_from) = 10),
    posted_last TEXT COLLATE "C" NOT NULL CHECK (posted_last >= posted_from),
    posted_by UUID REFERENCES person (id),
    at BIGINT NOT NULL,
    households BIGINT NOT NULL CHECK (households > 0),
    handed_out BIGINT CHECK (handed_out BETWEEN 1 AND households),
    handed_out_at BIGINT,
    revision BIGINT NOT NULL CHECK (revision > 0),
    replaced_at BIGINT) ;
CREATE UNIQUE INDEX posting_current ON posting (dossier_id) WHERE replaced_at IS NULL;
CREATE TABLE ballot_entry (
    posting_id UUID NOT NULL REFERENCES posting (id),
    place BIGINT NOT NULL CHECK (place IN (1, 2)),
    version BIGINT NOT NULL CHECK (version > 0),
    returned BIGINT NOT NULL CHECK (returned >= valid),
    valid BIGINT NOT NULL CHECK (valid = satisfied + unsatisfied + no_opinion),
    satisfied BIGINT NOT NULL CHECK (satisfied >= 0),
    unsatisfied BIGINT NOT NULL CHECK (unsatisfied >= 0),
    no_opinion BIGINT NOT NULL CHECK (no_opinion >= 0),
    counters TEXT COLLATE "C" NOT NULL CHECK (counters <> ''),
    entered_by UUID REFERENCES person (id),
    at BIGINT NOT NULL,
    PRIMARY KEY (posting_id, place, version)) ;
CREATE TABLE posting_comment (
    id UUID NOT NULL PRIMARY KEY,
    posting_id UUID NOT NULL REFERENCES posting (id),
    said TEXT COLLATE "C" NOT NULL CHECK (said <> ''),
    contact TEXT COLLATE "C" CHECK (contact <> ''),
    at BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('received', 'passed', 'aside', 'sealed')),
    shown TEXT COLLATE "C" CHECK (shown <> ''),
    why TEXT COLLATE "C" CHECK (why <> ''),
    moderated_by UUID REFERENCES person (id),
    moderated_at BIGINT,
    answer TEXT COLLATE "C" CHECK (answer <> ''),
    answered_by UUID REFERENCES person (id),
    answered_at BIGINT,
    revision BIGINT NOT NULL CHECK (revision > 0),
    CHECK (state <> 'passed' OR shown IS NOT NULL),
    CHECK (answer IS NULL OR state = 'passed')) ;
CREATE INDEX posting_comment_by_state ON posting_comment (posting_id, state);
CREATE TABLE posting_attempt (
    bucket TEXT COLLATE "C" NOT NULL,
    slot BIGINT NOT NULL,
    count BIGINT NOT NULL CHECK (count > 0),
    PRIMARY KEY (bucket, slot)) ;

-- recognition.0006-panel
CREATE TABLE submission (
    id UUID NOT NULL PRIMARY KEY,
    territory_id UUID NOT NULL REFERENCES territory (id),
    organisation_id UUID NOT NULL REFERENCES organisation (id),
    year BIGINT NOT NULL CHECK (year BETWEEN 1900 AND 2200),
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('draft', 'sent')),
    body TEXT COLLATE "C" NOT NULL CHECK (body <> ''),
    number TEXT COLLATE "C" CHECK (number <> ''),
    number_key TEXT COLLATE "C",
    number_year BIGINT,
    day TEXT COLLATE "C" CHECK (length(day) = 10),
    signer TEXT COLLATE "C" CHECK (signer <> ''),
    signer_office TEXT COLLATE "C" CHECK (signer_office <> ''),
    drafted_by UUID REFERENCES person (id),
    drafted_at BIGINT NOT NULL,
    sent_by UUID REFERENCES person (id),
    sent_at BIGINT,
    revision BIGINT NOT NULL CHECK (revision > 0),
    CHECK (state = 'draft' OR (number IS NOT NULL AND number_key IS NOT NULL AND number_year IS NOT NULL
           AND day IS NOT NULL AND signer IS NOT NULL AND sent_at IS NOT NULL))) ;
CREATE UNIQUE INDEX submission_number ON submission (organisation_id, number_year, number_key);
CREATE INDEX submission_in_order ON submission (territory_id, drafted_at, id);
CREATE TABLE submission_item (
    submission_id UUID NOT NULL REFERENCES submission (id),
    dossier_id UUID NOT NULL REFERENCES dossier (id),
    points BIGINT,
    PRIMARY KEY (submission_id, dossier_id)) ;
CREATE INDEX submission_item_of_dossier ON submission_item (dossier_id);
CREATE TABLE panel (
    id UUID NOT NULL PRIMARY KEY,
    territory_id UUID NOT NULL REFERENCES territory (id),
    organisation_id UUID NOT NULL REFERENCES organisation (id),
    name TEXT COLLATE "C" NOT NULL CHECK (name <> ''),
    year BIGINT NOT NULL CHECK (year BETWEEN 1900 AND 2200),
    formed_by UUID REFERENCES person (id),
    formed_at BIGINT NOT NULL,
    revision BIGINT NOT NULL CHECK (revision > 0)) ;
CREATE INDEX panel_in_order ON panel (territory_id, formed_at, id);
CREATE TABLE panel_member (
    panel_id UUID NOT NULL REFERENCES panel (id),
    person_id UUID NOT NULL REFERENCES person (id),
    duty TEXT COLLATE "C" NOT NULL CHECK (duty IN ('chair', 'secretary', 'member')),
    PRIMARY KEY (panel_id, person_id)) ;
CREATE INDEX panel_member_by_person ON panel_member (person_id);
CREATE TABLE appraisal (
    id UUID NOT NULL PRIMARY KEY,
    panel_id UUID NOT NULL REFERENCES panel (id),
    dossier_id UUID NOT NULL REFERENCES dossier (id),
    round BIGINT NOT NULL,
    taken_at BIGINT NOT NULL,
    closed_at BIGINT,
    closed_by UUID REFERENCES person (id),
    ended_at BIGINT,
    ended_by UUID REFERENCES person (id),
    conclusion TEXT COLLATE "C" CHECK (conclusion IN ('passes', 'passesNot', 'returned')),
    reason TEXT COLLATE "C" CHECK (reason <> ''),
    remark TEXT COLLATE "C" CHECK (remark <> ''),
    UNIQUE (dossier_id, round),
    CHECK ((ended_at IS NULL) = (conclusion IS NULL))) ;
CREATE INDEX appraisal_of_panel ON appraisal (panel_id, dossier_id);
CREATE TABLE appraisal_declaration (
    appraisal_id UUID NOT NULL REFERENCES appraisal (id),
    person_id UUID NOT NULL REFERENCES person (id),
    declared TEXT COLLATE "C" NOT NULL CHECK (declared IN ('none', 'resident', 'conflict')),
    reason TEXT COLLATE "C" CHECK (reason <> ''),
    at BIGINT NOT NULL,
    PRIMARY KEY (appraisal_id, person_id),
    CHECK (declared <> 'conflict' OR reason IS NOT NULL)) ;
CREATE TABLE appraisal_score (
    appraisal_id UUID NOT NULL REFERENCES appraisal (id),
    code TEXT COLLATE "C" NOT NULL CHECK (code <> ''),
    person_id UUID NOT NULL REFERENCES person (id),
    value_kind TEXT COLLATE "C" NOT NULL CHECK (value_kind IN ('yes', 'quantity', 'grade', 'na')),
    value_number BIGINT,
    value_text TEXT COLLATE "C",
    note TEXT COLLATE "C" CHECK (note <> ''),
    at BIGINT NOT NULL,
    PRIMARY KEY (appraisal_id, code, person_id)) ;
CREATE INDEX appraisal_score_by_person ON appraisal_score (person_id);
CREATE TABLE appraisal_settlement (
    appraisal_id UUID NOT NULL REFERENCES appraisal (id),
    code TEXT COLLATE "C" NOT NULL CHECK (code <> ''),
    value_kind TEXT COLLATE "C" NOT NULL CHECK (value_kind IN ('yes', 'quantity', 'grade', 'na')),
    value_number BIGINT,
    value_text TEXT COLLATE "C",
    reason TEXT COLLATE "C" NOT NULL CHECK (reason <> ''),
    settled_by UUID REFERENCES person (id),
    at BIGINT NOT NULL,
    PRIMARY KEY (appraisal_id, code)) ;
CREATE TABLE visit (
    id UUID NOT NULL PRIMARY KEY,
    appraisal_id UUID NOT NULL REFERENCES appraisal (id),
    day TEXT COLLATE "C" NOT NULL CHECK (length(day) = 10),
    others TEXT COLLATE "C" CHECK (others <> ''),
    remark TEXT COLLATE "C" CHECK (remark <> ''),
    recorded_by UUID REFERENCES person (id),
    at BIGINT NOT NULL) ;
CREATE INDEX visit_of_appraisal ON visit (appraisal_id, day);
CREATE TABLE visit_member (
    visit_id UUID NOT NULL REFERENCES visit (id),
    person_id UUID NOT NULL REFERENCES person (id),
    PRIMARY KEY (visit_id, person_id)) ;
CREATE TABLE visit_look (
    visit_id UUID NOT NULL REFERENCES visit (id),
    code TEXT COLLATE "C" NOT NULL CHECK (code <> ''),
    result TEXT COLLATE "C" NOT NULL CHECK (result IN ('asWritten', 'otherwise', 'unclear')),
    note TEXT COLLATE "C" CHECK (note <> ''),
    PRIMARY KEY (visit_id, code)) ;
CREATE TABLE certificate (
    title_id UUID NOT NULL PRIMARY KEY REFERENCES title_grant (id),
    given_on TEXT COLLATE "C" NOT NULL CHECK (length(given_on) = 10),
    occasion TEXT COLLATE "C" CHECK (occasion <> ''),
    recorded_by UUID REFERENCES person (id),
    at BIGINT NOT NULL) ;
