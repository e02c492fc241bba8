-- A party's id is a hash over the rest of its row, so that events vouch for whom it names.
ALTER TABLE party ADD COLUMN salt bytea NOT NULL DEFAULT '';

-- What is left of a party once the person was erased. No time and no account: rows of one person must not be told by them.
CREATE TABLE party_erased (
    record uuid NOT NULL,
    party  uuid NOT NULL,
    PRIMARY KEY (record, party)
);

-- The zones of bodies: what is late is counted by the day of the body that owes it.
CREATE INDEX node_zone ON node (zone) WHERE is_body;
