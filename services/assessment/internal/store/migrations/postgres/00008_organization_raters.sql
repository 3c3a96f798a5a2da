-- +goose Up
-- Who set the rating of the organisation: the resource name of a person, or the id of a client; empty for revisions older than
-- this.
ALTER TABLE organization_ratings ADD COLUMN rater TEXT NOT NULL DEFAULT '';
