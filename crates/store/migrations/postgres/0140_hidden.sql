-- Hidden names. Of an opener's key the server has the public half alone; the private one follows from a pass-phrase that it
-- never keeps.
CREATE TABLE opener_key (
    id         UUID    NOT NULL PRIMARY KEY,
    account    UUID    NOT NULL REFERENCES account (id),
    public_key BYTEA    NOT NULL,
    made_at    BIGINT NOT NULL,
    ended_at   BIGINT
);
CREATE UNIQUE INDEX opener_key_account ON opener_key (account) WHERE ended_at IS NULL;

-- In place of a row in party: whose it is, encrypted to two openers, one inside the other. The party's id commits to it.
CREATE TABLE sealed_name (
    id     UUID NOT NULL PRIMARY KEY,
    record UUID NOT NULL,
    sealed BYTEA NOT NULL
);
CREATE INDEX sealed_name_record ON sealed_name (record);

-- The code by which whoever hid their name comes back, as a hash.
CREATE TABLE hidden_code (
    code_hash BYTEA NOT NULL PRIMARY KEY,
    record    UUID NOT NULL,
    party     UUID NOT NULL
);
CREATE UNIQUE INDEX hidden_code_record ON hidden_code (record);

-- What the first of two openers has opened: it can be read with the key of the second alone.
CREATE TABLE opening (
    record UUID NOT NULL PRIMARY KEY,
    layer  BYTEA NOT NULL
);

-- Who can set a password anew does not open names: administrators are on the other side of that rule from now on.
INSERT INTO role_side (account, rule, side)
SELECT DISTINCT p.account, 'opening', 'other'
FROM role_grant g JOIN party p ON p.id = g.holder
WHERE g.ended IS NULL AND g.role = 'administrator';
INSERT INTO role_grant_side (role_grant, rule, account, side)
SELECT g.id, 'opening', p.account, 'other'
FROM role_grant g JOIN party p ON p.id = g.holder
WHERE g.ended IS NULL AND g.role = 'administrator';
