-- Checkpoints: each vouches for the heads of the streams that changed since the one before, and for that one.
CREATE TABLE seal (
    number    INTEGER NOT NULL PRIMARY KEY,
    prev_root BLOB    NOT NULL CHECK (length(prev_root) = 32),
    root      BLOB    NOT NULL CHECK (length(root) = 32),
    at        INTEGER NOT NULL,
    leaves    INTEGER NOT NULL
) STRICT;

CREATE TABLE seal_leaf (
    seal    INTEGER NOT NULL,
    stream  BLOB    NOT NULL,
    version INTEGER NOT NULL,
    head    BLOB    NOT NULL,
    PRIMARY KEY (seal, stream)
) STRICT, WITHOUT ROWID;
CREATE INDEX seal_leaf_stream ON seal_leaf (stream, version);
