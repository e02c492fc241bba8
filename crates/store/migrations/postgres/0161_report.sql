-- That somebody said something is wrong with a record, until a moderator has looked at it, and what became of it.
CREATE TABLE report (
    id          UUID NOT NULL PRIMARY KEY,
    innovation  UUID NOT NULL,
    version     BIGINT NOT NULL,
    because     TEXT NOT NULL,
    line        TEXT NOT NULL,
    account     UUID,
    reported_at BIGINT NOT NULL,
    ended_at    BIGINT,
    outcome     TEXT,
    words       TEXT,
    CHECK ((outcome IS NULL) = (ended_at IS NULL))
);
CREATE INDEX report_open ON report (innovation) WHERE ended_at IS NULL;
CREATE INDEX report_account ON report (account, reported_at);
CREATE INDEX report_ended ON report (ended_at) WHERE ended_at IS NOT NULL;
