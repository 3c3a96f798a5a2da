-- +goose Up
-- Every revision of the facts of a month, the highest of which counts. What is NULL or empty is not known.
CREATE TABLE month_facts (
    tenant              TEXT   NOT NULL,
    month               TEXT   NOT NULL,
    person              TEXT   NOT NULL,
    revision            BIGINT NOT NULL,
    position_class      TEXT   NOT NULL,
    working_days        INTEGER,
    counts              TEXT   NOT NULL,
    productivity        TEXT   NOT NULL,
    year_unexcused_days INTEGER,
    sanction_days       INTEGER,
    sanction_month      INTEGER,
    update_time         BIGINT NOT NULL,
    PRIMARY KEY (tenant, month, person, revision)
) WITHOUT ROWID;
