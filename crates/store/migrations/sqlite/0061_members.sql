-- Who becomes a member, and who gives powerful roles.
-- Somebody who confirmed an address of a host that the place does not list: they wait to be let in, and what they typed
-- waits with them. A draft that is deleted or sent takes its newcomer along.
CREATE TABLE newcomer (
    id          BLOB    NOT NULL PRIMARY KEY,
    name        TEXT    NOT NULL,
    mail        TEXT    NOT NULL,
    mail_folded TEXT    NOT NULL,
    language    TEXT    NOT NULL,
    node        BLOB    NOT NULL,
    draft       BLOB    NOT NULL REFERENCES draft (id) ON DELETE CASCADE,
    asked_at    INTEGER NOT NULL,
    until_on    TEXT    NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX newcomer_draft ON newcomer (draft);
CREATE INDEX newcomer_node ON newcomer (node, asked_at);
CREATE INDEX newcomer_mail ON newcomer (mail_folded);

-- Powerful roles that were asked for; each follows from its events.
CREATE TABLE role_ask (
    id       BLOB    NOT NULL PRIMARY KEY,
    version  INTEGER NOT NULL,
    role     TEXT    NOT NULL,
    node     BLOB    NOT NULL,
    body     BLOB    NOT NULL,
    holder   BLOB    NOT NULL,
    asked_by BLOB,
    until_on TEXT    NOT NULL,
    state    TEXT    NOT NULL CHECK (state IN ('open', 'confirmed', 'explained', 'refused', 'lapsed')),
    role_grant BLOB,
    CHECK ((role_grant IS NOT NULL) = (state IN ('confirmed', 'explained')))
) STRICT, WITHOUT ROWID;
CREATE INDEX role_ask_node ON role_ask (node, until_on) WHERE state = 'open';
CREATE INDEX role_ask_grant ON role_ask (role_grant);

-- Roles that exclude each other. A person has one side of each rule (the key), and every role of theirs that the rule
-- is about must be on it (the foreign key): nobody is auditor and anything that changes things, whoever writes the rows.
CREATE TABLE role_side (
    account BLOB NOT NULL REFERENCES account (id),
    rule    TEXT NOT NULL,
    side    TEXT NOT NULL CHECK (side IN ('one', 'other')),
    PRIMARY KEY (account, rule)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX role_side_whole ON role_side (account, rule, side);

CREATE TABLE role_grant_side (
    role_grant BLOB NOT NULL,
    rule       TEXT NOT NULL,
    account    BLOB NOT NULL,
    side       TEXT NOT NULL,
    PRIMARY KEY (role_grant, rule),
    FOREIGN KEY (account, rule, side) REFERENCES role_side (account, rule, side)
) STRICT, WITHOUT ROWID;
CREATE INDEX role_grant_side_account ON role_grant_side (account, rule, side);

-- The roles that are held already; one that breaks the rule stays as it is and can only be ended.
INSERT INTO role_side (account, rule, side)
SELECT p.account, 'audit', min(CASE WHEN g.role = 'auditor' THEN 'one' ELSE 'other' END)
FROM role_grant g JOIN party p ON p.id = g.holder
WHERE g.ended IS NULL AND g.role <> 'member' GROUP BY p.account;
INSERT INTO role_grant_side (role_grant, rule, account, side)
SELECT g.id, 'audit', p.account, s.side
FROM role_grant g JOIN party p ON p.id = g.holder JOIN role_side s ON s.account = p.account AND s.rule = 'audit'
WHERE g.ended IS NULL AND g.role <> 'member' AND s.side = CASE WHEN g.role = 'auditor' THEN 'one' ELSE 'other' END;
