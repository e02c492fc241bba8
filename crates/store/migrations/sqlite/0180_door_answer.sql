-- What a channel answers to what somebody sent it, and a code by which whoever gave no name comes back to read it. What was
-- sent without a name has no account and no browser of its own any more.
CREATE TABLE door_message_coded (
    id            BLOB    NOT NULL PRIMARY KEY,
    door          TEXT    NOT NULL,
    node          BLOB    NOT NULL,
    address       TEXT    NOT NULL,
    account       BLOB    REFERENCES account (id),
    key_hash      BLOB,
    code_hash     BLOB,
    language      TEXT    NOT NULL,
    words         TEXT,
    -- By which the channel answers: with the words until they are handed over, a digest afterwards.
    answer_secret BLOB,
    answer_hash   BLOB,
    sent_at       INTEGER NOT NULL,
    delivered_at  INTEGER,
    -- When something last happened to it, once it was delivered: it is kept from then on.
    quiet_since   INTEGER,
    CHECK (account IS NULL OR key_hash IS NULL),
    CHECK (account IS NOT NULL OR key_hash IS NOT NULL OR code_hash IS NOT NULL),
    CHECK ((words IS NULL) = (delivered_at IS NOT NULL)),
    CHECK ((quiet_since IS NULL) = (delivered_at IS NULL)),
    CHECK (answer_secret IS NULL OR delivered_at IS NULL)
) STRICT, WITHOUT ROWID;
INSERT INTO door_message_coded
    (id, door, node, address, account, key_hash, language, words, sent_at, delivered_at, quiet_since)
    SELECT id, door, node, address, account, key_hash, language, words, sent_at, delivered_at, delivered_at
    FROM door_message;
DROP TABLE door_message;
ALTER TABLE door_message_coded RENAME TO door_message;
CREATE INDEX door_message_quiet ON door_message (quiet_since) WHERE quiet_since IS NOT NULL;
CREATE UNIQUE INDEX door_message_code ON door_message (code_hash) WHERE code_hash IS NOT NULL;
CREATE UNIQUE INDEX door_message_answer ON door_message (answer_hash) WHERE answer_hash IS NOT NULL;

CREATE TABLE door_answer (
    message     BLOB    NOT NULL REFERENCES door_message (id) ON DELETE CASCADE,
    number      INTEGER NOT NULL,
    words       TEXT    NOT NULL,
    answered_at INTEGER NOT NULL,
    PRIMARY KEY (message, number)
) STRICT, WITHOUT ROWID;
