-- +goose Up
-- What newer rule packs compute beside achievement and predicate: the value of the whole score and a suggested rating, empty
-- for packs without, and how many plans the score is made of.
ALTER TABLE score_revisions ADD COLUMN value TEXT NOT NULL DEFAULT '';
ALTER TABLE score_revisions ADD COLUMN suggestion TEXT NOT NULL DEFAULT '';
ALTER TABLE score_revisions ADD COLUMN segments BIGINT NOT NULL DEFAULT 1;

-- +goose Down
ALTER TABLE score_revisions DROP COLUMN segments;
ALTER TABLE score_revisions DROP COLUMN suggestion;
ALTER TABLE score_revisions DROP COLUMN value;
