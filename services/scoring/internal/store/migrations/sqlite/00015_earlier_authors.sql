-- +goose Up
-- Who set the ratings by the superior and the attendance of the plans before the last that a revision was computed with, as a JSON
-- list in the order of the plans; those of the last stand in rater and attendance_recorder. Empty for revisions older than this.
ALTER TABLE score_revisions ADD COLUMN earlier_authors TEXT NOT NULL DEFAULT '[]';

-- +goose Down
ALTER TABLE score_revisions DROP COLUMN earlier_authors;
