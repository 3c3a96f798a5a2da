-- +goose Up
-- Why there is a revision, and what people had fixed by then. A revision from before this has neither.
ALTER TABLE score_revisions ADD COLUMN causes TEXT NOT NULL DEFAULT '[]';
ALTER TABLE score_revisions ADD COLUMN final TEXT NOT NULL DEFAULT '';

-- What people decided about scores. Rows are added; the one change is the answer to a row that is proposed.
CREATE TABLE score_decisions (
    tenant        TEXT COLLATE "C" NOT NULL,
    period        TEXT COLLATE "C" NOT NULL,
    person        TEXT COLLATE "C" NOT NULL,
    number        BIGINT NOT NULL,
    kind          TEXT   NOT NULL,
    state         TEXT   NOT NULL,
    predicate     TEXT   NOT NULL,
    reason        TEXT   NOT NULL,
    reference     TEXT   NOT NULL,
    revision      BIGINT NOT NULL,
    author        TEXT   NOT NULL,
    propose_time  BIGINT NOT NULL,
    approver      TEXT   NOT NULL,
    answer_reason TEXT   NOT NULL,
    answer_time   BIGINT NOT NULL,
    PRIMARY KEY (tenant, period, person, number)
);
