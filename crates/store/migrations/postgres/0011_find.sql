-- Find and route: rows that follow from the events of problems and innovations, and two indexes for reading.
CREATE TABLE problem (
    id              UUID    NOT NULL PRIMARY KEY,
    version         BIGINT  NOT NULL,
    node            UUID    NOT NULL,
    body            UUID    NOT NULL,
    listed_by       UUID    NOT NULL,
    seen_by         TEXT    NOT NULL,
    language        TEXT    NOT NULL,
    title_version   BIGINT  NOT NULL,
    problem_version BIGINT  NOT NULL,
    details_version BIGINT ,
    opens_at        BIGINT ,
    closes_at       BIGINT ,
    money           TEXT,
    source_url      TEXT,
    external_id     TEXT,
    listed_at       BIGINT  NOT NULL,
    is_closed       BOOLEAN NOT NULL
);
CREATE UNIQUE INDEX problem_external_id ON problem (body, external_id);
CREATE INDEX problem_listed ON problem (body, listed_at, id);

CREATE TABLE innovation (
    id               UUID    NOT NULL PRIMARY KEY,
    version          BIGINT  NOT NULL,
    reference        TEXT    NOT NULL UNIQUE,
    way_in           TEXT    NOT NULL,
    is_problem       BOOLEAN NOT NULL,
    node             UUID    NOT NULL,
    body             UUID    NOT NULL,
    at_node          UUID    NOT NULL,
    at_body          UUID    NOT NULL,
    zone             TEXT    NOT NULL,
    route            BIGINT  NOT NULL,
    settings         BIGINT  NOT NULL,
    seen_by          TEXT    NOT NULL,
    answers          UUID,
    assisted_by      UUID,
    origin           TEXT    NOT NULL,
    language         TEXT    NOT NULL,
    title_version    BIGINT  NOT NULL,
    external_id      TEXT,
    lane             TEXT    NOT NULL,
    stage            TEXT    NOT NULL,
    owner            UUID,
    decider          UUID,
    decider_role     TEXT,
    decider_node     UUID,
    promise          TEXT,
    due_on           TEXT,
    next_on          TEXT,
    missed_on        TEXT,
    is_paused        BOOLEAN NOT NULL,
    finder_until     TEXT,
    overdue_step     BIGINT  NOT NULL,
    why_asked        BOOLEAN NOT NULL,
    sent_on          BIGINT  NOT NULL,
    sent_at          BIGINT  NOT NULL,
    news_at          BIGINT  NOT NULL,
    ended_at         BIGINT ,
    trier            UUID,
    hours            BIGINT ,
    hours_had        BIGINT ,
    pence            BIGINT ,
    outcome          TEXT
);
CREATE UNIQUE INDEX innovation_external_id ON innovation (body, external_id);
CREATE INDEX innovation_sent ON innovation (sent_at, id);
CREATE INDEX innovation_owner ON innovation (owner) WHERE ended_at IS NULL;
CREATE INDEX innovation_decider ON innovation (decider) WHERE ended_at IS NULL;
CREATE INDEX innovation_next ON innovation (next_on, id) WHERE ended_at IS NULL;
CREATE INDEX innovation_answers ON innovation (answers, sent_at, id);

CREATE TABLE contributor (
    innovation    UUID    NOT NULL,
    party         UUID    NOT NULL,
    share_percent BIGINT  NOT NULL CHECK (share_percent BETWEEN 1 AND 100),
    place         BIGINT  NOT NULL,
    PRIMARY KEY (innovation, party)
);
CREATE INDEX contributor_party ON contributor (party);

CREATE TABLE answer (
    innovation   UUID    NOT NULL,
    number       BIGINT  NOT NULL,
    kind         TEXT    NOT NULL,
    answered_by  UUID    NOT NULL,
    reason       TEXT,
    answered_at  BIGINT  NOT NULL,
    decided_on   TEXT,
    object_until TEXT,
    is_late      BOOLEAN NOT NULL,
    is_objected  BOOLEAN NOT NULL,
    was_answer   BOOLEAN,
    PRIMARY KEY (innovation, number)
);
CREATE INDEX answer_by ON answer (answered_by);

-- For lists: each record under every node above where it was told, newest first. Written with the record, rebuilt when
-- a node moves.
CREATE TABLE listing (
    node       UUID    NOT NULL,
    sent_at    BIGINT  NOT NULL,
    innovation UUID    NOT NULL,
    PRIMARY KEY (node, sent_at, innovation)
);
CREATE INDEX listing_innovation ON listing (innovation);

-- Folded words of each record for *similar ones*, with who may see it as words of the index itself.
CREATE TABLE similar_index (
    innovation UUID NOT NULL PRIMARY KEY,
    seen       TEXT NOT NULL,
    folded     TEXT NOT NULL,
    terms      TSVECTOR NOT NULL
);
CREATE INDEX similar_terms ON similar_index USING gin (terms);
