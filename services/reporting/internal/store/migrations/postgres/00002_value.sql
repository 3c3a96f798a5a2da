-- +goose Up
-- The value of the rule pack, the rating that it suggests, and whether people have fixed the predicate.
ALTER TABLE person_reports ADD COLUMN score_value TEXT NOT NULL DEFAULT '';
ALTER TABLE person_reports ADD COLUMN suggested_rating TEXT NOT NULL DEFAULT '';
ALTER TABLE person_reports ADD COLUMN final BIGINT NOT NULL DEFAULT 0;
