-- +goose Up
-- Everybody who has written content of a draft, as a JSON list in the order in which they came; none of them may publish it.
-- Of a draft that is older than this only the last is known.
ALTER TABLE rule_pack_drafts ADD COLUMN authors TEXT NOT NULL DEFAULT '[]';
UPDATE rule_pack_drafts SET authors = json_build_array(author)::text;
ALTER TABLE rule_packs ADD COLUMN authors TEXT NOT NULL DEFAULT '[]';
UPDATE rule_packs SET authors = json_build_array(author)::text;
-- The id of the person who set the ratings by the superior that a revision was computed with; empty without, and for
-- revisions older than this.
ALTER TABLE score_revisions ADD COLUMN rater TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE score_revisions DROP COLUMN rater;
ALTER TABLE rule_packs DROP COLUMN authors;
ALTER TABLE rule_pack_drafts DROP COLUMN authors;
