-- A party's id is a hash over the rest of its row, so that events vouch for whom it names.
ALTER TABLE party ADD COLUMN salt BLOB NOT NULL DEFAULT x'';

-- What is left of a party once the person was erased. No time and no account: rows of one person must not be told by them.
CREATE TABLE party_erased (
    record BLOB NOT NULL,
    party  BLOB NOT NULL,
    PRIMARY KEY (record, party)
) STRICT, WITHOUT ROWID;

-- The zones of bodies: what is late is counted by the day of the body that owes it.
CREATE INDEX node_zone ON node (zone) WHERE is_body;
