-- That more people may see a record, as who brought it or the finder has said, until the other says yes or no. The rows follow
-- from the journal; what waits already is put there.
CREATE TABLE sight_offer (
    innovation BLOB    NOT NULL PRIMARY KEY,
    node       BLOB    NOT NULL,
    side       TEXT    NOT NULL,
    seen_by    TEXT    NOT NULL,
    offered_by BLOB    NOT NULL,
    offered_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sight_offer_node ON sight_offer (node);
INSERT INTO sight_offer (innovation, node, side, seen_by, offered_by, offered_at)
    SELECT i.id, i.at_node, json_extract(j.payload, '$.side'), json_extract(j.payload, '$.to'), j.actor, j.happened_at
    FROM journal j JOIN innovation i ON i.id = j.stream
    WHERE j.event = 'sight-offered' AND j.actor IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM journal l WHERE l.stream = j.stream AND l.version > j.version
            AND l.event IN ('sight-offered', 'sight-set'));

-- What became of a role is told to who asked for it in the mail of the day, which begins at the person.
CREATE INDEX role_ask_asked_by ON role_ask (asked_by);
