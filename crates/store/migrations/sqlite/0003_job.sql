-- Work to do after a change, written in the change's own transaction.
CREATE TABLE job (
    id          INTEGER NOT NULL PRIMARY KEY,
    kind        TEXT    NOT NULL,
    payload     TEXT    NOT NULL,
    unique_key  TEXT,
    enqueued_at INTEGER NOT NULL,
    run_at      INTEGER NOT NULL,
    attempts    INTEGER NOT NULL DEFAULT 0,
    worker      TEXT,
    lease_until INTEGER,
    last_error  TEXT,
    CHECK ((worker IS NULL) = (lease_until IS NULL))
) STRICT;
CREATE UNIQUE INDEX job_unique_key ON job (unique_key);
CREATE INDEX job_due ON job (run_at, id) WHERE attempts < 10;
