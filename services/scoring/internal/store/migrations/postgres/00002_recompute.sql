-- +goose Up
-- Mass recomputes that somebody asked for. The owner is `tenants/{tenant}` or `provinces/{province}`; ids rise with time.
CREATE TABLE recomputes (
    owner       TEXT COLLATE "C" NOT NULL,
    operation   TEXT COLLATE "C" NOT NULL,
    period      TEXT COLLATE "C" NOT NULL,
    unit        TEXT COLLATE "C" NOT NULL,
    create_time BIGINT NOT NULL,
    PRIMARY KEY (owner, operation)
);

-- What a recompute does in one tenant. The counters and the cursor, the last person done, move in the transaction of the
-- scores that they count. The holder is the process that works on it, until the lease ends.
CREATE TABLE recompute_parts (
    tenant     TEXT COLLATE "C" NOT NULL,
    period     TEXT COLLATE "C" NOT NULL,
    operation  TEXT COLLATE "C" NOT NULL,
    unit       TEXT COLLATE "C" NOT NULL,
    state      TEXT   NOT NULL,
    problem    TEXT   NOT NULL,
    last_person TEXT COLLATE "C" NOT NULL,
    total      BIGINT NOT NULL,
    written    BIGINT NOT NULL,
    unchanged  BIGINT NOT NULL,
    skipped    BIGINT NOT NULL,
    failed     BIGINT NOT NULL,
    start_time BIGINT NOT NULL,
    end_time   BIGINT NOT NULL,
    holder     TEXT   NOT NULL,
    lease_time BIGINT NOT NULL,
    PRIMARY KEY (tenant, period, operation)
);

CREATE INDEX recompute_parts_operation ON recompute_parts (operation);

-- Only one recompute of the same people is open at a time.
CREATE UNIQUE INDEX recompute_parts_open ON recompute_parts (tenant, period, unit) WHERE state IN ('queued', 'running');

-- What the standing check found: revisions that are not what the facts give.
CREATE TABLE score_mismatches (
    tenant          TEXT COLLATE "C" NOT NULL,
    mismatch        TEXT COLLATE "C" NOT NULL,
    period          TEXT COLLATE "C" NOT NULL,
    person          TEXT COLLATE "C" NOT NULL,
    revision        BIGINT NOT NULL,
    stored_digest   TEXT   NOT NULL,
    computed_digest TEXT   NOT NULL,
    find_time       BIGINT NOT NULL,
    PRIMARY KEY (tenant, mismatch)
);

CREATE UNIQUE INDEX score_mismatches_revision ON score_mismatches (tenant, period, person, revision);
