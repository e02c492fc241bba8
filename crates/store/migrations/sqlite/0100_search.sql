-- Search: a record is numbered by when it was sent, so that the index gives the newest first; its terms are there for each
-- body that may see it and once for whoever sees the records of many. A term may be in any letters: whatever is not ASCII
-- is part of a word, and a mark stands before words that say nothing.
-- All are put in anew by the job that looks for what is missing, at once.
DROP TABLE similar_index;
DROP TABLE similar_text;
CREATE TABLE similar_text (
    id         INTEGER NOT NULL PRIMARY KEY,
    innovation BLOB    NOT NULL UNIQUE,
    sent_at    INTEGER NOT NULL,
    folded     TEXT    NOT NULL
) STRICT;
CREATE VIRTUAL TABLE similar_index USING fts5 (
    terms, content = '', contentless_delete = 1, detail = none, tokenize = "ascii tokenchars '_'"
);
UPDATE job SET run_at = enqueued_at WHERE kind = 'similar-index' AND worker IS NULL;
