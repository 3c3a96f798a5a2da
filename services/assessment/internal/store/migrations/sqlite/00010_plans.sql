-- +goose Up
-- The id of the plan that the report or the rating was told of; empty for those that are older than this.
ALTER TABLE current_progress ADD COLUMN plan TEXT NOT NULL DEFAULT '';
ALTER TABLE ratings ADD COLUMN plan TEXT NOT NULL DEFAULT '';
