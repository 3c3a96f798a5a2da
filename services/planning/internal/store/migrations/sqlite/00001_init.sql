-- +goose Up
CREATE TABLE tenants (
    tenant       TEXT NOT NULL PRIMARY KEY,
    display_name TEXT NOT NULL,
    population   BIGINT NOT NULL,
    revision     BIGINT NOT NULL,
    create_time  BIGINT NOT NULL
);

CREATE TABLE units (
    tenant       TEXT NOT NULL REFERENCES tenants (tenant),
    unit         TEXT NOT NULL,
    display_name TEXT NOT NULL,
    kind         TEXT NOT NULL,
    parent_unit  TEXT,
    revision     BIGINT NOT NULL,
    create_time  BIGINT NOT NULL,
    PRIMARY KEY (tenant, unit),
    FOREIGN KEY (tenant, parent_unit) REFERENCES units (tenant, unit)
);

-- assignment_locks counts the writers of assignments: its update is the lock that keeps a second one waiting.
CREATE TABLE positions (
    tenant            TEXT NOT NULL,
    position          TEXT NOT NULL,
    title             TEXT NOT NULL,
    unit              TEXT NOT NULL,
    kind              TEXT NOT NULL,
    functional_level  TEXT NOT NULL,
    superior_position TEXT,
    unit_head         BOOLEAN NOT NULL,
    assignment_locks  BIGINT NOT NULL DEFAULT 0,
    revision          BIGINT NOT NULL,
    create_time       BIGINT NOT NULL,
    PRIMARY KEY (tenant, position),
    FOREIGN KEY (tenant, unit) REFERENCES units (tenant, unit),
    FOREIGN KEY (tenant, superior_position) REFERENCES positions (tenant, position)
);

CREATE TABLE people (
    tenant           TEXT NOT NULL REFERENCES tenants (tenant),
    person           TEXT NOT NULL,
    display_name     TEXT NOT NULL,
    employment       TEXT NOT NULL,
    nip              TEXT NOT NULL,
    rank             TEXT NOT NULL,
    assignment_locks BIGINT NOT NULL DEFAULT 0,
    revision         BIGINT NOT NULL,
    create_time      BIGINT NOT NULL,
    PRIMARY KEY (tenant, person)
);

CREATE UNIQUE INDEX people_nip ON people (tenant, nip) WHERE nip <> '';

-- end_date is 9999-12-31 while the assignment lasts, so that one comparison serves.
CREATE TABLE assignments (
    tenant      TEXT NOT NULL,
    assignment  TEXT NOT NULL,
    person      TEXT NOT NULL,
    position    TEXT NOT NULL,
    kind        TEXT NOT NULL,
    start_date  TEXT NOT NULL,
    end_date    TEXT NOT NULL,
    revision    BIGINT NOT NULL,
    create_time BIGINT NOT NULL,
    PRIMARY KEY (tenant, assignment),
    FOREIGN KEY (tenant, person) REFERENCES people (tenant, person),
    FOREIGN KEY (tenant, position) REFERENCES positions (tenant, position)
);

CREATE INDEX assignments_person ON assignments (tenant, person, position);

CREATE INDEX assignments_position ON assignments (tenant, position, start_date);

CREATE TABLE periods (
    tenant       TEXT NOT NULL REFERENCES tenants (tenant),
    period       TEXT NOT NULL,
    display_name TEXT NOT NULL,
    start_date   TEXT NOT NULL,
    end_date     TEXT NOT NULL,
    rule_pack    TEXT NOT NULL,
    state        TEXT NOT NULL,
    revision     BIGINT NOT NULL,
    create_time  BIGINT NOT NULL,
    PRIMARY KEY (tenant, period)
);

CREATE TABLE objectives (
    tenant      TEXT NOT NULL,
    period      TEXT NOT NULL,
    objective   TEXT NOT NULL,
    unit        TEXT NOT NULL,
    title       TEXT NOT NULL,
    revision    BIGINT NOT NULL,
    create_time BIGINT NOT NULL,
    PRIMARY KEY (tenant, period, objective),
    FOREIGN KEY (tenant, period) REFERENCES periods (tenant, period),
    FOREIGN KEY (tenant, unit) REFERENCES units (tenant, unit)
);

-- The columns of the position are copies of what cannot change, so that inputs of scoring need no join for them.
CREATE TABLE plans (
    tenant           TEXT NOT NULL,
    period           TEXT NOT NULL,
    plan             TEXT NOT NULL,
    person           TEXT NOT NULL,
    position         TEXT NOT NULL,
    position_title   TEXT NOT NULL,
    position_kind    TEXT NOT NULL,
    functional_level TEXT NOT NULL,
    unit_head        BOOLEAN NOT NULL,
    unit             TEXT NOT NULL,
    results          TEXT NOT NULL,
    state            TEXT NOT NULL,
    return_reason    TEXT NOT NULL,
    approver         TEXT NOT NULL,
    submit_time      BIGINT NOT NULL,
    approve_time     BIGINT NOT NULL,
    create_time      BIGINT NOT NULL,
    update_time      BIGINT NOT NULL,
    revision         BIGINT NOT NULL,
    PRIMARY KEY (tenant, period, plan),
    UNIQUE (tenant, period, person),
    FOREIGN KEY (tenant, period) REFERENCES periods (tenant, period),
    FOREIGN KEY (tenant, person) REFERENCES people (tenant, person),
    FOREIGN KEY (tenant, position) REFERENCES positions (tenant, position)
);

CREATE INDEX plans_approved ON plans (tenant, period, unit, person) WHERE state = 'APPROVED';
