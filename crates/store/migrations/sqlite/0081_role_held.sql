-- Who holds which role now. A role hangs on a party, and a person is a party of every record that they ever had a part in:
-- what they hold would be looked for among all of these on every page. Written with the roles; `verify` compares it.
CREATE TABLE role_held (
    account    BLOB NOT NULL REFERENCES account (id),
    role_grant BLOB NOT NULL,
    role       TEXT NOT NULL,
    node       BLOB NOT NULL,
    PRIMARY KEY (account, role_grant)
) STRICT, WITHOUT ROWID;
INSERT INTO role_held (account, role_grant, role, node)
    SELECT p.account, g.id, g.role, g.node FROM role_grant g JOIN party p ON p.id = g.holder WHERE g.ended IS NULL;
