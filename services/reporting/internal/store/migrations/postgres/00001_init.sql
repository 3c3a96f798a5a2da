-- +goose Up
CREATE TABLE directory (
    tenant       TEXT COLLATE "C" NOT NULL,
    kind         TEXT COLLATE "C" NOT NULL,
    id           TEXT COLLATE "C" NOT NULL,
    display_name TEXT   NOT NULL,
    revision     BIGINT NOT NULL,
    PRIMARY KEY (tenant, kind, id)
);

CREATE TABLE person_reports (
    tenant            TEXT COLLATE "C" NOT NULL,
    period            TEXT COLLATE "C" NOT NULL,
    person            TEXT COLLATE "C" NOT NULL,
    display_name      TEXT   NOT NULL,
    unit              TEXT COLLATE "C" NOT NULL,
    unit_display_name TEXT   NOT NULL,
    plan_revision     BIGINT NOT NULL,
    plan_state        TEXT   NOT NULL,
    position_title    TEXT   NOT NULL,
    score_revision    BIGINT NOT NULL,
    score_state       TEXT   NOT NULL,
    predicate         TEXT   NOT NULL,
    result_rating     TEXT   NOT NULL,
    behavior_rating   TEXT   NOT NULL,
    achievement       TEXT   NOT NULL,
    survey_index      TEXT   NOT NULL,
    credit            TEXT   NOT NULL,
    missing           TEXT   NOT NULL,
    input_time        BIGINT NOT NULL,
    compute_time      BIGINT NOT NULL,
    visible_time      BIGINT NOT NULL,
    revision          BIGINT NOT NULL,
    PRIMARY KEY (tenant, period, person)
);

CREATE INDEX person_reports_unit ON person_reports (tenant, unit, period, person);
CREATE INDEX person_reports_person ON person_reports (tenant, person);

-- The unit '' counts the whole tenant.
CREATE TABLE tallies (
    tenant            TEXT COLLATE "C" NOT NULL,
    period            TEXT COLLATE "C" NOT NULL,
    unit              TEXT COLLATE "C" NOT NULL,
    display_name      TEXT   NOT NULL,
    people            BIGINT NOT NULL,
    approved          BIGINT NOT NULL,
    very_good         BIGINT NOT NULL,
    good              BIGINT NOT NULL,
    needs_improvement BIGINT NOT NULL,
    poor              BIGINT NOT NULL,
    very_poor         BIGINT NOT NULL,
    survey_revision   BIGINT NOT NULL,
    survey_index      TEXT   NOT NULL,
    survey_grade      TEXT   NOT NULL,
    visible_time      BIGINT NOT NULL,
    revision          BIGINT NOT NULL,
    PRIMARY KEY (tenant, period, unit)
);

CREATE INDEX tallies_unit ON tallies (tenant, unit);

-- Views that are to be put, as of a revision or newer.
CREATE TABLE owed_views (
    tenant   TEXT COLLATE "C" NOT NULL,
    period   TEXT COLLATE "C" NOT NULL,
    kind     TEXT COLLATE "C" NOT NULL,
    id       TEXT COLLATE "C" NOT NULL,
    revision BIGINT NOT NULL,
    PRIMARY KEY (tenant, period, kind, id)
);

-- +goose Down
DROP TABLE owed_views;
DROP TABLE tallies;
DROP TABLE person_reports;
DROP TABLE directory;
