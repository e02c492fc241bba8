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
