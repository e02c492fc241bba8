-- Tokens by which programs act as a person. What lies here is the hash: a token is shown once and never again.
CREATE TABLE api_token (
    token_hash BLOB    NOT NULL PRIMARY KEY,
    id         BLOB    NOT NULL UNIQUE,
    account    BLOB    NOT NULL REFERENCES account (id),
    name       TEXT    NOT NULL,
    may_write  INTEGER NOT NULL,
    made_at    INTEGER NOT NULL,
    ends_at    INTEGER NOT NULL,
    used_on    TEXT,
    CHECK (length(token_hash) = 32),
    CHECK (ends_at > made_at)
) STRICT, WITHOUT ROWID;
CREATE INDEX api_token_account ON api_token (account);
CREATE INDEX api_token_ends ON api_token (ends_at);
