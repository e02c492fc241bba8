-- A comment can be reported, and taken away by a moderator. Which comment a report is about; nothing where it is about the
-- record.
ALTER TABLE report ADD COLUMN comment UUID;
ALTER TABLE comment ADD COLUMN is_unlisted BOOLEAN NOT NULL DEFAULT FALSE;

-- What moderators did to a comment; the words are beside it under the field 'why'.
CREATE TABLE comment_moderation (
    comment       UUID NOT NULL,
    number        BIGINT NOT NULL,
    act           TEXT NOT NULL,
    role          TEXT NOT NULL,
    because       TEXT,
    words_version BIGINT,
    moderated_by  UUID NOT NULL,
    moderated_at  BIGINT NOT NULL,
    PRIMARY KEY (comment, number)
);
CREATE INDEX comment_moderation_at ON comment_moderation (moderated_at, comment);
