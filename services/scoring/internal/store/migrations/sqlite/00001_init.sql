-- +goose Up
-- The current revision of each score. A new revision moves it by one; whoever comes second is refused.
CREATE TABLE scores (
    tenant   TEXT   NOT NULL,
    period   TEXT   NOT NULL,
    person   TEXT   NOT NULL,
    revision BIGINT NOT NULL,
    PRIMARY KEY (tenant, period, person)
);

-- Every revision of every score. Rows are added, never changed. The record, from which the trace is made, comes
-- last: lists do not read it.
CREATE TABLE score_revisions (
    tenant          TEXT   NOT NULL,
    period          TEXT   NOT NULL,
    person          TEXT   NOT NULL,
    revision        BIGINT NOT NULL,
    unit            TEXT   NOT NULL,
    state           TEXT   NOT NULL,
    predicate       TEXT   NOT NULL,
    result_rating   TEXT   NOT NULL,
    behavior_rating TEXT   NOT NULL,
    achievement     TEXT   NOT NULL,
    survey_index    TEXT   NOT NULL,
    credit          TEXT   NOT NULL,
    missing         TEXT   NOT NULL,
    rule_pack       TEXT   NOT NULL,
    rule_pack_hash  TEXT   NOT NULL,
    digest          TEXT   NOT NULL,
    compute_time    BIGINT NOT NULL,
    input_time      BIGINT NOT NULL,
    record          TEXT   NOT NULL,
    PRIMARY KEY (tenant, period, person, revision)
);

-- The current revision of the satisfaction index of each unit.
CREATE TABLE survey_indexes (
    tenant   TEXT   NOT NULL,
    period   TEXT   NOT NULL,
    unit     TEXT   NOT NULL,
    revision BIGINT NOT NULL,
    PRIMARY KEY (tenant, period, unit)
);

-- Every revision of every index. Rows are added, never changed.
CREATE TABLE survey_index_revisions (
    tenant         TEXT   NOT NULL,
    period         TEXT   NOT NULL,
    unit           TEXT   NOT NULL,
    revision       BIGINT NOT NULL,
    source         TEXT   NOT NULL,
    responses      BIGINT NOT NULL,
    elements       TEXT   NOT NULL,
    lowest         TEXT   NOT NULL,
    value          TEXT   NOT NULL,
    grade          TEXT   NOT NULL,
    printed_value  TEXT   NOT NULL,
    printed_grade  TEXT   NOT NULL,
    rule_pack      TEXT   NOT NULL,
    rule_pack_hash TEXT   NOT NULL,
    digest         TEXT   NOT NULL,
    compute_time   BIGINT NOT NULL,
    PRIMARY KEY (tenant, period, unit, revision)
);
