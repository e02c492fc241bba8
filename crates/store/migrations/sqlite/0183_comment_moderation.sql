-- A comment can be reported, and taken away by a moderator. Which comment a report is about; nothing where it is about the
-- record.
ALTER TABLE report ADD COLUMN comment BLOB;
ALTER TABLE comment ADD COLUMN is_unlisted INTEGER NOT NULL DEFAULT 0;

-- What moderators did to a comment; the words are beside it under the field 'why'.
CREATE TABLE comment_moderation (
    comment       BLOB NOT NULL,
    number        INTEGER NOT NULL,
    act           TEXT NOT NULL,
    role          TEXT NOT NULL,
    because       TEXT,
    words_version INTEGER,
    moderated_by  BLOB NOT NULL,
    moderated_at  INTEGER NOT NULL,
    PRIMARY KEY (comment, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX comment_moderation_at ON comment_moderation (moderated_at, comment);
