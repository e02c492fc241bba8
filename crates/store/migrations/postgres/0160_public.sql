-- What the public tells. Is a record in lists: 'listed', 'waiting' for a moderator, or 'unlisted'. Who may see it meanwhile
-- seen_by says already.
ALTER TABLE innovation ADD COLUMN listed TEXT NOT NULL DEFAULT 'listed';
CREATE INDEX innovation_waiting ON innovation (sent_at, id) WHERE listed = 'waiting';

-- What moderators did to a record; the words are beside it under the field 'why'.
CREATE TABLE moderation (
    innovation    UUID NOT NULL,
    number        BIGINT NOT NULL,
    act           TEXT NOT NULL,
    role          TEXT NOT NULL,
    because       TEXT,
    words_version BIGINT,
    moderated_by  UUID NOT NULL,
    moderated_at  BIGINT NOT NULL,
    PRIMARY KEY (innovation, number)
);
CREATE INDEX moderation_at ON moderation (moderated_at, innovation);

-- In place of a row in party, for whoever told something without an account. The party's id commits to the salt.
CREATE TABLE public_teller (
    id     UUID NOT NULL PRIMARY KEY,
    record UUID NOT NULL,
    salt   BYTEA NOT NULL
);
CREATE INDEX public_teller_record ON public_teller (record);
