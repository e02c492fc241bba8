-- What a channel answers to what somebody sent it, and a code by which whoever gave no name comes back to read it. What was
-- sent without a name has no account and no browser of its own any more.
ALTER TABLE door_message ADD COLUMN code_hash BYTEA;
-- By which the channel answers: with the words until they are handed over, a digest afterwards.
ALTER TABLE door_message ADD COLUMN answer_secret BYTEA;
ALTER TABLE door_message ADD COLUMN answer_hash BYTEA;
-- When something last happened to it, once it was delivered: it is kept from then on.
ALTER TABLE door_message ADD COLUMN quiet_since BIGINT;
UPDATE door_message SET quiet_since = delivered_at;
ALTER TABLE door_message DROP CONSTRAINT door_message_check;
ALTER TABLE door_message ADD CHECK (account IS NULL OR key_hash IS NULL);
ALTER TABLE door_message ADD CHECK (account IS NOT NULL OR key_hash IS NOT NULL OR code_hash IS NOT NULL);
ALTER TABLE door_message ADD CHECK ((quiet_since IS NULL) = (delivered_at IS NULL));
ALTER TABLE door_message ADD CHECK (answer_secret IS NULL OR delivered_at IS NULL);
DROP INDEX door_message_delivered;
CREATE INDEX door_message_quiet ON door_message (quiet_since) WHERE quiet_since IS NOT NULL;
CREATE UNIQUE INDEX door_message_code ON door_message (code_hash) WHERE code_hash IS NOT NULL;
CREATE UNIQUE INDEX door_message_answer ON door_message (answer_hash) WHERE answer_hash IS NOT NULL;

CREATE TABLE door_answer (
    message     UUID   NOT NULL REFERENCES door_message (id) ON DELETE CASCADE,
    number      BIGINT NOT NULL,
    words       TEXT   NOT NULL,
    answered_at BIGINT NOT NULL,
    PRIMARY KEY (message, number)
);
