-- Signing in by OpenID Connect: who somebody is elsewhere, and sign-ins that are under way there.
CREATE TABLE oidc_link (
    issuer    TEXT    NOT NULL,
    subject   TEXT    NOT NULL,
    account   UUID    NOT NULL REFERENCES account (id),
    linked_at BIGINT NOT NULL,
    PRIMARY KEY (issuer, subject)
);
CREATE INDEX oidc_link_account ON oidc_link (account);

CREATE TABLE oidc_login (
    state_hash   BYTEA   NOT NULL PRIMARY KEY,
    browser_hash BYTEA   NOT NULL,
    nonce        TEXT    NOT NULL,
    verifier     TEXT    NOT NULL,
    back         TEXT    NOT NULL,
    is_shared    BOOLEAN NOT NULL,
    ends_at      BIGINT NOT NULL
);
CREATE INDEX oidc_login_ends ON oidc_login (ends_at);

-- Of a session that began there: whom the provider means.
ALTER TABLE session ADD COLUMN oidc_subject TEXT;
