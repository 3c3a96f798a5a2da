-- +goose Up
-- The first people of each part of a mass recompute whose score could not be computed, with the reason and a JSON list of
-- Indonesian sentences. Rows are added in the transaction that counts them.
CREATE TABLE recompute_failures (
    operation TEXT COLLATE "C" NOT NULL,
    tenant    TEXT COLLATE "C" NOT NULL,
    period    TEXT COLLATE "C" NOT NULL,
    person    TEXT COLLATE "C" NOT NULL,
    reason    TEXT NOT NULL,
    sentences TEXT NOT NULL,
    PRIMARY KEY (operation, tenant, period, person)
);

-- +goose Down
DROP TABLE recompute_failures;
