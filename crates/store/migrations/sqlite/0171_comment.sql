-- What people say about records. The rows follow from the journal; the words lie with all others.
CREATE TABLE comment (
    id            BLOB    NOT NULL PRIMARY KEY,
    version       INTEGER NOT NULL,
    innovation    BLOB    NOT NULL,
    author        BLOB    NOT NULL,
    written_at    INTEGER NOT NULL,
    is_taken_back INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX comment_innovation ON comment (innovation, written_at);
CREATE INDEX comment_author ON comment (author, written_at);
