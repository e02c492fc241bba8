-- Search: a record is numbered by when it was sent, so that the index gives the newest first; its terms are there for each
-- body that may see it and once for whoever sees the records of many. They lie beside the row: what is found by the index
-- is a number, and a page of the table holds many.
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
) WITH (toast_tuple_target = 128);
ALTER TABLE similar_index ALTER COLUMN terms SET STORAGE EXTERNAL;
CREATE INDEX similar_terms ON similar_index USING gin (terms);
UPDATE job SET run_at = enqueued_at WHERE kind = 'similar-index' AND worker IS NULL;
