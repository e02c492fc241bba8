-- Marks the file as Waymark's ("WYMK"), so that a restore knows what it was given.
PRAGMA application_id = 1465470283;

-- What happened, for ever. Clustered by stream: a record is read in one run of pages.
-- No foreign keys: `waymark verify` checks more than they can, and a submission pays for no look-up.
CREATE TABLE journal (
    stream        BLOB    NOT NULL,
    version       INTEGER NOT NULL CHECK (version > 0),
    kind          TEXT    NOT NULL,
    body          BLOB    NOT NULL,
    event         TEXT    NOT NULL,
    event_version INTEGER NOT NULL,
    payload       TEXT    NOT NULL,
    actor         BLOB,
    happened_at   INTEGER NOT NULL,
    recorded_at   INTEGER NOT NULL,
    prev          BLOB    NOT NULL,
    hash          BLOB    NOT NULL,
    PRIMARY KEY (stream, version)
) STRICT, WITHOUT ROWID;

-- The end of each chain; sealed_version is how far a seal vouches for it.
CREATE TABLE stream (
    id             BLOB    NOT NULL PRIMARY KEY,
    kind           TEXT    NOT NULL,
    body           BLOB    NOT NULL,
    version        INTEGER NOT NULL,
    head           BLOB    NOT NULL,
    sealed_version INTEGER NOT NULL DEFAULT 0 CHECK (sealed_version <= version)
) STRICT, WITHOUT ROWID;
CREATE INDEX stream_unsealed ON stream (id) WHERE version > sealed_version;

-- What people wrote, beside the journal so that it can be erased: the salt goes with the text.
CREATE TABLE words (
    record    BLOB    NOT NULL,
    field     TEXT    NOT NULL,
    version   INTEGER NOT NULL,
    language  TEXT    NOT NULL,
    salt      BLOB,
    author    BLOB,
    body      TEXT,
    masked    TEXT,
    erased_at INTEGER,
    PRIMARY KEY (record, field, version),
    CHECK ((erased_at IS NULL) = (body IS NOT NULL)),
    CHECK ((erased_at IS NULL) = (salt IS NOT NULL))
) STRICT, WITHOUT ROWID;

-- The only way from a party (one person in one record) to an account.
CREATE TABLE party (
    id      BLOB NOT NULL PRIMARY KEY,
    record  BLOB NOT NULL,
    account BLOB NOT NULL,
    UNIQUE (record, account)
) STRICT, WITHOUT ROWID;
CREATE INDEX party_account ON party (account);
