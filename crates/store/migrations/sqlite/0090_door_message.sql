-- What somebody sent to a door instead of telling it here. The words go once its mail has been handed over.
CREATE TABLE door_message (
    id           BLOB    NOT NULL PRIMARY KEY,
    door         TEXT    NOT NULL,
    node         BLOB    NOT NULL,
    address      TEXT    NOT NULL,
    account      BLOB    REFERENCES account (id),
    key_hash     BLOB,
    language     TEXT    NOT NULL,
    words        TEXT,
    sent_at      INTEGER NOT NULL,
    delivered_at INTEGER,
    CHECK ((account IS NULL) <> (key_hash IS NULL)),
    CHECK ((words IS NULL) = (delivered_at IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX door_message_delivered ON door_message (delivered_at) WHERE delivered_at IS NOT NULL;
