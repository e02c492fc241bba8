-- Signing in by OpenID Connect: who somebody is elsewhere, and sign-ins that are under way there.
CREATE TABLE oidc_link (
    issuer    TEXT    NOT NULL,
    subject   TEXT    NOT NULL,
    account   BLOB    NOT NULL REFERENCES account (id),
    linked_at INTEGER NOT NULL,
    PRIMARY KEY (issuer, subject)
) STRICT, WITHOUT ROWID;
CREATE INDEX oidc_link_account ON oidc_link (account);

CREATE TABLE oidc_login (
    state_hash   BLOB    NOT NULL PRIMARY KEY,
    browser_hash BLOB    NOT NULL,
    nonce        TEXT    NOT NULL,
    verifier     TEXT    NOT NULL,
    back         TEXT    NOT NULL,
    is_shared    INTEGER NOT NULL,
    ends_at      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX oidc_login_ends ON oidc_login (ends_at);

-- Of a session that began there: whom the provider means.
ALTER TABLE session ADD COLUMN oidc_subject TEXT;
