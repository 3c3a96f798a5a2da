-- +goose Up
-- The longest row of unexcused days that reaches into the month; NULL is not known.
ALTER TABLE month_facts ADD COLUMN consecutive_unexcused_days INTEGER;
