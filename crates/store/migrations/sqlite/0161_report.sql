-- That somebody said something is wrong with a record, until a moderator has looked at it, and what became of it.
CREATE TABLE report (
    id          BLOB NOT NULL PRIMARY KEY,
    innovation  BLOB NOT NULL,
    version     INTEGER NOT NULL,
    because     TEXT NOT NULL,
    line        TEXT NOT NULL,
    account     BLOB,
    reported_at INTEGER NOT NULL,
    ended_at    INTEGER,
    outcome     TEXT,
    words       TEXT,
    CHECK ((outcome IS NULL) = (ended_at IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX report_open ON report (innovation) WHERE ended_at IS NULL;
CREATE INDEX report_account ON report (account, reported_at);
CREATE INDEX report_ended ON report (ended_at) WHERE ended_at IS NOT NULL;
