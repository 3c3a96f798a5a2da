-- +goose Up
CREATE TABLE outbox (
    seq               INTEGER PRIMARY KEY AUTOINCREMENT,
    event_id          TEXT    NOT NULL UNIQUE,
    subject           TEXT    NOT NULL,
    source            TEXT    NOT NULL,
    event_type        TEXT    NOT NULL,
    resource_name     TEXT    NOT NULL,
    resource_revision BIGINT  NOT NULL,
    data_schema       TEXT    NOT NULL,
    payload           BLOB    NOT NULL,
    trace_parent      TEXT    NOT NULL DEFAULT '',
    trace_state       TEXT    NOT NULL DEFAULT '',
    event_time        BIGINT  NOT NULL,
    create_time       BIGINT  NOT NULL,
    publish_time      BIGINT,
    park_time         BIGINT,
    attempts          BIGINT  NOT NULL DEFAULT 0,
    last_error        TEXT    NOT NULL DEFAULT ''
);

CREATE INDEX outbox_pending ON outbox (seq) WHERE publish_time IS NULL AND park_time IS NULL;

CREATE INDEX outbox_published ON outbox (publish_time) WHERE publish_time IS NOT NULL;

CREATE INDEX outbox_parked ON outbox (park_time) WHERE park_time IS NOT NULL;

CREATE TABLE inbox (
    consumer    TEXT   NOT NULL,
    event_id    TEXT   NOT NULL,
    create_time BIGINT NOT NULL,
    PRIMARY KEY (consumer, event_id)
);

CREATE INDEX inbox_age ON inbox (create_time);

CREATE TABLE leases (
    name        TEXT   NOT NULL PRIMARY KEY,
    holder      TEXT   NOT NULL,
    expire_time BIGINT NOT NULL
);

CREATE TABLE dead_letters (
    consumer    TEXT   NOT NULL,
    stream      TEXT   NOT NULL,
    stream_seq  BIGINT NOT NULL,
    event_id    TEXT   NOT NULL,
    subject     TEXT   NOT NULL,
    headers     TEXT   NOT NULL,
    payload     BLOB   NOT NULL,
    reason      TEXT   NOT NULL,
    deliveries  BIGINT NOT NULL,
    create_time BIGINT NOT NULL,
    PRIMARY KEY (consumer, stream, stream_seq)
);

CREATE TABLE request_log (
    tenant      TEXT   NOT NULL,
    caller      TEXT   NOT NULL,
    method      TEXT   NOT NULL,
    request_id  TEXT   NOT NULL,
    body_hash   TEXT   NOT NULL,
    response    BLOB,
    create_time BIGINT NOT NULL,
    PRIMARY KEY (tenant, caller, method, request_id)
);

CREATE INDEX request_log_age ON request_log (create_time);

CREATE TABLE secrets (
    name        TEXT   NOT NULL PRIMARY KEY,
    value       BLOB   NOT NULL,
    create_time BIGINT NOT NULL
);
