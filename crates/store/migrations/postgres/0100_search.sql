-- Search: a record is numbered by when it was sent, so that the index gives the newest first; its terms are there for each
-- body that may see it and once for whoever sees the records of many. They lie in the row itself: PostgreSQL reckons a
-- table whose terms lie beside it as small, reads all of it and fetches them for each row.
-- All are put in anew by the job that looks for what is missing, at once.
DROP TABLE similar_index;
DROP TABLE similar_text;
CREATE TABLE similar_text (
    id         BIGINT NOT NULL PRIMARY KEY,
    innovation UUID   NOT NULL UNIQUE,
    sent_at    BIGINT NOT NULL,
    folded     TEXT   NOT NULL
);
CREATE TABLE similar_index (
    id    BIGINT   NOT NULL PRIMARY KEY,
    terms TSVECTOR NOT NULL
);
ALTER TABLE similar_index ALTER COLUMN terms SET STORAGE MAIN;
CREATE INDEX similar_terms ON similar_index USING gin (terms);
UPDATE job SET run_at = enqueued_at WHERE kind = 'similar-index' AND worker IS NULL;
