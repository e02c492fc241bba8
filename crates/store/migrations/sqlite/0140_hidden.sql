-- Hidden names. Of an opener's key the server has the public half alone; the private one follows from a pass-phrase that it
-- never keeps.
CREATE TABLE opener_key (
    id         BLOB    NOT NULL PRIMARY KEY,
    account    BLOB    NOT NULL REFERENCES account (id),
    public_key BLOB    NOT NULL,
    made_at    INTEGER NOT NULL,
    ended_at   INTEGER
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX opener_key_account ON opener_key (account) WHERE ended_at IS NULL;

-- In place of a row in party: whose it is, encrypted to two openers, one inside the other. The party's id commits to it.
CREATE TABLE sealed_name (
    id     BLOB NOT NULL PRIMARY KEY,
    record BLOB NOT NULL,
    sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sealed_name_record ON sealed_name (record);

-- The code by which whoever hid their name comes back, as a hash.
CREATE TABLE hidden_code (
    code_hash BLOB NOT NULL PRIMARY KEY,
    record    BLOB NOT NULL,
    party     BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX hidden_code_record ON hidden_code (record);

-- What the first of two openers has opened: it can be read with the key of the second alone.
CREATE TABLE opening (
    record BLOB NOT NULL PRIMARY KEY,
    layer  BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Who can set a password anew does not open names: administrators are on the other side of that rule from now on.
INSERT INTO role_side (account, rule, side)
SELECT DISTINCT p.account, 'opening', 'other'
FROM role_grant g JOIN party p ON p.id = g.holder
WHERE g.ended IS NULL AND g.role = 'administrator';
INSERT INTO role_grant_side (role_grant, rule, account, side)
SELECT g.id, 'opening', p.account, 'other'
FROM role_grant g JOIN party p ON p.id = g.holder
WHERE g.ended IS NULL AND g.role = 'administrator';
