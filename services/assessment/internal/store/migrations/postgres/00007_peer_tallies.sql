-- +goose Up
-- What is shown of the peers' answers about somebody: the sums as they were when enough new answers had come at once. The
-- row exists without any from the first answer on, because those who answer at the same time wait for each other on it.
CREATE TABLE peer_tallies (
    tenant           TEXT COLLATE "C" NOT NULL,
    period           TEXT COLLATE "C" NOT NULL,
    person           TEXT COLLATE "C" NOT NULL,
    answers          INTEGER          NOT NULL DEFAULT 0,
    service_oriented INTEGER          NOT NULL DEFAULT 0,
    accountable      INTEGER          NOT NULL DEFAULT 0,
    competent        INTEGER          NOT NULL DEFAULT 0,
    harmonious       INTEGER          NOT NULL DEFAULT 0,
    loyal            INTEGER          NOT NULL DEFAULT 0,
    adaptive         INTEGER          NOT NULL DEFAULT 0,
    collaborative    INTEGER          NOT NULL DEFAULT 0,
    day              TEXT             NOT NULL DEFAULT '',
    PRIMARY KEY (tenant, period, person)
);

-- What was shown before stays shown.
INSERT INTO peer_tallies (tenant, period, person, answers,
    service_oriented, accountable, competent, harmonious, loyal, adaptive, collaborative, day)
SELECT tenant, period, person, COUNT(*), SUM(service_oriented), SUM(accountable), SUM(competent),
    SUM(harmonious), SUM(loyal), SUM(adaptive), SUM(collaborative), MAX(day)
FROM peer_reviews GROUP BY tenant, period, person HAVING COUNT(*) >= 3;
