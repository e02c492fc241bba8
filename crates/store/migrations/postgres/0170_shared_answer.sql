-- Answers that many records get: one text with an owner and a day on which it is read again. The rows follow from the
-- journal; so does the mark beside each answer that was given with one.
CREATE TABLE shared_answer (
    id            UUID    NOT NULL PRIMARY KEY,
    version       BIGINT  NOT NULL,
    node          UUID    NOT NULL,
    body          UUID    NOT NULL,
    owner         UUID    NOT NULL,
    reason        TEXT    NOT NULL,
    language      TEXT    NOT NULL,
    words_version BIGINT  NOT NULL,
    reread_on     TEXT    NOT NULL,
    said_at       BIGINT  NOT NULL,
    is_withdrawn  BOOLEAN NOT NULL
);
CREATE INDEX shared_answer_owner ON shared_answer (owner);
CREATE INDEX shared_answer_body ON shared_answer (body, reread_on) WHERE NOT is_withdrawn;

ALTER TABLE answer ADD COLUMN shared UUID;
CREATE INDEX answer_shared ON answer (shared) WHERE shared IS NOT NULL;
