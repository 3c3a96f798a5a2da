-- +goose Up
-- The ratings of the organisations of the plans that a revision was computed with, as a JSON list with who set each; empty for
-- revisions older than this.
ALTER TABLE score_revisions ADD COLUMN organization_ratings TEXT NOT NULL DEFAULT '[]';

-- +goose Down
ALTER TABLE score_revisions DROP COLUMN organization_ratings;
