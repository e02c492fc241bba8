-- Similar ones: who may see a record begins each term of the index, so that what a person may see of a word is one list.
-- All are put in anew by the job that looks for what is missing, at once.
DROP TABLE similar_index;
CREATE VIRTUAL TABLE similar_index USING fts5 (
    terms, content = '', contentless_delete = 1, detail = none, tokenize = 'unicode61 remove_diacritics 0'
);
DELETE FROM similar_text;
UPDATE job SET run_at = enqueued_at WHERE kind = 'similar-index' AND worker IS NULL;
