-- Who may see each record, as audiences: 0 whoever's role reaches it, 1 everyone, 2 whoever has signed in, else the
-- people of one body. One place says it; lists are kept by it, so that what a person may not see costs them nothing.
CREATE VIEW audience AS
    SELECT id AS innovation, x'00000000000000000000000000000000' AS audience FROM innovation
    UNION ALL
    SELECT id, x'00000000000000000000000000000001' FROM innovation WHERE seen_by = 'everyone'
    UNION ALL
    SELECT id, x'00000000000000000000000000000002' FROM innovation WHERE seen_by IN ('bodies', 'everyone')
    UNION ALL
    SELECT id, body FROM innovation WHERE seen_by IN ('body', 'bodies', 'everyone')
    UNION ALL
    SELECT id, at_body FROM innovation WHERE seen_by IN ('body', 'bodies', 'everyone') AND at_body <> body;

-- For lists: each record under every node above where it was told, for each audience, newest first; at one stage, too.
-- Written with the record, rebuilt when a node moves.
DROP TABLE listing;
CREATE TABLE listing (
    node       BLOB    NOT NULL,
    audience   BLOB    NOT NULL,
    stage      TEXT    NOT NULL,
    sent_at    INTEGER NOT NULL,
    innovation BLOB    NOT NULL,
    PRIMARY KEY (node, audience, sent_at, innovation)
) STRICT, WITHOUT ROWID;
CREATE INDEX listing_stage ON listing (node, audience, stage, sent_at, innovation);
CREATE INDEX listing_innovation ON listing (innovation);
INSERT INTO listing (node, audience, stage, sent_at, innovation)
    SELECT up.ancestor, a.audience, i.stage, i.sent_at, i.id FROM innovation i
    JOIN audience a ON a.innovation = i.id JOIN node_above up ON up.node = i.node;

-- What is handled elsewhere than it was told: whose role reaches the one place but not the other finds it here.
CREATE INDEX innovation_away ON innovation (at_node, sent_at, id) WHERE at_node <> node;
