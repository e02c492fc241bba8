-- Tokens by which programs act as a person. What lies here is the hash: a token is shown once and never again.
CREATE TABLE api_token (
    token_hash BYTEA   NOT NULL PRIMARY KEY,
    id         UUID    NOT NULL UNIQUE,
    account    UUID    NOT NULL REFERENCES account (id),
    name       TEXT    NOT NULL,
    may_write  BOOLEAN NOT NULL,
    made_at    BIGINT  NOT NULL,
    ends_at    BIGINT  NOT NULL,
    used_on    TEXT,
    CHECK (length(token_hash) = 32),
    CHECK (ends_at > made_at)
);
CREATE INDEX api_token_account ON api_token (account);
CREATE INDEX api_token_ends ON api_token (ends_at);
