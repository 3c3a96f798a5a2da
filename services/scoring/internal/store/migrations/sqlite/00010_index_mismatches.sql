-- +goose Up
-- What the standing check found: revisions of satisfaction indexes that are not what the survey gives.
CREATE TABLE survey_index_mismatches (
    tenant          TEXT   NOT NULL,
    mismatch        TEXT   NOT NULL,
    period          TEXT   NOT NULL,
    unit            TEXT   NOT NULL,
    revision        BIGINT NOT NULL,
    stored_digest   TEXT   NOT NULL,
    computed_digest TEXT   NOT NULL,
    find_time       BIGINT NOT NULL,
    PRIMARY KEY (tenant, mismatch)
);

CREATE UNIQUE INDEX survey_index_mismatches_revision ON survey_index_mismatches (tenant, period, unit, revision);

-- +goose Down
DROP TABLE survey_index_mismatches;
