-- +goose Up
-- The first people of each part of a mass recompute whose score could not be computed, with the reason and a JSON list of
-- Indonesian sentences. Rows are added in the transaction that counts them.
CREATE TABLE recompute_failures (
    operation TEXT NOT NULL,
    tenant    TEXT NOT NULL,
    period    TEXT NOT NULL,
    person    TEXT NOT NULL,
    reason    TEXT NOT NULL,
    sentences TEXT NOT NULL,
    PRIMARY KEY (operation, tenant, period, person)
);

-- +goose Down
DROP TABLE recompute_failures;
