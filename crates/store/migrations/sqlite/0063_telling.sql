-- Who told the same later and added their words to a record: rows that follow from its events.
CREATE TABLE also_told (
    innovation BLOB    NOT NULL,
    party      BLOB    NOT NULL,
    place      INTEGER NOT NULL,
    PRIMARY KEY (innovation, party)
) STRICT, WITHOUT ROWID;
CREATE INDEX also_told_party ON also_told (party);

-- Files that nobody brought in, for the purge.
CREATE INDEX import_batch_changed ON import_batch (state, changed_at);

-- Similar ones: the words of each record as they are compared, and beside it the index of stems that finds them. Both are
-- built anew from what people wrote: waymark index.
DROP TABLE similar_index;
CREATE TABLE similar_text (
    id         INTEGER NOT NULL PRIMARY KEY,
    innovation BLOB    NOT NULL UNIQUE,
    folded     TEXT    NOT NULL
) STRICT;
-- Folded and cut before they come here: the tokenizer only splits at spaces.
CREATE VIRTUAL TABLE similar_index USING fts5 (
    seen, stems, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0'
);
