-- What happened, for ever.
-- No foreign keys: `waymark verify` checks more than they can, and a submission pays for no look-up.
CREATE TABLE journal (
    stream        UUID    NOT NULL,
    version       BIGINT  NOT NULL CHECK (version > 0),
    kind          TEXT    NOT NULL,
    body          UUID    NOT NULL,
    event         TEXT    NOT NULL,
    event_version BIGINT  NOT NULL,
    payload       TEXT    NOT NULL,
    actor         UUID,
    happened_at   BIGINT  NOT NULL,
    recorded_at   BIGINT  NOT NULL,
    prev          BYTEA   NOT NULL,
    hash          BYTEA   NOT NULL,
    PRIMARY KEY (stream, version)
);

-- The end of each chain; sealed_version is how far a seal vouches for it.
CREATE TABLE stream (
    id             UUID    NOT NULL PRIMARY KEY,
    kind           TEXT    NOT NULL,
    body           UUID    NOT NULL,
    version        BIGINT  NOT NULL,
    head           BYTEA   NOT NULL,
    sealed_version BIGINT  NOT NULL DEFAULT 0 CHECK (sealed_version <= version)
);
CREATE INDEX stream_unsealed ON stream (id) WHERE version > sealed_version;

-- What people wrote, beside the journal so that it can be erased: the salt goes with the text.
CREATE TABLE words (
    record    UUID    NOT NULL,
    field     TEXT    NOT NULL,
    version   BIGINT  NOT NULL,
    language  TEXT    NOT NULL,
    salt      BYTEA,
    author    UUID,
    body      TEXT,
    masked    TEXT,
    erased_at BIGINT,
    PRIMARY KEY (record, field, version),
    CHECK ((erased_at IS NULL) = (body IS NOT NULL)),
    CHECK ((erased_at IS NULL) = (salt IS NOT NULL))
);

-- The only way from a party (one person in one record) to an account.
CREATE TABLE party (
    id      UUID NOT NULL PRIMARY KEY,
    record  UUID NOT NULL,
    account UUID NOT NULL,
    UNIQUE (record, account)
);
CREATE INDEX party_account ON party (account);
