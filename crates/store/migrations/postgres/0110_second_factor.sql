-- The second factor: what a person's phone and we both know, and codes for when the phone is lost. A secret has to be read
-- to be compared, so it cannot be hashed; why it is not encrypted is in decision 14. No page, log or export reads it.
CREATE TABLE second_factor (
    account      UUID    NOT NULL PRIMARY KEY REFERENCES account (id),
    secret       BYTEA   NOT NULL,
    begun_at     BIGINT NOT NULL,
    confirmed_at BIGINT,
    -- The step of the last code that was taken: none is taken twice.
    last_step    BIGINT NOT NULL
);

CREATE TABLE recovery_code (
    account   UUID NOT NULL REFERENCES second_factor (account),
    code_hash BYTEA NOT NULL,
    PRIMARY KEY (account, code_hash)
);

-- Somebody asked that a person's second factor be taken away; another one has to say yes.
CREATE TABLE factor_reset (
    id       UUID    NOT NULL PRIMARY KEY,
    account  UUID    NOT NULL UNIQUE REFERENCES account (id),
    asked_by UUID    NOT NULL REFERENCES account (id),
    asked_at BIGINT NOT NULL,
    ends_at  BIGINT NOT NULL,
    CHECK (account <> asked_by)
);
CREATE INDEX factor_reset_ends ON factor_reset (ends_at);

-- When the session's person showed the second factor.
ALTER TABLE session ADD COLUMN stepped_up_at BIGINT;
