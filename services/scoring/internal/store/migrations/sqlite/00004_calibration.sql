-- +goose Up
-- A calibration session at its current revision. Participants, people and adjustments are added and never changed.
CREATE TABLE calibrations (
    tenant         TEXT   NOT NULL,
    period         TEXT   NOT NULL,
    calibration    TEXT   NOT NULL,
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
    tenant      TEXT   NOT NULL,
    period      TEXT   NOT NULL,
    calibration TEXT   NOT NULL,
    person      TEXT   NOT NULL,
    PRIMARY KEY (tenant, period, calibration, person)
);

-- Everybody of a session with the predicate at its opening (phase before) and at its closing (phase after).
CREATE TABLE calibration_people (
    tenant      TEXT   NOT NULL,
    period      TEXT   NOT NULL,
    calibration TEXT   NOT NULL,
    person      TEXT   NOT NULL,
    phase       TEXT   NOT NULL,
    unit        TEXT   NOT NULL,
    predicate   TEXT   NOT NULL,
    revision    BIGINT NOT NULL,
    PRIMARY KEY (tenant, period, calibration, person, phase)
);

CREATE TABLE calibration_adjustments (
    tenant             TEXT   NOT NULL,
    period             TEXT   NOT NULL,
    calibration        TEXT   NOT NULL,
    adjustment         TEXT   NOT NULL,
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
    tenant      TEXT   NOT NULL,
    period      TEXT   NOT NULL,
    calibration TEXT   NOT NULL,
    adjustment  TEXT   NOT NULL,
    decision    TEXT   NOT NULL,
    PRIMARY KEY (tenant, period, calibration, adjustment)
);

-- The disparity view of a closed session, as it was shown to whoever closed it.
CREATE TABLE calibration_disparities (
    tenant       TEXT   NOT NULL,
    period       TEXT   NOT NULL,
    calibration  TEXT   NOT NULL,
    view         TEXT   NOT NULL,
    compute_time BIGINT NOT NULL,
    PRIMARY KEY (tenant, period, calibration)
);

-- Why a unit deviates from the distribution pattern. Rows are added, never changed.
CREATE TABLE distribution_justifications (
    tenant        TEXT   NOT NULL,
    period        TEXT   NOT NULL,
    unit          TEXT   NOT NULL,
    subtree       BOOLEAN NOT NULL,
    justification TEXT   NOT NULL,
    rules         TEXT   NOT NULL,
    text          TEXT   NOT NULL,
    author        TEXT   NOT NULL,
    create_time   BIGINT NOT NULL,
    level         TEXT   NOT NULL,
    counts        TEXT   NOT NULL,
    PRIMARY KEY (tenant, period, unit, subtree, justification)
);
