-- For lists: each record once under every node above where it was told, newest first; at one stage, too. The audience
-- says who finds it there. In the body that it was told in: 0 whoever's role reaches it, 1 its people, 2 whoever has
-- signed in, 3 everyone; in any other: 4 whoever's role reaches it, 5 whoever has signed in, 6 everyone. Besides, under
-- the body itself, what its people may see though it was told elsewhere, or where the tree has changed since. One place
-- says it, so that what a person may not see costs them nothing. Written with the record, rebuilt when a node moves.
DROP VIEW audience;
CREATE VIEW audience AS
    SELECT up.ancestor AS node,
        CASE WHEN n.body = i.body THEN CASE i.seen_by
            WHEN 'handlers' THEN '00000000-0000-0000-0000-000000000000'::uuid
            WHEN 'body' THEN '00000000-0000-0000-0000-000000000001'::uuid
            WHEN 'bodies' THEN '00000000-0000-0000-0000-000000000002'::uuid
            ELSE '00000000-0000-0000-0000-000000000003'::uuid END
        ELSE CASE i.seen_by
            WHEN 'bodies' THEN '00000000-0000-0000-0000-000000000005'::uuid
            WHEN 'everyone' THEN '00000000-0000-0000-0000-000000000006'::uuid
            ELSE '00000000-0000-0000-0000-000000000004'::uuid END
        END AS audience,
        i.stage, i.sent_at, i.id AS innovation
    FROM innovation i JOIN node_above up ON up.node = i.node JOIN node n ON n.id = up.ancestor
    UNION ALL
    SELECT up.ancestor, i.at_body, i.stage, i.sent_at, i.id
    FROM innovation i JOIN node_above up ON up.node = i.node
    WHERE i.at_body <> i.body AND i.seen_by <> 'handlers'
    UNION ALL
    SELECT up.ancestor, i.body, i.stage, i.sent_at, i.id
    FROM innovation i JOIN node_above up ON up.node = i.node JOIN node n ON n.id = up.ancestor
    WHERE n.body <> i.body AND i.seen_by <> 'handlers' AND NOT EXISTS (SELECT 1 FROM node_above home
        WHERE home.node = i.node AND home.ancestor = i.body AND home.height < up.height);

DROP TABLE listing;
CREATE TABLE listing (
    node       UUID    NOT NULL,
    audience   UUID    NOT NULL,
    stage      TEXT    NOT NULL,
    sent_at    BIGINT  NOT NULL,
    innovation UUID    NOT NULL,
    PRIMARY KEY (node, audience, sent_at, innovation)
);
CREATE INDEX listing_stage ON listing (node, audience, stage, sent_at, innovation);
INSERT INTO listing (node, audience, stage, sent_at, innovation)
    SELECT node, audience, stage, sent_at, innovation FROM audience;
