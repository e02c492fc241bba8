-- Fewer pages for each change. A row of the journal or of the texts is often larger than a quarter of a page, and in a
-- table kept by its key SQLite gives each such row a page of its own; kept by number they lie one after the other.
CREATE TABLE journal_by_number (
    stream        BLOB    NOT NULL,
    version       INTEGER NOT NULL CHECK (version > 0),
    kind          TEXT    NOT NULL,
    body          BLOB    NOT NULL,
    event         TEXT    NOT NULL,
    event_version INTEGER NOT NULL,
    payload       TEXT    NOT NULL,
    actor         BLOB,
    happened_at   INTEGER NOT NULL,
    recorded_at   INTEGER NOT NULL,
    prev          BLOB    NOT NULL,
    hash          BLOB    NOT NULL,
    PRIMARY KEY (stream, version)
) STRICT;
INSERT INTO journal_by_number SELECT * FROM journal;
DROP TABLE journal;
ALTER TABLE journal_by_number RENAME TO journal;

CREATE TABLE words_by_number (
    record    BLOB    NOT NULL,
    field     TEXT    NOT NULL,
    version   INTEGER NOT NULL,
    language  TEXT    NOT NULL,
    salt      BLOB,
    author    BLOB,
    body      TEXT,
    masked    TEXT,
    erased_at INTEGER,
    PRIMARY KEY (record, field, version),
    CHECK ((erased_at IS NULL) = (body IS NOT NULL)),
    CHECK ((erased_at IS NULL) = (salt IS NOT NULL))
) STRICT;
INSERT INTO words_by_number SELECT * FROM words;
DROP TABLE words;
ALTER TABLE words_by_number RENAME TO words;

-- Indexes that others do the work of, and those of columns that are mostly empty.
DROP INDEX innovation_sent;
DROP INDEX innovation_next;
DROP INDEX innovation_at_node;
DROP INDEX innovation_external_id;
CREATE UNIQUE INDEX innovation_external_id ON innovation (body, external_id) WHERE external_id IS NOT NULL;
DROP INDEX innovation_answers;
CREATE INDEX innovation_answers ON innovation (answers, sent_at, id) WHERE answers IS NOT NULL;
DROP INDEX draft_key;
CREATE INDEX draft_key ON draft (key_hash, updated_at) WHERE key_hash IS NOT NULL;
