-- +goose Up
-- The predicate in the words of the score's rules.
ALTER TABLE person_reports ADD COLUMN predicate_word TEXT NOT NULL DEFAULT '';
