-- +goose Up
-- Ids are compared byte by byte, as SQLite does, whatever the locale of the server.
-- A calibration session at its current revision. Participants, people and adjustments are added and never changed.
CREATE TABLE calibrations (
    tenant         TEXT COLLATE "C" NOT NULL,
    period         TEXT COLLATE "C" NOT NULL,
    calibration    TEXT COLLATE "C" NOT NULL,
    units          TEXT   NOT NULL,
    subtree        BOOLEAN NOT NULL,
    purpose        TEXT   NOT NULL,
    state          TEXT   NOT NULL,
    opener         TEXT   NOT NULL,
    closer         TEXT   NOT NULL,
    create_time    BIGINT NOT NULL,
    close_time     BIGINT NOT NULL,
    abandon_reason TEXT   NOT NULL,
    counts_before  TEXT   NOT NULL,
    counts_after   TEXT   NOT NULL,
    revision       BIGINT NOT NULL,
    PRIMARY KEY (tenant, period, calibration)
);

CREATE TABLE calibration_participants (
    tenant      TEXT COLLATE "C" NOT NULL,
    period      TEXT COLLATE "C" NOT NULL,
    calibration TEXT COLLATE "C" NOT NULL,
    person      TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (tenant, period, calibration, person)
);

-- Everybody of a session with the predicate at its opening (phase before) and at its closing (phase after).
CREATE TABLE calibration_people (
    tenant      TEXT COLLATE "C" NOT NULL,
    period      TEXT COLLATE "C" NOT NULL,
    calibration TEXT COLLATE "C" NOT NULL,
    person      TEXT COLLATE "C" NOT NULL,
    phase       TEXT   NOT NULL,
    unit        TEXT   NOT NULL,
    predicate   TEXT   NOT NULL,
    revision    BIGINT NOT NULL,
    PRIMARY KEY (tenant, period, calibration, person, phase)
);

CREATE TABLE calibration_adjustments (
    tenant             TEXT COLLATE "C" NOT NULL,
    period             TEXT COLLATE "C" NOT NULL,
    calibration        TEXT COLLATE "C" NOT NULL,
    adjustment         TEXT COLLATE "C" NOT NULL,
    person             TEXT   NOT NULL,
    current_predicate  TEXT   NOT NULL,
    score_revision     BIGINT NOT NULL,
    proposed_predicate TEXT   NOT NULL,
    reason             TEXT   NOT NULL,
    speakers           TEXT   NOT NULL,
    author             TEXT   NOT NULL,
    create_time        BIGINT NOT NULL,
    PRIMARY KEY (tenant, period, calibration, adjustment)
);

-- The decision that an adjustment has proposed. An adjustment without a row was refused.
CREATE TABLE calibration_proposals (
    tenant      TEXT COLLATE "C" NOT NULL,
    period      TEXT COLLATE "C" NOT NULL,
    calibration TEXT COLLATE "C" NOT NULL,
    adjustment  TEXT COLLATE "C" NOT NULL,
    decision    TEXT   NOT NULL,
    PRIMARY KEY (tenant, period, calibration, adjustment)
);

-- The disparity view of a closed session, as it was shown to whoever closed it.
CREATE TABLE calibration_disparities (
    tenant       TEXT COLLATE "C" NOT NULL,
    period       TEXT COLLATE "C" NOT NULL,
    calibration  TEXT COLLATE "C" NOT NULL,
    view         TEXT   NOT NULL,
    compute_time BIGINT NOT NULL,
    PRIMARY KEY (tenant, period, calibration)
);

-- Why a unit deviates from the distribution pattern. Rows are added, never changed.
CREATE TABLE distribution_justifications (
    tenant        TEXT COLLATE "C" NOT NULL,
    period        TEXT COLLATE "C" NOT NULL,
    unit          TEXT COLLATE "C" NOT NULL,
    subtree       BOOLEAN NOT NULL,
    justification TEXT COLLATE "C" NOT NULL,
    rules         TEXT   NOT NULL,
    text          TEXT   NOT NULL,
    author        TEXT   NOT NULL,
    create_time   BIGINT NOT NULL,
    level         TEXT   NOT NULL,
    counts        TEXT   NOT NULL,
    PRIMARY KEY (tenant, period, unit, subtree, justification)
);
