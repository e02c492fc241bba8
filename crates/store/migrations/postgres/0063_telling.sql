-- Who told the same later and added their words to a record: rows that follow from its events.
CREATE TABLE also_told (
    innovation UUID   NOT NULL,
    party      UUID   NOT NULL,
    place      BIGINT NOT NULL,
    PRIMARY KEY (innovation, party)
);
CREATE INDEX also_told_party ON also_told (party);

-- Files that nobody brought in, for the purge.
CREATE INDEX import_batch_changed ON import_batch (state, changed_at);

-- Similar ones: the words of each record as they are compared, and beside it the index of stems that finds them. Both are
-- built anew from what people wrote: waymark index.
DROP TABLE similar_index;
CREATE TABLE similar_text (
    id         BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    innovation UUID NOT NULL UNIQUE,
    folded     TEXT NOT NULL
);
CREATE TABLE similar_index (
    id    BIGINT   NOT NULL PRIMARY KEY,
    terms TSVECTOR NOT NULL
);
CREATE INDEX similar_terms ON similar_index USING gin (terms);
