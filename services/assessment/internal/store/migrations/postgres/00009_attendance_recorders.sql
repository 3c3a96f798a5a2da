-- +goose Up
-- Who set the attendance: the resource name of a person, or the id of a client; empty for revisions older than this.
ALTER TABLE attendances ADD COLUMN recorder TEXT NOT NULL DEFAULT '';
