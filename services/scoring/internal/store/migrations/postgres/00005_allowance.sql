-- +goose Up
-- Every version of every allowance table of a tenant. Content never changes; publishing sets publisher and publish_time,
-- which is 0 for a draft.
CREATE TABLE allowance_tables (
    tenant         TEXT COLLATE "C" NOT NULL,
    id             TEXT COLLATE "C" NOT NULL,
    version        BIGINT NOT NULL,
    display_name   TEXT   NOT NULL,
    regulation     TEXT   NOT NULL,
    effective_from TEXT COLLATE "C" NOT NULL,
    examples       BIGINT NOT NULL,
    content        TEXT   NOT NULL,
    content_hash   TEXT   NOT NULL,
    author         TEXT   NOT NULL,
    author_person  TEXT   NOT NULL,
    create_time    BIGINT NOT NULL,
    publisher      TEXT   NOT NULL,
    publish_time   BIGINT NOT NULL,
    PRIMARY KEY (tenant, id, version)
);

-- The current revision of each slip. A new revision moves it by one; whoever comes second is refused.
CREATE TABLE allowance_slips (
    tenant   TEXT COLLATE "C" NOT NULL,
    month    TEXT COLLATE "C" NOT NULL,
    person   TEXT COLLATE "C" NOT NULL,
    revision BIGINT NOT NULL,
    PRIMARY KEY (tenant, month, person)
);

-- Every revision of every slip with the facts that it was computed from. Rows are added, never changed.
CREATE TABLE allowance_slip_revisions (
    tenant         TEXT COLLATE "C" NOT NULL,
    month          TEXT COLLATE "C" NOT NULL,
    person         TEXT COLLATE "C" NOT NULL,
    revision       BIGINT NOT NULL,
    table_id       TEXT   NOT NULL,
    table_version  BIGINT NOT NULL,
    table_hash     TEXT   NOT NULL,
    facts_revision BIGINT NOT NULL,
    facts          TEXT   NOT NULL,
    slip           TEXT   NOT NULL,
    digest         TEXT   NOT NULL,
    compute_time   BIGINT NOT NULL,
    PRIMARY KEY (tenant, month, person, revision)
);

-- For the credit statement, which reads the scores of one person over all periods.
CREATE INDEX scores_person ON scores (tenant, person);
