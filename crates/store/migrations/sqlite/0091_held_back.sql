-- What was sent as an idea and reads like something for a door all the same: a finder reads it before anybody else. The
-- words go when that has ended: to a record, a door, or back to the drafts of whoever wrote them.
CREATE TABLE held_back (
    id       BLOB    NOT NULL PRIMARY KEY,
    account  BLOB    NOT NULL REFERENCES account (id),
    form     TEXT    NOT NULL,
    payload  TEXT,
    node     BLOB    NOT NULL,
    door     TEXT    NOT NULL,
    held_at  INTEGER NOT NULL,
    due_on   TEXT    NOT NULL,
    ended_at INTEGER,
    outcome  TEXT,
    record   BLOB,
    message  BLOB,
    line     TEXT,
    CHECK ((payload IS NULL) = (ended_at IS NOT NULL)),
    CHECK ((outcome IS NULL) = (ended_at IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX held_back_account ON held_back (account, held_at);
CREATE INDEX held_back_waits ON held_back (node) WHERE ended_at IS NULL;
CREATE INDEX held_back_ended ON held_back (ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX held_back_message ON held_back (message) WHERE message IS NOT NULL;
