-- +goose Up
CREATE TABLE progress_reports (
    tenant        TEXT   NOT NULL,
    period        TEXT   NOT NULL,
    person        TEXT   NOT NULL,
    create_time   BIGINT NOT NULL,
    id            TEXT   NOT NULL,
    indicator     TEXT   NOT NULL,
    realisation   TEXT   NOT NULL,
    evidence_note TEXT   NOT NULL,
    PRIMARY KEY (tenant, period, person, create_time, id)
) WITHOUT ROWID;

-- The report that counts of each indicator, kept beside the reports because there may be one a day of each.
CREATE TABLE current_progress (
    tenant      TEXT   NOT NULL,
    period      TEXT   NOT NULL,
    person      TEXT   NOT NULL,
    indicator   TEXT   NOT NULL,
    realisation TEXT   NOT NULL,
    report_id   TEXT   NOT NULL,
    report_time BIGINT NOT NULL,
    PRIMARY KEY (tenant, period, person, indicator)
) WITHOUT ROWID;

CREATE TABLE ratings (
    tenant          TEXT   NOT NULL,
    period          TEXT   NOT NULL,
    person          TEXT   NOT NULL,
    revision        BIGINT NOT NULL,
    rater           TEXT   NOT NULL,
    result_rating   TEXT   NOT NULL,
    behavior_rating TEXT   NOT NULL,
    feedback        TEXT   NOT NULL,
    feedback_date   TEXT   NOT NULL,
    update_time     BIGINT NOT NULL,
    PRIMARY KEY (tenant, period, person, revision)
) WITHOUT ROWID;

CREATE TABLE organization_ratings (
    tenant      TEXT   NOT NULL,
    period      TEXT   NOT NULL,
    unit        TEXT   NOT NULL,
    revision    BIGINT NOT NULL,
    level       TEXT   NOT NULL,
    basis       TEXT   NOT NULL,
    update_time BIGINT NOT NULL,
    PRIMARY KEY (tenant, period, unit, revision)
) WITHOUT ROWID;

CREATE TABLE attendances (
    tenant         TEXT    NOT NULL,
    period         TEXT    NOT NULL,
    person         TEXT    NOT NULL,
    revision       BIGINT  NOT NULL,
    working_days   INTEGER NOT NULL,
    present_days   INTEGER NOT NULL,
    unexcused_days INTEGER NOT NULL,
    late_minutes   INTEGER NOT NULL,
    update_time    BIGINT  NOT NULL,
    PRIMARY KEY (tenant, period, person, revision)
) WITHOUT ROWID;

-- Ordered by the mark, so that the order of the rows does not tell who answered first.
CREATE TABLE peer_reviews (
    tenant           TEXT     NOT NULL,
    period           TEXT     NOT NULL,
    person           TEXT     NOT NULL,
    rater_mark       BLOB     NOT NULL,
    service_oriented SMALLINT NOT NULL,
    accountable      SMALLINT NOT NULL,
    competent        SMALLINT NOT NULL,
    harmonious       SMALLINT NOT NULL,
    loyal            SMALLINT NOT NULL,
    adaptive         SMALLINT NOT NULL,
    collaborative    SMALLINT NOT NULL,
    day              TEXT     NOT NULL,
    request_mark     BLOB,
    PRIMARY KEY (tenant, period, person, rater_mark)
) WITHOUT ROWID;

CREATE UNIQUE INDEX peer_reviews_request ON peer_reviews (tenant, request_mark) WHERE request_mark IS NOT NULL;

CREATE TABLE surveys (
    tenant      TEXT   NOT NULL,
    period      TEXT   NOT NULL,
    id          TEXT   NOT NULL,
    unit        TEXT   NOT NULL,
    title       TEXT   NOT NULL,
    start_date  TEXT   NOT NULL,
    end_date    TEXT   NOT NULL,
    create_time BIGINT NOT NULL,
    PRIMARY KEY (tenant, period, id)
) WITHOUT ROWID;

CREATE UNIQUE INDEX surveys_unit ON surveys (tenant, period, unit);

-- The id is random, so that it tells neither the hour nor the order of the responses.
CREATE TABLE survey_responses (
    tenant       TEXT     NOT NULL,
    period       TEXT     NOT NULL,
    survey       TEXT     NOT NULL,
    id           BLOB     NOT NULL,
    u1           SMALLINT NOT NULL,
    u2           SMALLINT NOT NULL,
    u3           SMALLINT NOT NULL,
    u4           SMALLINT NOT NULL,
    u5           SMALLINT NOT NULL,
    u6           SMALLINT NOT NULL,
    u7           SMALLINT NOT NULL,
    u8           SMALLINT NOT NULL,
    u9           SMALLINT NOT NULL,
    day          TEXT     NOT NULL,
    request_mark BLOB,
    PRIMARY KEY (tenant, period, survey, id)
) WITHOUT ROWID;

CREATE UNIQUE INDEX survey_responses_request ON survey_responses (tenant, request_mark) WHERE request_mark IS NOT NULL;
