-- What people say about records. The rows follow from the journal; the words lie with all others.
CREATE TABLE comment (
    id            UUID    NOT NULL PRIMARY KEY,
    version       BIGINT  NOT NULL,
    innovation    UUID    NOT NULL,
    author        UUID    NOT NULL,
    written_at    BIGINT  NOT NULL,
    is_taken_back BOOLEAN NOT NULL
);
CREATE INDEX comment_innovation ON comment (innovation, written_at);
CREATE INDEX comment_author ON comment (author, written_at);
