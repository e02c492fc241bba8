-- Answers that many records get: one text with an owner and a day on which it is read again. The rows follow from the
-- journal; so does the mark beside each answer that was given with one.
CREATE TABLE shared_answer (
    id            BLOB    NOT NULL PRIMARY KEY,
    version       INTEGER NOT NULL,
    node          BLOB    NOT NULL,
    body          BLOB    NOT NULL,
    owner         BLOB    NOT NULL,
    reason        TEXT    NOT NULL,
    language      TEXT    NOT NULL,
    words_version INTEGER NOT NULL,
    reread_on     TEXT    NOT NULL,
    said_at       INTEGER NOT NULL,
    is_withdrawn  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX shared_answer_owner ON shared_answer (owner);
CREATE INDEX shared_answer_body ON shared_answer (body, reread_on) WHERE NOT is_withdrawn;

ALTER TABLE answer ADD COLUMN shared BLOB;
CREATE INDEX answer_shared ON answer (shared) WHERE shared IS NOT NULL;
