-- +goose Up
-- Rule packs that tenants have published. A row never changes.
CREATE TABLE rule_packs (
    name         TEXT NOT NULL PRIMARY KEY,
    tenant       TEXT NOT NULL,
    draft        TEXT NOT NULL,
    content      TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    author       TEXT NOT NULL,
    publisher    TEXT NOT NULL,
    publish_time BIGINT NOT NULL
);

CREATE TABLE rule_pack_drafts (
    tenant      TEXT NOT NULL,
    draft       TEXT NOT NULL,
    content     TEXT NOT NULL,
    author      TEXT NOT NULL,
    -- The published rule pack; empty until then.
    rule_pack   TEXT NOT NULL,
    revision    BIGINT NOT NULL,
    create_time BIGINT NOT NULL,
    update_time BIGINT NOT NULL,
    PRIMARY KEY (tenant, draft)
);

-- Every try of a draft, numbered from 1.
CREATE TABLE rule_pack_trials (
    tenant       TEXT NOT NULL,
    draft        TEXT NOT NULL,
    number       BIGINT NOT NULL,
    period       TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    trier        TEXT NOT NULL,
    try_time     BIGINT NOT NULL,
    -- JSON: counts and moves, nothing about single people.
    summary      TEXT NOT NULL,
    PRIMARY KEY (tenant, draft, number)
);

-- +goose Down
DROP TABLE rule_pack_trials;
DROP TABLE rule_pack_drafts;
DROP TABLE rule_packs;
