-- Find and route: rows that follow from the events of problems and innovations, and two indexes for reading.
CREATE TABLE problem (
    id              BLOB    NOT NULL PRIMARY KEY,
    version         INTEGER NOT NULL,
    node            BLOB    NOT NULL,
    body            BLOB    NOT NULL,
    listed_by       BLOB    NOT NULL,
    seen_by         TEXT    NOT NULL,
    language        TEXT    NOT NULL,
    title_version   INTEGER NOT NULL,
    problem_version INTEGER NOT NULL,
    details_version INTEGER,
    opens_at        INTEGER,
    closes_at       INTEGER,
    money           TEXT,
    source_url      TEXT,
    external_id     TEXT,
    listed_at       INTEGER NOT NULL,
    is_closed       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX problem_external_id ON problem (body, external_id);
CREATE INDEX problem_listed ON problem (body, listed_at, id);

CREATE TABLE innovation (
    id               BLOB    NOT NULL PRIMARY KEY,
    version          INTEGER NOT NULL,
    reference        TEXT    NOT NULL UNIQUE,
    way_in           TEXT    NOT NULL,
    is_problem       INTEGER NOT NULL,
    node             BLOB    NOT NULL,
    body             BLOB    NOT NULL,
    at_node          BLOB    NOT NULL,
    at_body          BLOB    NOT NULL,
    zone             TEXT    NOT NULL,
    route            INTEGER NOT NULL,
    settings         INTEGER NOT NULL,
    seen_by          TEXT    NOT NULL,
    answers          BLOB,
    assisted_by      BLOB,
    origin           TEXT    NOT NULL,
    language         TEXT    NOT NULL,
    title_version    INTEGER NOT NULL,
    external_id      TEXT,
    lane             TEXT    NOT NULL,
    stage            TEXT    NOT NULL,
    owner            BLOB,
    decider          BLOB,
    decider_role     TEXT,
    decider_node     BLOB,
    promise          TEXT,
    due_on           TEXT,
    next_on          TEXT,
    missed_on        TEXT,
    is_paused        INTEGER NOT NULL,
    finder_until     TEXT,
    overdue_step     INTEGER NOT NULL,
    why_asked        INTEGER NOT NULL,
    sent_on          INTEGER NOT NULL,
    sent_at          INTEGER NOT NULL,
    news_at          INTEGER NOT NULL,
    ended_at         INTEGER,
    trier            BLOB,
    hours            INTEGER,
    hours_had        INTEGER,
    pence            INTEGER,
    outcome          TEXT
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX innovation_external_id ON innovation (body, external_id);
CREATE INDEX innovation_sent ON innovation (sent_at, id);
CREATE INDEX innovation_owner ON innovation (owner) WHERE ended_at IS NULL;
CREATE INDEX innovation_decider ON innovation (decider) WHERE ended_at IS NULL;
CREATE INDEX innovation_next ON innovation (next_on, id) WHERE ended_at IS NULL;
CREATE INDEX innovation_answers ON innovation (answers, sent_at, id);

CREATE TABLE contributor (
    innovation    BLOB    NOT NULL,
    party         BLOB    NOT NULL,
    share_percent INTEGER NOT NULL CHECK (share_percent BETWEEN 1 AND 100),
    place         INTEGER NOT NULL,
    PRIMARY KEY (innovation, party)
) STRICT, WITHOUT ROWID;
CREATE INDEX contributor_party ON contributor (party);

CREATE TABLE answer (
    innovation   BLOB    NOT NULL,
    number       INTEGER NOT NULL,
    kind         TEXT    NOT NULL,
    answered_by  BLOB    NOT NULL,
    reason       TEXT,
    answered_at  INTEGER NOT NULL,
    decided_on   TEXT,
    object_until TEXT,
    is_late      INTEGER NOT NULL,
    is_objected  INTEGER NOT NULL,
    was_answer   INTEGER,
    PRIMARY KEY (innovation, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX answer_by ON answer (answered_by);

-- For lists: each record under every node above where it was told, newest first. Written with the record, rebuilt when
-- a node moves.
CREATE TABLE listing (
    node       BLOB    NOT NULL,
    sent_at    INTEGER NOT NULL,
    innovation BLOB    NOT NULL,
    PRIMARY KEY (node, sent_at, innovation)
) STRICT, WITHOUT ROWID;
CREATE INDEX listing_innovation ON listing (innovation);

-- Folded words of each record for *similar ones*, with who may see it as words of the index itself.
CREATE VIRTUAL TABLE similar_index USING fts5 (seen, folded, innovation UNINDEXED, tokenize = 'unicode61');
