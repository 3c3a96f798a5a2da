-- +goose Up
ALTER TABLE positions ADD COLUMN job_family TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE positions DROP COLUMN job_family;
