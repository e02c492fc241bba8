-- The second factor: what a person's phone and we both know, and codes for when the phone is lost. A secret has to be read
-- to be compared, so it cannot be hashed; why it is not encrypted is in decision 14. No page, log or export reads it.
CREATE TABLE second_factor (
    account      BLOB    NOT NULL PRIMARY KEY REFERENCES account (id),
    secret       BLOB    NOT NULL,
    begun_at     INTEGER NOT NULL,
    confirmed_at INTEGER,
    -- The step of the last code that was taken: none is taken twice.
    last_step    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE recovery_code (
    account   BLOB NOT NULL REFERENCES second_factor (account),
    code_hash BLOB NOT NULL,
    PRIMARY KEY (account, code_hash)
) STRICT, WITHOUT ROWID;

-- Somebody asked that a person's second factor be taken away; another one has to say yes.
CREATE TABLE factor_reset (
    id       BLOB    NOT NULL PRIMARY KEY,
    account  BLOB    NOT NULL UNIQUE REFERENCES account (id),
    asked_by BLOB    NOT NULL REFERENCES account (id),
    asked_at INTEGER NOT NULL,
    ends_at  INTEGER NOT NULL,
    CHECK (account <> asked_by)
) STRICT, WITHOUT ROWID;
CREATE INDEX factor_reset_ends ON factor_reset (ends_at);

-- When the session's person showed the second factor.
ALTER TABLE session ADD COLUMN stepped_up_at INTEGER;
