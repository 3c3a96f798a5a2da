-- +goose Up
-- Who set the attendance that a revision was computed with: the resource name of a person, or the id of a client; empty without,
-- and for revisions older than this.
ALTER TABLE score_revisions ADD COLUMN attendance_recorder TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE score_revisions DROP COLUMN attendance_recorder;
