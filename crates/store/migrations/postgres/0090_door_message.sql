-- What somebody sent to a door instead of telling it here. The words go once its mail has been handed over.
CREATE TABLE door_message (
    id           UUID    NOT NULL PRIMARY KEY,
    door         TEXT    NOT NULL,
    node         UUID    NOT NULL,
    address      TEXT    NOT NULL,
    account      UUID    REFERENCES account (id),
    key_hash     BYTEA,
    language     TEXT    NOT NULL,
    words        TEXT,
    sent_at      BIGINT  NOT NULL,
    delivered_at BIGINT,
    CHECK ((account IS NULL) <> (key_hash IS NULL)),
    CHECK ((words IS NULL) = (delivered_at IS NOT NULL))
);
CREATE INDEX door_message_delivered ON door_message (delivered_at) WHERE delivered_at IS NOT NULL;
