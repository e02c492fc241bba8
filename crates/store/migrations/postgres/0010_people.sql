-- People. Nodes and grants follow from their events; the rest is plain, with an entry in `audit` where it matters.
CREATE TABLE node (
    id           UUID    NOT NULL PRIMARY KEY,
    version      BIGINT  NOT NULL,
    name         TEXT    NOT NULL,
    level        TEXT    NOT NULL,
    parent       UUID,
    is_body      BOOLEAN NOT NULL,
    body         UUID    NOT NULL,
    calendar     TEXT    NOT NULL,
    zone         TEXT    NOT NULL,
    external_id  TEXT,
    is_closed    BOOLEAN NOT NULL
);
CREATE UNIQUE INDEX node_external_id ON node (external_id);
CREATE INDEX node_parent ON node (parent, name, id);
CREATE UNIQUE INDEX node_root ON node ((parent IS NULL)) WHERE parent IS NULL;

CREATE TABLE node_setting (
    node  UUID NOT NULL,
    name  TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (node, name)
);

-- Derived from node.parent for look-ups along the tree: every node above each, itself at height 0.
CREATE TABLE node_above (
    node     UUID    NOT NULL,
    ancestor UUID    NOT NULL,
    height   BIGINT  NOT NULL,
    PRIMARY KEY (node, ancestor)
);
CREATE INDEX node_above_ancestor ON node_above (ancestor, node);

CREATE TABLE role_grant (
    id      UUID    NOT NULL PRIMARY KEY,
    version BIGINT  NOT NULL,
    role    TEXT    NOT NULL,
    node    UUID    NOT NULL,
    body    UUID    NOT NULL,
    holder  UUID    NOT NULL,
    ended   TEXT
);
CREATE INDEX role_grant_node ON role_grant (node, role) WHERE ended IS NULL;
CREATE INDEX role_grant_holder ON role_grant (holder);

CREATE TABLE account (
    id            UUID    NOT NULL PRIMARY KEY,
    name          TEXT    NOT NULL,
    mail          TEXT    NOT NULL,
    mail_folded   TEXT    NOT NULL,
    language      TEXT    NOT NULL,
    digest_hour   BIGINT  NOT NULL CHECK (digest_hour BETWEEN 0 AND 23),
    password_hash TEXT,
    external_id   TEXT,
    created_at    BIGINT  NOT NULL,
    closed_at     BIGINT 
);
CREATE UNIQUE INDEX account_mail ON account (mail_folded);
CREATE UNIQUE INDEX account_external_id ON account (external_id);

CREATE TABLE session (
    token_hash BYTEA    NOT NULL PRIMARY KEY,
    id         UUID    NOT NULL UNIQUE,
    account    UUID    NOT NULL REFERENCES account (id),
    started_at BIGINT  NOT NULL,
    seen_at    BIGINT  NOT NULL,
    ends_at    BIGINT  NOT NULL,
    is_shared  BOOLEAN NOT NULL,
    agent      TEXT    NOT NULL
);
CREATE INDEX session_account ON session (account);

-- Links that work once: an invitation, a new password, a work mail to confirm.
CREATE TABLE ticket (
    token_hash BYTEA    NOT NULL PRIMARY KEY,
    purpose    TEXT    NOT NULL,
    account    UUID,
    payload    TEXT    NOT NULL,
    ends_at    BIGINT  NOT NULL,
    used_at    BIGINT 
);
CREATE INDEX ticket_account ON ticket (account, purpose);

-- Who answers while somebody is away.
CREATE TABLE cover (
    id       UUID NOT NULL PRIMARY KEY,
    account  UUID NOT NULL REFERENCES account (id),
    from_on  TEXT NOT NULL,
    to_on    TEXT NOT NULL,
    covered_by UUID REFERENCES account (id),
    CHECK (from_on <= to_on)
);
CREATE INDEX cover_account ON cover (account, to_on);

-- What was done that is not a record's history: sign-ins, settings of accounts, imports.
CREATE TABLE audit (
    id      UUID    NOT NULL PRIMARY KEY,
    at      BIGINT  NOT NULL,
    account UUID,
    action  TEXT    NOT NULL,
    subject TEXT    NOT NULL
);
CREATE INDEX audit_at ON audit (at, id);
CREATE INDEX audit_account ON audit (account, action, at);

-- A form's token, used once: sent twice, the second gets the first one's answer.
CREATE TABLE form_token (
    token   BYTEA    NOT NULL PRIMARY KEY,
    answer  TEXT    NOT NULL,
    used_at BIGINT  NOT NULL
);
CREATE INDEX form_token_used ON form_token (used_at);

-- What is half typed. The key is a secret of the browser, or the account's own.
CREATE TABLE draft (
    id         UUID    NOT NULL PRIMARY KEY,
    account    UUID,
    key_hash   BYTEA,
    form       TEXT    NOT NULL,
    payload    TEXT    NOT NULL,
    updated_at BIGINT  NOT NULL,
    CHECK (account IS NOT NULL OR key_hash IS NOT NULL)
);
CREATE INDEX draft_account ON draft (account, updated_at);
CREATE INDEX draft_updated ON draft (updated_at);

-- What this installation is: one row for each name.
CREATE TABLE installation (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);
