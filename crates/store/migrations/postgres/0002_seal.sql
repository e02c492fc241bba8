-- Checkpoints: each vouches for the heads of the streams that changed since the one before, and for that one.
CREATE TABLE seal (
    number    BIGINT  NOT NULL PRIMARY KEY,
    prev_root BYTEA   NOT NULL CHECK (length(prev_root) = 32),
    root      BYTEA   NOT NULL CHECK (length(root) = 32),
    at        BIGINT  NOT NULL,
    leaves    BIGINT  NOT NULL
);

CREATE TABLE seal_leaf (
    seal    BIGINT  NOT NULL,
    stream  UUID    NOT NULL,
    version BIGINT  NOT NULL,
    head    BYTEA   NOT NULL,
    PRIMARY KEY (seal, stream)
);
CREATE INDEX seal_leaf_stream ON seal_leaf (stream, version);
