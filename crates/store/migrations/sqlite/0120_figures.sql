-- What records say to the figures of every node. The rows follow from each record alone; records from before are noted
-- to be looked at by the nightly work, which takes them out when theirs are there.
CREATE TABLE figure_fact (
    innovation   BLOB    NOT NULL,
    number       INTEGER NOT NULL,
    node         BLOB    NOT NULL,
    fact         TEXT    NOT NULL,
    day          TEXT    NOT NULL,
    until        TEXT,
    part         TEXT    NOT NULL,
    is_with_care INTEGER NOT NULL,
    PRIMARY KEY (innovation, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX figure_fact_node ON figure_fact (node, fact, day, part, is_with_care, until);

CREATE TABLE figure_missing (innovation BLOB NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO figure_missing (innovation) SELECT id FROM innovation;

-- Contributors of a first idea, and whether they had told again 180 days after it was decided. Written each night for
-- those whose days are over.
CREATE TABLE come_back (
    innovation   BLOB    NOT NULL,
    party        BLOB    NOT NULL,
    node         BLOB    NOT NULL,
    kind         TEXT    NOT NULL,
    answered_at  INTEGER NOT NULL,
    is_back      INTEGER NOT NULL,
    is_with_care INTEGER NOT NULL,
    PRIMARY KEY (innovation, party)
) STRICT, WITHOUT ROWID;
CREATE INDEX come_back_node ON come_back (node, answered_at, kind, is_back, is_with_care);
CREATE INDEX answer_at ON answer (answered_at);

-- The few that no rule lets be: open without somebody or a date, and people who are gone.
CREATE INDEX innovation_uncontrolled ON innovation (id)
    WHERE ended_at IS NULL AND (owner IS NULL OR decider IS NULL OR next_on IS NULL);
-- What is open and only those who handle it see: the lists of a node above its body do not tell it apart.
CREATE INDEX innovation_careful ON innovation (node, stage) WHERE ended_at IS NULL AND seen_by = 'handlers';
CREATE INDEX account_closed ON account (id) WHERE closed_at IS NOT NULL;

-- By which published counts are rounded: whoever has it can undo that. It stays as long as the installation.
INSERT INTO installation (name, value) VALUES ('figures-key', lower(hex(randomblob(32))));
