-- Drawn from the migrations in Sources; `make access` draws it anew.

-- database.0001-lane-operation-audit
CREATE TABLE lane (
    id BIGINT PRIMARY KEY, holder UUID NOT NULL, held_at BIGINT NOT NULL,
    head_number BIGINT NOT NULL, head_link BYTEA NOT NULL) ;
CREATE TABLE operation (
    id UUID PRIMARY KEY, fingerprint BYTEA NOT NULL,
    actor_id UUID, at BIGINT NOT NULL, receipt TEXT COLLATE "C" NOT NULL,
    seconds BIGINT CHECK (seconds BETWEEN 0 AND 600)) ;
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
    PRIMARY KEY (subject_kind, word, sort_key, subject_id, territory_id) INCLUDE (content)) ;
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
    recognition_document TEXT COLLATE "C" CHECK (recognition_document <> ''),
    UNIQUE (territory_id, version)) ;
CREATE TABLE area_model (
    id UUID NOT NULL PRIMARY KEY,
    territory_id UUID NOT NULL REFERENCES area (territory_id),
    name TEXT COLLATE "C" NOT NULL CHECK (name <> ''),
    sort_key TEXT COLLATE "C" NOT NULL,
    since BIGINT CHECK (since BETWEEN 1900 AND 2200),
    looked_on TEXT COLLATE "C",
    is_alive BOOLEAN,
    kind TEXT COLLATE "C" NOT NULL,
    search_key TEXT COLLATE "C" NOT NULL,
    size BIGINT CHECK (size > 0),
    unit TEXT COLLATE "C" CHECK (unit <> ''),
    CHECK (size IS NULL OR unit IS NOT NULL)) ;
CREATE INDEX area_model_of_area ON area_model (territory_id, sort_key);
CREATE TABLE area_model_look (
    id UUID NOT NULL PRIMARY KEY,
    model_id UUID NOT NULL REFERENCES area_model (id),
    looked_on TEXT COLLATE "C" NOT NULL,
    is_alive BOOLEAN NOT NULL,
    words TEXT COLLATE "C" CHECK (words <> ''),
    looked_by UUID NOT NULL,
    organisation_id UUID NOT NULL REFERENCES organisation (id),
    at BIGINT NOT NULL) ;
CREATE INDEX area_model_look_of_model ON area_model_look (model_id, looked_on);
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

-- organisation.0008-region
ALTER TABLE area ADD COLUMN region TEXT COLLATE "C";
ALTER TABLE area_year ADD COLUMN region TEXT COLLATE "C";

-- organisation.0009-strength
CREATE TABLE area_strength (
    territory_id UUID NOT NULL REFERENCES area (territory_id),
    year BIGINT NOT NULL CHECK (year BETWEEN 1900 AND 2200),
    kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('front_work_committee', 'party_cell', 'farmers', 'women',
        'veterans', 'youth', 'elderly', 'labour', 'red_cross', 'study_promotion')),
    members BIGINT NOT NULL CHECK (members >= 0),
    PRIMARY KEY (territory_id, year, kind)) ;

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

-- people.0006-sealed-secret
CREATE TABLE sealed_totp (
    person_id UUID NOT NULL PRIMARY KEY REFERENCES account (person_id),
    secret BYTEA NOT NULL CHECK (length(secret) IN (20, 48)), made_at BIGINT NOT NULL,
    confirmed_at BIGINT, last_step BIGINT NOT NULL) ;
INSERT INTO sealed_totp (person_id, secret, made_at, confirmed_at, last_step)
SELECT person_id, secret, made_at, confirmed_at, last_step FROM totp;
DROP TABLE totp;
ALTER TABLE sealed_totp RENAME TO totp;

-- people.0007-handover
CREATE TABLE handover (
    id UUID NOT NULL PRIMARY KEY,
    territory_id UUID NOT NULL REFERENCES territory (id),
    organisation_id UUID NOT NULL REFERENCES organisation (id),
    role_id UUID NOT NULL REFERENCES role_assignment (id),
    role TEXT COLLATE "C" NOT NULL CHECK (role <> ''),
    giver_id UUID NOT NULL REFERENCES person (id),
    receiver_id UUID REFERENCES person (id),
    receiver_name TEXT COLLATE "C" NOT NULL CHECK (receiver_name <> ''),
    receiver_birth_year BIGINT CHECK (receiver_birth_year BETWEEN 1900 AND 2200),
    day TEXT COLLATE "C" NOT NULL CHECK (length(day) = 10),
    papers TEXT COLLATE "C" CHECK (papers <> ''),
    money TEXT COLLATE "C" CHECK (money <> ''),
    keys TEXT COLLATE "C" CHECK (keys <> ''),
    remarks TEXT COLLATE "C" CHECK (remarks <> ''),
    open_work TEXT COLLATE "C" NOT NULL,
    drawn_by UUID NOT NULL REFERENCES person (id),
    drawn_at BIGINT NOT NULL,
    completed_by UUID REFERENCES person (id),
    completed_at BIGINT,
    new_role_id UUID REFERENCES role_assignment (id),
    withdrawn_by UUID REFERENCES person (id),
    withdrawn_at BIGINT,
    revision BIGINT NOT NULL CHECK (revision > 0),
    CHECK (receiver_id IS NULL OR receiver_id <> giver_id),
    CHECK ((completed_at IS NULL) = (new_role_id IS NULL)),
    CHECK (completed_at IS NULL OR withdrawn_at IS NULL)) ;
CREATE UNIQUE INDEX handover_open ON handover (role_id)
WHERE completed_at IS NULL AND withdrawn_at IS NULL;
CREATE INDEX handover_of_territory ON handover (territory_id, id);
CREATE INDEX handover_of_giver ON handover (giver_id);
CREATE INDEX handover_of_receiver ON handover (receiver_id);

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
ALTER TABLE criteria_set ADD COLUMN document_number TEXT COLLATE "C" CHECK (document_number <> '');
ALTER TABLE criteria_set ADD COLUMN document_day TEXT COLLATE "C" CHECK (length(document_day) = 10);

-- criteria.0002-rules
CREATE TABLE rules_document (
    id UUID NOT NULL PRIMARY KEY,
    code TEXT COLLATE "C" NOT NULL CHECK (code <> ''),
    version BIGINT NOT NULL CHECK (version >= 1),
    status TEXT COLLATE "C" NOT NULL CHECK (status IN ('draft', 'published', 'superseded')),
    label TEXT COLLATE "C" NOT NULL CHECK (label IN ('real', 'demonstration', 'namesOnly')),
    name_vi TEXT COLLATE "C" NOT NULL CHECK (name_vi <> ''),
    name_en TEXT COLLATE "C" NOT NULL,
    issuer TEXT COLLATE "C" NOT NULL,
    subject TEXT COLLATE "C" NOT NULL CHECK (subject IN ('residentialArea', 'commune', 'district', 'province')),
    effective_from TEXT COLLATE "C" NOT NULL CHECK (length(effective_from) = 10),
    effective_to TEXT COLLATE "C" CHECK (effective_to >= effective_from),
    territory_id UUID NOT NULL REFERENCES territory (id),
    source TEXT COLLATE "C" NOT NULL,
    digest BYTEA NOT NULL,
    document_number TEXT COLLATE "C" CHECK (document_number <> ''),
    document_day TEXT COLLATE "C" CHECK (length(document_day) = 10),
    created_by UUID,
    created_at BIGINT NOT NULL,
    published_by UUID,
    published_at BIGINT,
    superseded_by UUID REFERENCES rules_document (id),
    revision BIGINT NOT NULL,
    UNIQUE (code, version),
    CHECK ((status = 'draft') = (published_at IS NULL)),
    CHECK ((status = 'superseded') = (superseded_by IS NOT NULL))) ;
CREATE INDEX rules_document_by_subject ON rules_document (subject, effective_from);
CREATE INDEX rules_document_by_territory ON rules_document (territory_id);

-- criteria.0003-taken-on
CREATE TABLE consultation (
    id UUID NOT NULL PRIMARY KEY,
    territory_id UUID NOT NULL REFERENCES territory (id),
    criteria_set_id UUID NOT NULL REFERENCES criteria_set (id),
    day TEXT COLLATE "C" NOT NULL CHECK (length(day) = 10),
    until_day TEXT COLLATE "C" NOT NULL CHECK (until_day > day),
    conclusion TEXT COLLATE "C" NOT NULL CHECK (conclusion <> ''),
    recorded_by UUID REFERENCES person (id),
    at BIGINT NOT NULL) ;
CREATE INDEX consultation_of_territory ON consultation (territory_id, day);
CREATE TABLE consultation_body (
    consultation_id UUID NOT NULL REFERENCES consultation (id),
    organisation_id UUID NOT NULL REFERENCES organisation (id),
    PRIMARY KEY (consultation_id, organisation_id)) ;
CREATE TABLE taken_criterion (
    id UUID NOT NULL PRIMARY KEY,
    consultation_id UUID NOT NULL REFERENCES consultation (id),
    territory_id UUID NOT NULL REFERENCES territory (id),
    organisation_id UUID NOT NULL REFERENCES organisation (id),
    code TEXT COLLATE "C" NOT NULL CHECK (code <> ''),
    target TEXT COLLATE "C" NOT NULL CHECK (target <> ''),
    target_number BIGINT,
    taken_by UUID REFERENCES person (id),
    taken_at BIGINT NOT NULL,
    outcome TEXT COLLATE "C" CHECK (outcome IN ('met', 'partly', 'unmet')),
    review TEXT COLLATE "C" CHECK (review <> ''),
    reached_number BIGINT,
    early_why TEXT COLLATE "C" CHECK (early_why <> ''),
    reviewed_by UUID REFERENCES person (id),
    reviewed_at BIGINT,
    mistake_why TEXT COLLATE "C" CHECK (mistake_why <> ''),
    mistaken_by UUID REFERENCES person (id),
    mistaken_at BIGINT,
    revision BIGINT NOT NULL CHECK (revision > 0),
    CHECK ((outcome IS NULL) = (review IS NULL)),
    CHECK ((mistaken_at IS NULL) = (mistake_why IS NULL)),
    CHECK (mistaken_at IS NULL OR outcome IS NULL)) ;
CREATE UNIQUE INDEX taken_criterion_standing
ON taken_criterion (consultation_id, territory_id, organisation_id, code) WHERE mistaken_at IS NULL;
CREATE INDEX taken_criterion_of_consultation ON taken_criterion (consultation_id);
CREATE INDEX taken_criterion_of_territory ON taken_criterion (territory_id, code);
CREATE INDEX taken_criterion_of_organisation ON taken_criterion (organisation_id);

-- ballots.0001-ballot
CREATE TABLE ballot (
    id UUID NOT NULL PRIMARY KEY,
    territory_id UUID NOT NULL REFERENCES territory (id),
    kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('recognition', 'practice')),
    subject_id UUID,
    title_vi TEXT COLLATE "C" NOT NULL,
    title_en TEXT COLLATE "C" NOT NULL,
    year BIGINT NOT NULL CHECK (year BETWEEN 2000 AND 2200),
    questions TEXT COLLATE "C" NOT NULL,
    households BIGINT NOT NULL CHECK (households > 0),
    paper BIGINT NOT NULL CHECK (paper BETWEEN 0 AND households),
    opens_on TEXT COLLATE "C" NOT NULL CHECK (length(opens_on) = 10),
    last_on TEXT COLLATE "C" NOT NULL CHECK (last_on >= opens_on),
    public_key BYTEA NOT NULL CHECK (length(public_key) = 32),
    codes_mark BYTEA NOT NULL CHECK (length(codes_mark) = 32),
    opened_by UUID REFERENCES person (id),
    at BIGINT NOT NULL,
    closed_at BIGINT,
    closed_by UUID REFERENCES person (id),
    given_up_why TEXT COLLATE "C" CHECK (given_up_why <> ''),
    spoilt BIGINT NOT NULL CHECK (spoilt >= 0),
    result_text TEXT COLLATE "C",
    result_hash TEXT COLLATE "C" CHECK (length(result_hash) = 64),
    revision BIGINT NOT NULL CHECK (revision > 0),
    CHECK ((result_text IS NULL) = (result_hash IS NULL))) ;
CREATE INDEX ballot_of_territory ON ballot (territory_id, opens_on);
CREATE INDEX ballot_open ON ballot (last_on) WHERE closed_at IS NULL;
CREATE UNIQUE INDEX ballot_of_subject ON ballot (subject_id) WHERE given_up_why IS NULL;
CREATE TABLE ballot_extension (
    ballot_id UUID NOT NULL REFERENCES ballot (id),
    last_before TEXT COLLATE "C" NOT NULL CHECK (length(last_before) = 10),
    last_after TEXT COLLATE "C" NOT NULL CHECK (last_after > last_before),
    reason TEXT COLLATE "C" NOT NULL CHECK (reason <> ''),
    extended_by UUID REFERENCES person (id),
    at BIGINT NOT NULL,
    PRIMARY KEY (ballot_id, last_before)) ;
CREATE TABLE ballot_batch (
    id UUID NOT NULL PRIMARY KEY,
    ballot_id UUID NOT NULL REFERENCES ballot (id),
    kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('household', 'spare')),
    codes BIGINT NOT NULL CHECK (codes > 0),
    issued_by UUID REFERENCES person (id),
    at BIGINT NOT NULL,
    cancelled_at BIGINT,
    cancelled_by UUID REFERENCES person (id)) ;
CREATE INDEX ballot_batch_of_ballot ON ballot_batch (ballot_id, at);
CREATE TABLE ballot_code (
    mark BYTEA NOT NULL PRIMARY KEY CHECK (length(mark) = 32),
    batch_id UUID NOT NULL REFERENCES ballot_batch (id),
    is_burnt BOOLEAN NOT NULL) ;
CREATE INDEX ballot_code_of_batch ON ballot_code (batch_id, is_burnt);
CREATE TABLE ballot_seal (
    id UUID NOT NULL PRIMARY KEY,
    ballot_id UUID NOT NULL REFERENCES ballot (id),
    sealed BYTEA NOT NULL) ;
CREATE INDEX ballot_seal_of_ballot ON ballot_seal (ballot_id);
CREATE TABLE ballot_answer (
    ballot_id UUID NOT NULL REFERENCES ballot (id),
    answers TEXT COLLATE "C" NOT NULL CHECK (answers <> ''),
    id UUID NOT NULL,
    PRIMARY KEY (ballot_id, answers, id)) ;
CREATE TABLE ballot_attempt (
    bucket TEXT COLLATE "C" NOT NULL, slot BIGINT NOT NULL, count BIGINT NOT NULL,
    PRIMARY KEY (bucket, slot)) ;

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
    households BIGINT CHECK (households > 0),
    criteria_set_id UUID NOT NULL REFERENCES criteria_set (id),
    state TEXT COLLATE "C" NOT NULL REFERENCES dossier_state (name),
    state_since BIGINT NOT NULL,
    due_on TEXT COLLATE "C" CHECK (length(due_on) = 10),
    round BIGINT NOT NULL CHECK (round >= 0),
    registered_at BIGINT NOT NULL,
    revision BIGINT NOT NULL CHECK (revision > 0),
    UNIQUE (territory_id, year, title, level)) ;
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
    outcome TEXT COLLATE "C" NOT NULL CHECK (outcome IN ('saved', 'conflict', 'undone')),
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
    giver_id UUID REFERENCES person (id),
    at BIGINT NOT NULL,
    released_at BIGINT,
    children TEXT COLLATE "C" CHECK (children IN ('none', 'covered')),
    plates TEXT COLLATE "C" CHECK (plates IN ('none', 'covered')),
    replaced_at BIGINT,
    removed_at BIGINT,
    removed_by UUID REFERENCES person (id),
    UNIQUE (piece_id, version),
    CHECK (version > 1 OR piece_id = id),
    CHECK (released_at IS NULL OR (kind = 'picture' AND replaced_at IS NULL)),
    CHECK (released_at IS NULL OR (children IS NOT NULL AND plates IS NOT NULL)),
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
CREATE UNIQUE INDEX decision_number ON decision (organisation_id, number_year, number_key, title);
CREATE INDEX decision_in_order ON decision (territory_id, drafted_at, id);
CREATE INDEX decision_by_state ON decision (state, territory_id);
CREATE TABLE decision_item (
    decision_id UUID NOT NULL REFERENCES decision (id),
    dossier_id UUID NOT NULL REFERENCES dossier (id),
    outcome TEXT COLLATE "C" NOT NULL CHECK (outcome IN ('recognised', 'refused')),
    reason TEXT COLLATE "C" CHECK (reason <> ''),
    reconsidered_at BIGINT,
    CHECK (reconsidered_at IS NULL OR outcome = 'refused'),
    PRIMARY KEY (decision_id, dossier_id),
    CHECK (outcome = 'recognised' OR reason IS NOT NULL)) ;
CREATE INDEX decision_item_of_dossier ON decision_item (dossier_id);
CREATE UNIQUE INDEX decision_item_current ON decision_item (dossier_id) WHERE reconsidered_at IS NULL;
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
CREATE TABLE dossier_households (
    id UUID NOT NULL PRIMARY KEY,
    dossier_id UUID NOT NULL REFERENCES dossier (id),
    households_from BIGINT CHECK (households_from > 0),
    households_to BIGINT NOT NULL CHECK (households_to > 0),
    reason TEXT COLLATE "C" NOT NULL CHECK (reason <> ''),
    changed_by UUID REFERENCES person (id),
    at BIGINT NOT NULL) ;
CREATE INDEX dossier_households_of_dossier ON dossier_households (dossier_id, at);
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
    list_votes BIGINT CHECK (list_votes BETWEEN 0 AND present),
    opinions TEXT COLLATE "C" NOT NULL,
    is_rest BOOLEAN NOT NULL,
    next_day TEXT COLLATE "C" CHECK (next_day > day),
    attended TEXT COLLATE "C" CHECK (attended <> ''),
    recorded_by UUID REFERENCES person (id),
    at BIGINT NOT NULL,
    replaced_at BIGINT) ;
CREATE INDEX review_sitting_of_dossier ON review_sitting (dossier_id, day);
CREATE TABLE review_vote (
    sitting_id UUID NOT NULL REFERENCES review_sitting (id),
    code TEXT COLLATE "C" NOT NULL CHECK (code <> ''),
    households BIGINT NOT NULL CHECK (households >= 0),
    disputed BOOLEAN NOT NULL,
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
CREATE INDEX posting_of_dossier ON posting (dossier_id, at);
CREATE TABLE ballot_entry (
    posting_id UUID NOT NULL REFERENCES posting (id),
    place BIGINT NOT NULL CHECK (place IN (1, 2)),
    version BIGINT NOT NULL CHECK (version > 0),
    returned BIGINT NOT NULL CHECK (returned >= valid),
    valid BIGINT NOT NULL CHECK (valid = satisfied + unsatisfied + no_opinion),
    satisfied BIGINT NOT NULL CHECK (satisfied >= 0),
    unsatisfied BIGINT NOT NULL CHECK (unsatisfied >= 0),
    no_opinion BIGINT NOT NULL CHECK (no_opinion >= 0),
    topics TEXT COLLATE "C" NOT NULL,
    counters TEXT COLLATE "C" NOT NULL CHECK (counters <> ''),
    fetched_by TEXT COLLATE "C" NOT NULL CHECK (fetched_by <> ''),
    entered_by UUID REFERENCES person (id),
    at BIGINT NOT NULL,
    PRIMARY KEY (posting_id, place, version)) ;
CREATE TABLE posting_result (
    posting_id UUID NOT NULL PRIMARY KEY REFERENCES posting (id),
    text TEXT COLLATE "C" NOT NULL CHECK (text <> ''),
    hash TEXT COLLATE "C" NOT NULL CHECK (length(hash) = 64),
    at BIGINT NOT NULL) ;
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
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('draft', 'sent', 'received', 'recalled')),
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
    received_by UUID REFERENCES person (id),
    received_at BIGINT,
    recalled_by UUID REFERENCES person (id),
    recalled_at BIGINT,
    recalled_why TEXT COLLATE "C" CHECK (recalled_why <> ''),
    revision BIGINT NOT NULL CHECK (revision > 0),
    CHECK ((state = 'received') = (received_at IS NOT NULL)),
    CHECK ((state = 'recalled') = (recalled_at IS NOT NULL AND recalled_why IS NOT NULL)),
    CHECK (state = 'draft' OR (number IS NOT NULL AND number_key IS NOT NULL AND number_year IS NOT NULL
           AND day IS NOT NULL AND signer IS NOT NULL AND sent_at IS NOT NULL))) ;
CREATE UNIQUE INDEX submission_number ON submission (organisation_id, number_year, number_key)
WHERE state <> 'recalled';
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
    seed TEXT COLLATE "C" NOT NULL CHECK (seed <> ''),
    formed_by UUID REFERENCES person (id),
    formed_at BIGINT NOT NULL,
    revision BIGINT NOT NULL CHECK (revision > 0)) ;
CREATE INDEX panel_in_order ON panel (territory_id, formed_at, id);
CREATE TABLE panel_member (
    panel_id UUID NOT NULL REFERENCES panel (id),
    person_id UUID NOT NULL REFERENCES person (id),
    duty TEXT COLLATE "C" NOT NULL CHECK (duty IN ('chair', 'secretary', 'member')),
    joined_at BIGINT NOT NULL,
    left_at BIGINT,
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
    attended TEXT COLLATE "C" CHECK (attended <> ''),
    UNIQUE (dossier_id, round),
    CHECK ((ended_at IS NULL) = (conclusion IS NULL))) ;
CREATE INDEX appraisal_of_panel ON appraisal (panel_id, dossier_id);
CREATE TABLE appraisal_declaration (
    appraisal_id UUID NOT NULL REFERENCES appraisal (id),
    person_id UUID NOT NULL REFERENCES person (id),
    declared TEXT COLLATE "C" NOT NULL CHECK (declared IN ('none', 'resident', 'kin', 'conflict')),
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
    opened_at BIGINT,
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
    announced BOOLEAN NOT NULL,
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

-- recognition.0010-panel-whole
CREATE TABLE panel_change (
    id UUID NOT NULL PRIMARY KEY,
    panel_id UUID NOT NULL REFERENCES panel (id),
    left_id UUID NOT NULL REFERENCES person (id),
    joined_id UUID REFERENCES person (id),
    duty TEXT COLLATE "C" NOT NULL CHECK (duty IN ('chair', 'secretary', 'member')),
    reason TEXT COLLATE "C" NOT NULL CHECK (reason <> ''),
    had_scored BOOLEAN NOT NULL,
    changed_by UUID REFERENCES person (id),
    at BIGINT NOT NULL) ;
CREATE INDEX panel_change_of_panel ON panel_change (panel_id, at);
CREATE TABLE office_confirmation (
    id UUID NOT NULL PRIMARY KEY,
    dossier_id UUID NOT NULL REFERENCES dossier (id),
    round BIGINT NOT NULL,
    code TEXT COLLATE "C" NOT NULL CHECK (code <> ''),
    organisation_id UUID NOT NULL REFERENCES organisation (id),
    asked_by UUID REFERENCES person (id),
    asked_at BIGINT NOT NULL,
    value_kind TEXT COLLATE "C" NOT NULL CHECK (value_kind IN ('yes', 'quantity', 'grade', 'na')),
    value_number BIGINT,
    value_text TEXT COLLATE "C",
    answer TEXT COLLATE "C" CHECK (answer IN ('confirmed', 'differs')),
    own_kind TEXT COLLATE "C" CHECK (own_kind IN ('yes', 'quantity', 'grade', 'na')),
    own_number BIGINT,
    own_text TEXT COLLATE "C",
    reason TEXT COLLATE "C" CHECK (reason <> ''),
    answered_by UUID REFERENCES person (id),
    answered_at BIGINT,
    UNIQUE (dossier_id, round, code, organisation_id),
    CHECK ((answer IS NULL) = (answered_at IS NULL)),
    CHECK (answer IS NULL OR answer = 'confirmed' OR (own_kind IS NOT NULL AND reason IS NOT NULL)))
    ;
CREATE INDEX office_confirmation_of_organisation ON office_confirmation (organisation_id, answered_at);
CREATE TABLE visit_plan (
    id UUID NOT NULL PRIMARY KEY,
    panel_id UUID NOT NULL REFERENCES panel (id),
    dossier_id UUID NOT NULL REFERENCES dossier (id),
    day TEXT COLLATE "C" NOT NULL CHECK (length(day) = 10),
    starts BIGINT NOT NULL CHECK (starts BETWEEN 0 AND 1439),
    announced BOOLEAN NOT NULL,
    planned_by UUID REFERENCES person (id),
    at BIGINT NOT NULL,
    replaced_at BIGINT) ;
CREATE UNIQUE INDEX visit_plan_current ON visit_plan (panel_id, day, dossier_id) WHERE replaced_at IS NULL;
CREATE INDEX visit_plan_of_dossier ON visit_plan (dossier_id, day);
CREATE TABLE check_attendance (
    dossier_id UUID NOT NULL REFERENCES dossier (id),
    round BIGINT NOT NULL,
    attended TEXT COLLATE "C" NOT NULL CHECK (attended <> ''),
    recorded_by UUID REFERENCES person (id),
    at BIGINT NOT NULL,
    PRIMARY KEY (dossier_id, round)) ;

-- recognition.0008-grid
ALTER TABLE indicator_value ADD COLUMN source TEXT COLLATE "C" NOT NULL DEFAULT 'area'
    CHECK (source IN ('area', 'office', 'records'));
ALTER TABLE indicator_value ADD COLUMN office_id UUID REFERENCES organisation (id);
ALTER TABLE indicator_value_history ADD COLUMN source TEXT COLLATE "C" NOT NULL DEFAULT 'area'
    CHECK (source IN ('area', 'office', 'records'));
ALTER TABLE indicator_value_history ADD COLUMN office_id UUID REFERENCES organisation (id);

-- recognition.0011-titles
CREATE TABLE title_event (
    id UUID NOT NULL PRIMARY KEY,
    title_id UUID NOT NULL REFERENCES title_grant (id),
    act TEXT COLLATE "C" NOT NULL CHECK (act IN ('grant', 'upgrade', 'renewal', 'keep', 'watch', 'notice', 'warning',
        'raised', 'renewed', 'lapse', 'withdrawal', 'merger')),
    day TEXT COLLATE "C" NOT NULL CHECK (length(day) = 10),
    decision_id UUID REFERENCES decision (id),
    other_id UUID REFERENCES title_grant (id),
    reason TEXT COLLATE "C" CHECK (reason <> ''),
    recorded_by UUID REFERENCES person (id),
    at BIGINT NOT NULL) ;
CREATE INDEX title_event_of_title ON title_event (title_id, at, id);
CREATE INDEX title_event_by_act ON title_event (act, day);
CREATE INDEX title_grant_by_end ON title_grant (valid_until);
CREATE INDEX title_grant_by_year ON title_grant (year, title, territory_id);
ALTER TABLE decision ADD COLUMN purpose TEXT COLLATE "C" NOT NULL DEFAULT 'grant'
    CHECK (purpose IN ('grant', 'withdrawal'));
CREATE TABLE decision_withdrawal (
    title_id UUID NOT NULL PRIMARY KEY REFERENCES title_grant (id),
    decision_id UUID NOT NULL REFERENCES decision (id),
    reason TEXT COLLATE "C" NOT NULL CHECK (reason <> ''),
    basis TEXT COLLATE "C" CHECK (basis <> ''),
    came BIGINT NOT NULL CHECK (came IN (0, 1)),
    invited_on TEXT COLLATE "C" NOT NULL CHECK (length(invited_on) = 10),
    heard_on TEXT COLLATE "C" NOT NULL CHECK (length(heard_on) = 10)) ;
CREATE INDEX decision_withdrawal_of_decision ON decision_withdrawal (decision_id);
CREATE TABLE decision_answer (
    dossier_id UUID NOT NULL REFERENCES dossier (id),
    decision_id UUID NOT NULL REFERENCES decision (id),
    answer TEXT COLLATE "C" NOT NULL CHECK (answer <> ''),
    answered_by UUID REFERENCES person (id),
    answered_at BIGINT NOT NULL,
    reply TEXT COLLATE "C" CHECK (reply <> ''),
    replied_by UUID REFERENCES person (id),
    replied_at BIGINT,
    outcome TEXT COLLATE "C" CHECK (outcome IN ('upheld', 'reconsidered')),
    PRIMARY KEY (dossier_id, decision_id),
    CHECK ((reply IS NULL) = (replied_at IS NULL)),
    CHECK ((reply IS NULL) = (outcome IS NULL))) ;
CREATE INDEX decision_answer_open ON decision_answer (replied_at, answered_at, dossier_id);
CREATE INDEX decision_by_issue ON decision (state, issued_at);

-- recognition.0012-rules
ALTER TABLE dossier ADD COLUMN rules_id UUID REFERENCES rules_document (id);
ALTER TABLE dossier ADD COLUMN own_indicators TEXT COLLATE "C" CHECK (own_indicators <> '');
CREATE INDEX dossier_by_set ON dossier (criteria_set_id, state);
CREATE INDEX dossier_by_rules ON dossier (rules_id, state);
CREATE TABLE dossier_move (
    id UUID NOT NULL PRIMARY KEY,
    dossier_id UUID NOT NULL REFERENCES dossier (id),
    set_from UUID NOT NULL REFERENCES criteria_set (id),
    set_to UUID NOT NULL REFERENCES criteria_set (id),
    rules_from UUID REFERENCES rules_document (id),
    rules_to UUID REFERENCES rules_document (id),
    state_from TEXT COLLATE "C" NOT NULL REFERENCES dossier_state (name),
    state_to TEXT COLLATE "C" NOT NULL REFERENCES dossier_state (name),
    asked TEXT COLLATE "C" NOT NULL,
    opened TEXT COLLATE "C" NOT NULL,
    fresh TEXT COLLATE "C" NOT NULL,
    gone TEXT COLLATE "C" NOT NULL,
    moved_by UUID REFERENCES person (id),
    at BIGINT NOT NULL) ;
CREATE INDEX dossier_move_of_dossier ON dossier_move (dossier_id, at);
CREATE TABLE own_indicator (
    id UUID NOT NULL PRIMARY KEY,
    dossier_id UUID NOT NULL REFERENCES dossier (id),
    code TEXT COLLATE "C" NOT NULL CHECK (code <> ''),
    name TEXT COLLATE "C" NOT NULL CHECK (name <> ''),
    source TEXT COLLATE "C" NOT NULL CHECK (source <> ''),
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('proposed', 'agreed', 'declined', 'withdrawn')),
    meeting_day TEXT COLLATE "C" NOT NULL CHECK (length(meeting_day) = 10),
    proposed_by UUID REFERENCES person (id),
    proposed_at BIGINT NOT NULL,
    answered_by UUID REFERENCES person (id),
    answered_at BIGINT,
    reason TEXT COLLATE "C" CHECK (reason <> ''),
    revision BIGINT NOT NULL CHECK (revision > 0),
    UNIQUE (dossier_id, code, id),
    CHECK (state <> 'declined' OR reason IS NOT NULL)) ;
CREATE INDEX own_indicator_of_dossier ON own_indicator (dossier_id, code);
CREATE INDEX own_indicator_by_state ON own_indicator (state, dossier_id);

-- recognition.0013-region
ALTER TABLE dossier ADD COLUMN region TEXT COLLATE "C";

-- recognition.0014-earlier
CREATE TABLE title_import (
    id UUID NOT NULL PRIMARY KEY,
    territory_id UUID NOT NULL REFERENCES territory (id),
    file_name TEXT COLLATE "C" NOT NULL,
    is_form BOOLEAN NOT NULL CHECK (is_form IN (FALSE, TRUE)),
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('previewed', 'done', 'undone')),
    row_count BIGINT NOT NULL, added BIGINT NOT NULL, unchanged BIGINT NOT NULL,
    faults BIGINT NOT NULL, warnings BIGINT NOT NULL,
    columns_read TEXT COLLATE "C" NOT NULL, columns_unknown TEXT COLLATE "C" NOT NULL,
    made_at BIGINT NOT NULL, made_by UUID REFERENCES person (id),
    done_at BIGINT, undone_at BIGINT,
    revision BIGINT NOT NULL CHECK (revision > 0)) ;
CREATE INDEX title_import_by_time ON title_import (made_at, id);
CREATE INDEX title_import_of_territory ON title_import (territory_id, made_at);
CREATE TABLE title_import_row (
    batch_id UUID NOT NULL REFERENCES title_import (id),
    number BIGINT NOT NULL,
    title_id UUID NOT NULL,
    territory_id UUID NOT NULL REFERENCES territory (id),
    organisation_id UUID NOT NULL REFERENCES organisation (id),
    title TEXT COLLATE "C" NOT NULL CHECK (title <> ''),
    title_name TEXT COLLATE "C" NOT NULL CHECK (title_name <> ''),
    level TEXT COLLATE "C" NOT NULL CHECK (level IN ('commune', 'district', 'province', 'national')),
    decision_number TEXT COLLATE "C" NOT NULL CHECK (decision_number <> ''),
    day TEXT COLLATE "C" NOT NULL CHECK (length(day) = 10),
    year BIGINT NOT NULL,
    valid_until TEXT COLLATE "C",
    note TEXT COLLATE "C" CHECK (note <> ''),
    PRIMARY KEY (batch_id, number)) ;
CREATE INDEX title_import_row_of_territory ON title_import_row (territory_id);
CREATE INDEX title_import_row_of_organisation ON title_import_row (organisation_id);
CREATE TABLE title_import_remark (
    batch_id UUID NOT NULL REFERENCES title_import (id),
    number BIGINT NOT NULL,
    is_fault BOOLEAN NOT NULL, sheet TEXT COLLATE "C" NOT NULL, line BIGINT NOT NULL,
    column_letters TEXT COLLATE "C", key TEXT COLLATE "C" NOT NULL, arguments TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (batch_id, number)) ;
CREATE INDEX title_event_by_other ON title_event (other_id);

-- practices.0001-practice
CREATE TABLE practice (
    id UUID NOT NULL PRIMARY KEY,
    territory_id UUID NOT NULL REFERENCES territory (id),
    organisation_id UUID NOT NULL REFERENCES organisation (id),
    set_code TEXT COLLATE "C" NOT NULL CHECK (set_code <> ''),
    code TEXT COLLATE "C" NOT NULL CHECK (code <> ''),
    name TEXT COLLATE "C" NOT NULL CHECK (name <> ''),
    search_key TEXT COLLATE "C" NOT NULL,
    story TEXT COLLATE "C" NOT NULL CHECK (story <> ''),
    sources TEXT COLLATE "C" CHECK (sources <> ''),
    cost BIGINT CHECK (cost >= 0),
    labour_days BIGINT CHECK (labour_days >= 0),
    weeks BIGINT CHECK (weeks >= 0),
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('shared', 'confirmed', 'withdrawn')),
    shared_by UUID REFERENCES person (id),
    shared_at BIGINT NOT NULL,
    confirmed_by UUID REFERENCES person (id),
    confirmed_at BIGINT,
    is_public BOOLEAN NOT NULL,
    withdrawn_by UUID REFERENCES person (id),
    withdrawn_at BIGINT,
    withdrawn_why TEXT COLLATE "C" CHECK (withdrawn_why <> ''),
    looked_on TEXT COLLATE "C" CHECK (length(looked_on) = 10),
    is_alive BOOLEAN,
    revision BIGINT NOT NULL CHECK (revision > 0),
    CHECK ((looked_on IS NULL) = (is_alive IS NULL)),
    CHECK (state <> 'confirmed' OR confirmed_at IS NOT NULL),
    CHECK (state <> 'withdrawn' OR withdrawn_why IS NOT NULL)) ;
CREATE INDEX practice_by_state ON practice (state, id);
CREATE INDEX practice_by_criterion ON practice (set_code, code, state);
CREATE INDEX practice_of_territory ON practice (territory_id, id);
CREATE TABLE practice_picture (
    id UUID NOT NULL PRIMARY KEY,
    practice_id UUID NOT NULL REFERENCES practice (id),
    address TEXT COLLATE "C" NOT NULL CHECK (length(address) = 64),
    thumbnail TEXT COLLATE "C" NOT NULL CHECK (length(thumbnail) = 64),
    width BIGINT NOT NULL CHECK (width > 0),
    height BIGINT NOT NULL CHECK (height > 0),
    caption TEXT COLLATE "C" CHECK (caption <> ''),
    added_by UUID REFERENCES person (id),
    at BIGINT NOT NULL,
    released_by UUID REFERENCES person (id),
    released_at BIGINT,
    children TEXT COLLATE "C" CHECK (children IN ('none', 'covered')),
    plates TEXT COLLATE "C" CHECK (plates IN ('none', 'covered')),
    removed_by UUID REFERENCES person (id),
    removed_at BIGINT,
    CHECK (released_at IS NULL OR (children IS NOT NULL AND plates IS NOT NULL AND removed_at IS NULL)))
    ;
CREATE INDEX practice_picture_of_practice ON practice_picture (practice_id, at);
CREATE INDEX practice_picture_by_address ON practice_picture (address);
CREATE INDEX practice_picture_by_thumbnail ON practice_picture (thumbnail);
CREATE TABLE practice_following (
    practice_id UUID NOT NULL REFERENCES practice (id),
    territory_id UUID NOT NULL REFERENCES territory (id),
    organisation_id UUID NOT NULL REFERENCES organisation (id),
    since TEXT COLLATE "C" NOT NULL CHECK (length(since) = 10),
    changed TEXT COLLATE "C" NOT NULL CHECK (changed <> ''),
    result TEXT COLLATE "C" CHECK (result <> ''),
    different TEXT COLLATE "C" CHECK (different <> ''),
    told_by UUID REFERENCES person (id),
    at BIGINT NOT NULL,
    PRIMARY KEY (practice_id, territory_id)) ;
CREATE INDEX practice_following_of_territory ON practice_following (territory_id, practice_id);
CREATE TABLE practice_look (
    id UUID NOT NULL PRIMARY KEY,
    practice_id UUID NOT NULL REFERENCES practice (id),
    looked_on TEXT COLLATE "C" NOT NULL CHECK (length(looked_on) = 10),
    is_alive BOOLEAN NOT NULL,
    words TEXT COLLATE "C" CHECK (words <> ''),
    looked_by UUID REFERENCES person (id),
    organisation_id UUID NOT NULL REFERENCES organisation (id),
    at BIGINT NOT NULL) ;
CREATE INDEX practice_look_of_practice ON practice_look (practice_id, looked_on);

-- offices.0001-grid
CREATE TABLE office_grid (
    id UUID NOT NULL PRIMARY KEY,
    organisation_id UUID NOT NULL REFERENCES organisation (id),
    territory_id UUID NOT NULL REFERENCES territory (id),
    criteria_set_id UUID NOT NULL REFERENCES criteria_set (id),
    set_code TEXT COLLATE "C" NOT NULL CHECK (set_code <> ''),
    year BIGINT NOT NULL CHECK (year BETWEEN 1900 AND 2200),
    due_on TEXT COLLATE "C" NOT NULL CHECK (length(due_on) = 10),
    objections_until TEXT COLLATE "C" NOT NULL CHECK (objections_until >= due_on),
    assigned_by UUID REFERENCES person (id),
    assigned_at BIGINT NOT NULL,
    revision BIGINT NOT NULL CHECK (revision > 0),
    UNIQUE (territory_id, year, set_code, organisation_id)) ;
CREATE INDEX office_grid_of_organisation ON office_grid (organisation_id, year);
CREATE TABLE office_grid_column (
    grid_id UUID NOT NULL REFERENCES office_grid (id),
    code TEXT COLLATE "C" NOT NULL CHECK (code <> ''),
    PRIMARY KEY (grid_id, code)) ;
CREATE TABLE office_value (
    territory_id UUID NOT NULL REFERENCES territory (id),
    year BIGINT NOT NULL CHECK (year BETWEEN 1900 AND 2200),
    set_code TEXT COLLATE "C" NOT NULL CHECK (set_code <> ''),
    code TEXT COLLATE "C" NOT NULL CHECK (code <> ''),
    source TEXT COLLATE "C" NOT NULL CHECK (source IN ('office', 'records')),
    grid_id UUID REFERENCES office_grid (id),
    value TEXT COLLATE "C" NOT NULL CHECK (value <> ''),
    note TEXT COLLATE "C" CHECK (note <> ''),
    entered_by UUID REFERENCES person (id),
    at BIGINT NOT NULL,
    saved_in BIGINT NOT NULL CHECK (saved_in > 0),
    PRIMARY KEY (territory_id, year, set_code, code),
    CHECK ((source = 'office') = (grid_id IS NOT NULL))) ;
CREATE INDEX office_value_of_grid ON office_value (grid_id);
CREATE TABLE office_save (
    id UUID NOT NULL PRIMARY KEY,
    grid_id UUID NOT NULL REFERENCES office_grid (id),
    kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('typed', 'pasted', 'file', 'mended')),
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('previewed', 'done', 'undone')),
    file_name TEXT COLLATE "C" CHECK (file_name <> ''),
    started_at_code TEXT COLLATE "C",
    source TEXT COLLATE "C",
    cells BIGINT NOT NULL CHECK (cells >= 0),
    number BIGINT CHECK (number > 0),
    made_by UUID REFERENCES person (id),
    made_at BIGINT NOT NULL,
    done_at BIGINT,
    undone_by UUID REFERENCES person (id),
    undone_at BIGINT,
    undone_in BIGINT CHECK (undone_in > number),
    CHECK ((state IN ('done', 'undone')) = (number IS NOT NULL)),
    CHECK ((state = 'undone') = (undone_in IS NOT NULL))) ;
CREATE INDEX office_save_of_grid ON office_save (grid_id, state, number);
CREATE TABLE office_save_cell (
    save_id UUID NOT NULL REFERENCES office_save (id),
    territory_id UUID NOT NULL REFERENCES territory (id),
    code TEXT COLLATE "C" NOT NULL,
    before TEXT COLLATE "C",
    after TEXT COLLATE "C",
    note_before TEXT COLLATE "C" CHECK (note_before <> ''),
    PRIMARY KEY (save_id, territory_id, code),
    CHECK (before IS NOT NULL OR after IS NOT NULL)) ;
CREATE INDEX office_save_cell_of_area ON office_save_cell (territory_id);
CREATE TABLE office_objection (
    id UUID NOT NULL PRIMARY KEY,
    grid_id UUID NOT NULL REFERENCES office_grid (id),
    territory_id UUID NOT NULL REFERENCES territory (id),
    code TEXT COLLATE "C" NOT NULL CHECK (code <> ''),
    value TEXT COLLATE "C" NOT NULL CHECK (value <> ''),
    claimed TEXT COLLATE "C" CHECK (claimed <> ''),
    reason TEXT COLLATE "C" NOT NULL CHECK (reason <> ''),
    made_by UUID REFERENCES person (id),
    made_at BIGINT NOT NULL,
    answer_by TEXT COLLATE "C" NOT NULL CHECK (length(answer_by) = 10),
    outcome TEXT COLLATE "C" CHECK (outcome IN ('mended', 'kept')),
    settled TEXT COLLATE "C" CHECK (settled <> ''),
    answer TEXT COLLATE "C" CHECK (answer <> ''),
    answered_by UUID REFERENCES person (id),
    answered_at BIGINT,
    revision BIGINT NOT NULL CHECK (revision > 0),
    CHECK ((outcome IS NULL) = (answered_at IS NULL)),
    CHECK (outcome <> 'kept' OR answer IS NOT NULL)) ;
CREATE UNIQUE INDEX office_objection_open ON office_objection (grid_id, territory_id, code)
WHERE outcome IS NULL;
CREATE INDEX office_objection_of_area ON office_objection (territory_id, made_at);
CREATE TABLE office_document (
    id UUID NOT NULL PRIMARY KEY,
    grid_id UUID NOT NULL REFERENCES office_grid (id),
    address TEXT COLLATE "C" NOT NULL CHECK (length(address) = 64),
    file_kind TEXT COLLATE "C" NOT NULL CHECK (file_kind IN ('jpeg', 'pdf', 'docx', 'xlsx')),
    file_name TEXT COLLATE "C" NOT NULL CHECK (file_name <> ''),
    bytes BIGINT NOT NULL CHECK (bytes > 0),
    caption TEXT COLLATE "C" NOT NULL CHECK (caption <> ''),
    added_by UUID REFERENCES person (id),
    at BIGINT NOT NULL,
    removed_at BIGINT,
    removed_by UUID REFERENCES person (id)) ;
CREATE INDEX office_document_of_grid ON office_document (grid_id);
CREATE INDEX office_document_by_address ON office_document (address);
CREATE TABLE office_document_column (
    document_id UUID NOT NULL REFERENCES office_document (id),
    code TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (document_id, code)) ;

-- offices.0002-reminders
CREATE TABLE office_reminder (
    grid_id UUID NOT NULL REFERENCES office_grid (id),
    due_on TEXT COLLATE "C" NOT NULL CHECK (length(due_on) = 10),
    kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('week', 'day', 'overdue')),
    missing BIGINT NOT NULL CHECK (missing > 0),
    at BIGINT NOT NULL,
    PRIMARY KEY (grid_id, due_on, kind)) ;
CREATE TABLE office_reminder_person (
    grid_id UUID NOT NULL,
    due_on TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    person_id UUID NOT NULL REFERENCES person (id),
    PRIMARY KEY (grid_id, due_on, kind, person_id),
    FOREIGN KEY (grid_id, due_on, kind) REFERENCES office_reminder (grid_id, due_on, kind))
    ;
CREATE INDEX office_reminder_of_person ON office_reminder_person (person_id, grid_id);

-- surveys.0001-surveys
CREATE TABLE survey (
    id UUID NOT NULL PRIMARY KEY,
    territory_id UUID NOT NULL REFERENCES territory (id),
    year BIGINT NOT NULL CHECK (year BETWEEN 1900 AND 2200),
    number BIGINT NOT NULL CHECK (number > 0),
    title TEXT COLLATE "C" NOT NULL CHECK (title <> ''),
    level TEXT COLLATE "C" NOT NULL,
    area_class TEXT COLLATE "C",
    region TEXT COLLATE "C",
    criteria_set_id UUID NOT NULL REFERENCES criteria_set (id),
    begun_at BIGINT NOT NULL,
    begun_by UUID REFERENCES person (id),
    concluded_on TEXT COLLATE "C",
    concluded_by UUID REFERENCES person (id),
    organisation_id UUID REFERENCES organisation (id),
    indicators BIGINT,
    gaps BIGINT,
    unknown BIGINT,
    revision BIGINT NOT NULL CHECK (revision > 0),
    UNIQUE (territory_id, year, number),
    CHECK ((concluded_on IS NULL) = (gaps IS NULL))) ;
CREATE UNIQUE INDEX survey_open ON survey (territory_id) WHERE concluded_on IS NULL;
CREATE INDEX survey_by_year ON survey (year, territory_id);
CREATE INDEX survey_begun_by ON survey (begun_by);
CREATE INDEX survey_concluded_by ON survey (concluded_by);
CREATE INDEX survey_by_organisation ON survey (organisation_id);
CREATE INDEX survey_of_set ON survey (criteria_set_id);
CREATE TABLE survey_value (
    survey_id UUID NOT NULL REFERENCES survey (id),
    code TEXT COLLATE "C" NOT NULL,
    value TEXT COLLATE "C" NOT NULL CHECK (value <> ''),
    source TEXT COLLATE "C" NOT NULL CHECK (source IN ('typed', 'dossier', 'office')),
    holder TEXT COLLATE "C",
    entered_by UUID REFERENCES person (id),
    at BIGINT NOT NULL,
    PRIMARY KEY (survey_id, code)) ;
CREATE INDEX survey_value_by_person ON survey_value (entered_by);
CREATE TABLE survey_gap (
    survey_id UUID NOT NULL REFERENCES survey (id),
    code TEXT COLLATE "C" NOT NULL,
    place BIGINT NOT NULL,
    effort TEXT COLLATE "C" NOT NULL CHECK (effort IN ('near', 'midway', 'far', 'unknown')),
    is_mandatory BOOLEAN NOT NULL,
    PRIMARY KEY (survey_id, code)) ;
CREATE TABLE survey_need (
    survey_id UUID NOT NULL REFERENCES survey (id),
    code TEXT COLLATE "C" NOT NULL,
    need TEXT COLLATE "C" NOT NULL CHECK (need IN ('people', 'money', 'works')),
    content TEXT COLLATE "C" NOT NULL CHECK (content <> ''),
    amount BIGINT CHECK (amount >= 0),
    unit TEXT COLLATE "C",
    PRIMARY KEY (survey_id, code, need)) ;
CREATE TABLE plan_item (
    id UUID NOT NULL PRIMARY KEY,
    survey_id UUID NOT NULL REFERENCES survey (id),
    code TEXT COLLATE "C" NOT NULL CHECK (code <> ''),
    what TEXT COLLATE "C" NOT NULL CHECK (what <> ''),
    owner_id UUID NOT NULL REFERENCES organisation (id),
    until_on TEXT COLLATE "C" NOT NULL,
    added_by UUID REFERENCES person (id),
    done_on TEXT COLLATE "C",
    done_by UUID REFERENCES person (id)) ;
CREATE INDEX plan_item_of_survey ON plan_item (survey_id, until_on, id);
CREATE INDEX plan_item_by_owner ON plan_item (owner_id, done_on, until_on);
CREATE INDEX plan_item_added_by ON plan_item (added_by);
CREATE INDEX plan_item_done_by ON plan_item (done_by);

-- rechecks.0001-rounds
CREATE TABLE recheck_round (
    id UUID NOT NULL PRIMARY KEY,
    territory_id UUID NOT NULL REFERENCES territory (id),
    year BIGINT NOT NULL CHECK (year BETWEEN 1900 AND 2200),
    opened_on TEXT COLLATE "C" NOT NULL CHECK (length(opened_on) = 10),
    due_on TEXT COLLATE "C" NOT NULL CHECK (due_on >= opened_on),
    opened_by UUID REFERENCES person (id),
    at BIGINT NOT NULL,
    UNIQUE (territory_id, year)) ;
CREATE TABLE recheck (
    id UUID NOT NULL PRIMARY KEY,
    round_id UUID NOT NULL REFERENCES recheck_round (id),
    title_id UUID NOT NULL REFERENCES title_grant (id),
    territory_id UUID NOT NULL REFERENCES territory (id),
    kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('light', 'full')),
    criteria_set_id UUID NOT NULL REFERENCES criteria_set (id),
    rules_id UUID REFERENCES rules_document (id),
    area_class TEXT COLLATE "C",
    region TEXT COLLATE "C",
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('due', 'watched', 'warning', 'noticed', 'answered', 'summoned',
        'heard', 'kept')),
    state_since BIGINT NOT NULL,
    due_on TEXT COLLATE "C" CHECK (length(due_on) = 10),
    mended_on TEXT COLLATE "C" CHECK (length(mended_on) = 10),
    revision BIGINT NOT NULL CHECK (revision > 0),
    UNIQUE (round_id, title_id)) ;
CREATE INDEX recheck_round_by_year ON recheck_round (year, territory_id);
CREATE INDEX recheck_of_title ON recheck (title_id);
CREATE INDEX recheck_by_rules ON recheck (rules_id);
CREATE INDEX recheck_of_area ON recheck (territory_id, state);
CREATE INDEX recheck_by_state ON recheck (state, due_on);
CREATE TABLE recheck_code (
    recheck_id UUID NOT NULL REFERENCES recheck (id),
    code TEXT COLLATE "C" NOT NULL CHECK (code <> ''),
    why TEXT COLLATE "C" NOT NULL CHECK (why IN ('mandatory', 'fallenBefore', 'changed', 'all')),
    PRIMARY KEY (recheck_id, code)) ;
CREATE TABLE recheck_event (
    recheck_id UUID NOT NULL REFERENCES recheck (id),
    id UUID NOT NULL,
    action TEXT COLLATE "C" NOT NULL,
    state_to TEXT COLLATE "C" NOT NULL,
    actor_id UUID REFERENCES person (id),
    giver_id UUID REFERENCES person (id),
    organisation_id UUID REFERENCES organisation (id),
    reason TEXT COLLATE "C" CHECK (reason <> ''),
    at BIGINT NOT NULL,
    PRIMARY KEY (recheck_id, id)) ;

-- rechecks.0002-findings
CREATE TABLE recheck_look (
    recheck_id UUID NOT NULL REFERENCES recheck (id),
    code TEXT COLLATE "C" NOT NULL CHECK (code <> ''),
    turn BIGINT NOT NULL CHECK (turn IN (1, 2)),
    value_kind TEXT COLLATE "C" NOT NULL CHECK (value_kind IN ('yes', 'quantity', 'grade', 'na')),
    value_number BIGINT,
    value_text TEXT COLLATE "C",
    note TEXT COLLATE "C" CHECK (note <> ''),
    looked_by UUID REFERENCES person (id),
    office_id UUID REFERENCES organisation (id),
    paper TEXT COLLATE "C" CHECK (paper <> ''),
    at BIGINT NOT NULL,
    PRIMARY KEY (recheck_id, code, turn),
    CHECK (office_id IS NULL OR (turn = 1 AND looked_by IS NULL))) ;
CREATE INDEX recheck_look_of_office ON recheck_look (office_id);
CREATE TABLE recheck_evidence (
    id UUID NOT NULL PRIMARY KEY,
    recheck_id UUID NOT NULL REFERENCES recheck (id),
    code TEXT COLLATE "C" NOT NULL CHECK (code <> ''),
    side TEXT COLLATE "C" NOT NULL CHECK (side IN ('area', 'commune')),
    kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('picture', 'document', 'witness', 'visit')),
    address TEXT COLLATE "C" CHECK (length(address) = 64),
    file_type TEXT COLLATE "C",
    file_name TEXT COLLATE "C",
    office TEXT COLLATE "C" CHECK (office <> ''),
    seen_on TEXT COLLATE "C" CHECK (length(seen_on) = 10),
    seen TEXT COLLATE "C" CHECK (seen <> ''),
    added_by UUID REFERENCES person (id),
    at BIGINT NOT NULL,
    CHECK (CASE WHEN kind IN ('picture', 'document') THEN address IS NOT NULL AND file_type IS NOT NULL
        AND file_name IS NOT NULL ELSE office IS NOT NULL AND seen_on IS NOT NULL AND seen IS NOT NULL END))
    ;
CREATE INDEX recheck_evidence_of_recheck ON recheck_evidence (recheck_id, at);

-- rechecks.0003-notices
CREATE TABLE recheck_notice (
    id UUID NOT NULL PRIMARY KEY,
    recheck_id UUID NOT NULL REFERENCES recheck (id),
    mend_days BIGINT NOT NULL CHECK (mend_days BETWEEN 1 AND 366),
    mend_unit TEXT COLLATE "C" NOT NULL CHECK (mend_unit IN ('calendar', 'working')),
    drafted_by UUID REFERENCES person (id),
    at BIGINT NOT NULL,
    number TEXT COLLATE "C" CHECK (number <> ''),
    number_key TEXT COLLATE "C",
    number_year BIGINT,
    organisation_id UUID REFERENCES organisation (id),
    day TEXT COLLATE "C" CHECK (length(day) = 10),
    signer TEXT COLLATE "C" CHECK (signer <> ''),
    office TEXT COLLATE "C" CHECK (office <> ''),
    scan_address TEXT COLLATE "C" CHECK (length(scan_address) = 64),
    scan_type TEXT COLLATE "C",
    scan_name TEXT COLLATE "C",
    mend_until TEXT COLLATE "C" CHECK (length(mend_until) = 10),
    issued_by UUID REFERENCES person (id),
    issued_at BIGINT,
    CHECK (issued_at IS NULL OR (number IS NOT NULL AND number_key IS NOT NULL AND number_year IS NOT NULL
        AND day IS NOT NULL AND signer IS NOT NULL AND office IS NOT NULL AND scan_address IS NOT NULL AND scan_type IS NOT NULL
        AND scan_name IS NOT NULL AND mend_until IS NOT NULL))) ;
CREATE INDEX recheck_notice_of_recheck ON recheck_notice (recheck_id, at);
CREATE UNIQUE INDEX recheck_notice_number ON recheck_notice (organisation_id, number_year, number_key);
CREATE TABLE recheck_notice_item (
    notice_id UUID NOT NULL REFERENCES recheck_notice (id),
    code TEXT COLLATE "C" NOT NULL CHECK (code <> ''),
    reason TEXT COLLATE "C" NOT NULL CHECK (reason <> ''),
    PRIMARY KEY (notice_id, code)) ;
CREATE TABLE recheck_answer (
    id UUID NOT NULL PRIMARY KEY,
    recheck_id UUID NOT NULL REFERENCES recheck (id),
    text TEXT COLLATE "C" NOT NULL CHECK (text <> ''),
    answered_by UUID REFERENCES person (id),
    at BIGINT NOT NULL) ;
CREATE INDEX recheck_answer_of_recheck ON recheck_answer (recheck_id, at);
CREATE TABLE recheck_answer_item (
    answer_id UUID NOT NULL REFERENCES recheck_answer (id),
    code TEXT COLLATE "C" NOT NULL CHECK (code <> ''),
    done TEXT COLLATE "C" NOT NULL CHECK (done <> ''),
    PRIMARY KEY (answer_id, code)) ;
CREATE TABLE recheck_hearing (
    id UUID NOT NULL PRIMARY KEY,
    recheck_id UUID NOT NULL REFERENCES recheck (id),
    day TEXT COLLATE "C" NOT NULL CHECK (length(day) = 10),
    begins BIGINT NOT NULL CHECK (begins BETWEEN 0 AND 1439),
    place TEXT COLLATE "C" NOT NULL CHECK (place <> ''),
    reason TEXT COLLATE "C" NOT NULL CHECK (reason <> ''),
    number TEXT COLLATE "C" CHECK (number <> ''),
    invited_by UUID REFERENCES person (id),
    invited_at BIGINT NOT NULL,
    came BIGINT CHECK (came IN (0, 1)),
    present TEXT COLLATE "C" CHECK (present <> ''),
    minutes TEXT COLLATE "C" CHECK (minutes <> ''),
    held_by UUID REFERENCES person (id),
    held_at BIGINT,
    put_off_at BIGINT,
    put_off_why TEXT COLLATE "C" CHECK (put_off_why <> ''),
    CHECK ((put_off_at IS NULL) = (put_off_why IS NULL)),
    CHECK (put_off_at IS NULL OR held_at IS NULL),
    CHECK ((held_at IS NULL) = (minutes IS NULL))) ;
CREATE INDEX recheck_hearing_of_recheck ON recheck_hearing (recheck_id, invited_at);

-- goals.0001-targets
CREATE TABLE target (
    id UUID NOT NULL PRIMARY KEY,
    territory_id UUID NOT NULL REFERENCES territory (id),
    title TEXT COLLATE "C" NOT NULL CHECK (title <> ''),
    year_from BIGINT NOT NULL CHECK (year_from BETWEEN 1900 AND 2200),
    year_until BIGINT NOT NULL CHECK (year_until >= year_from),
    value BIGINT NOT NULL CHECK (value >= 0),
    revision BIGINT NOT NULL CHECK (revision > 0),
    UNIQUE (territory_id, title, year_from, year_until)) ;
CREATE INDEX target_by_span ON target (year_from, year_until, title);
CREATE TABLE target_version (
    target_id UUID NOT NULL REFERENCES target (id),
    number BIGINT NOT NULL CHECK (number > 0),
    value BIGINT NOT NULL CHECK (value >= 0),
    document_number TEXT COLLATE "C" NOT NULL CHECK (document_number <> ''),
    document_day TEXT COLLATE "C" NOT NULL,
    document_body TEXT COLLATE "C" NOT NULL CHECK (document_body <> ''),
    note TEXT COLLATE "C",
    scan_address TEXT COLLATE "C",
    scan_type TEXT COLLATE "C",
    scan_name TEXT COLLATE "C",
    set_by UUID REFERENCES person (id),
    organisation_id UUID REFERENCES organisation (id),
    at BIGINT NOT NULL,
    PRIMARY KEY (target_id, number),
    CHECK ((scan_address IS NULL) = (scan_type IS NULL))) ;
CREATE INDEX target_version_by_person ON target_version (set_by);
CREATE INDEX target_version_by_organisation ON target_version (organisation_id);
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$;
CREATE TRIGGER target_version_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON target_version
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- goals.0002-goals
CREATE TABLE goal (
    id UUID NOT NULL PRIMARY KEY,
    territory_id UUID NOT NULL REFERENCES territory (id),
    title TEXT COLLATE "C" NOT NULL
        CHECK (title IN ('newCountryside', 'advanced', 'model', 'urban', 'other')),
    title_key TEXT COLLATE "C" NOT NULL CHECK (title_key <> ''),
    title_name TEXT COLLATE "C" NOT NULL CHECK (title_name <> ''),
    due_on TEXT COLLATE "C" NOT NULL,
    dropped_on TEXT COLLATE "C",
    reached_on TEXT COLLATE "C",
    revision BIGINT NOT NULL CHECK (revision > 0)) ;
CREATE INDEX goal_by_territory ON goal (territory_id, title_key);
CREATE UNIQUE INDEX goal_open ON goal (territory_id, title_key)
    WHERE dropped_on IS NULL AND reached_on IS NULL;
CREATE INDEX goal_by_due ON goal (due_on, id);
CREATE TABLE goal_version (
    goal_id UUID NOT NULL REFERENCES goal (id),
    number BIGINT NOT NULL CHECK (number > 0),
    due_on TEXT COLLATE "C" NOT NULL,
    owner_id UUID NOT NULL REFERENCES organisation (id),
    successor_id UUID REFERENCES territory (id),
    blocks TEXT COLLATE "C",
    is_dropped BOOLEAN NOT NULL,
    document_number TEXT COLLATE "C" NOT NULL CHECK (document_number <> ''),
    document_day TEXT COLLATE "C" NOT NULL,
    document_body TEXT COLLATE "C" NOT NULL CHECK (document_body <> ''),
    set_by UUID REFERENCES person (id),
    organisation_id UUID REFERENCES organisation (id),
    at BIGINT NOT NULL,
    PRIMARY KEY (goal_id, number)) ;
CREATE INDEX goal_version_by_owner ON goal_version (owner_id);
CREATE INDEX goal_version_by_successor ON goal_version (successor_id);
CREATE INDEX goal_version_by_person ON goal_version (set_by);
CREATE INDEX goal_version_by_organisation ON goal_version (organisation_id);
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$;
CREATE TRIGGER goal_version_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON goal_version
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- goals.0003-register
CREATE TABLE unit_title (
    id UUID NOT NULL PRIMARY KEY,
    territory_id UUID NOT NULL REFERENCES territory (id),
    title TEXT COLLATE "C" NOT NULL
        CHECK (title IN ('newCountryside', 'advanced', 'model', 'urban', 'other')),
    title_key TEXT COLLATE "C" NOT NULL CHECK (title_key <> ''),
    title_name TEXT COLLATE "C" NOT NULL CHECK (title_name <> ''),
    decision_number TEXT COLLATE "C" NOT NULL CHECK (decision_number <> ''),
    decision_day TEXT COLLATE "C" NOT NULL,
    decision_body TEXT COLLATE "C" NOT NULL CHECK (decision_body <> ''),
    signer TEXT COLLATE "C",
    valid_from TEXT COLLATE "C" NOT NULL,
    valid_until TEXT COLLATE "C" CHECK (valid_until > valid_from),
    ended_on TEXT COLLATE "C" CHECK (ended_on >= valid_from),
    ended_why TEXT COLLATE "C" CHECK (ended_why IN ('withdrawn', 'lapsed', 'renewed', 'raised', 'mistaken')),
    ended_document TEXT COLLATE "C",
    voided_on TEXT COLLATE "C",
    recorded_by UUID REFERENCES person (id),
    organisation_id UUID REFERENCES organisation (id),
    at BIGINT NOT NULL,
    revision BIGINT NOT NULL CHECK (revision > 0),
    CHECK ((ended_on IS NULL) = (ended_why IS NULL)),
    CHECK ((voided_on IS NULL) = (COALESCE(ended_why, '') <> 'mistaken')),
    CHECK (voided_on IS NULL OR ended_on = valid_from)) ;
CREATE INDEX unit_title_by_territory ON unit_title (territory_id, title_key);
CREATE INDEX unit_title_by_title ON unit_title (title, valid_from);
CREATE INDEX unit_title_by_person ON unit_title (recorded_by);
CREATE INDEX unit_title_by_organisation ON unit_title (organisation_id);
