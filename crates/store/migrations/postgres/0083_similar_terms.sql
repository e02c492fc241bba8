-- Similar ones: who may see a record begins each term of the index, so that what a person may see of a word is one list.
-- All are put in anew by the job that looks for what is missing, at once.
DELETE FROM similar_index;
DELETE FROM similar_text;
UPDATE job SET run_at = enqueued_at WHERE kind = 'similar-index' AND worker IS NULL;
