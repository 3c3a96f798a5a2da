-- +goose Up
-- What a correction rests on; empty for other decisions, and for corrections that are older than this.
ALTER TABLE score_decisions ADD COLUMN ground TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE score_decisions DROP COLUMN ground;
