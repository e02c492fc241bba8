-- Signing in: tries that are counted, and what administrators look people and records up by.
-- The key is a hash of what was tried and from where: no address lies here in clear.
CREATE TABLE attempt (
    key     BYTEA   NOT NULL PRIMARY KEY,
    tries   BIGINT  NOT NULL,
    last_at BIGINT  NOT NULL
);
CREATE INDEX attempt_last ON attempt (last_at);

-- Folded words of names and mail addresses, so that people are found by how a word begins.
CREATE TABLE account_word (
    word    TEXT NOT NULL,
    account UUID NOT NULL REFERENCES account (id),
    PRIMARY KEY (word, account)
);
CREATE INDEX account_word_account ON account_word (account);

-- Open records by the role that decides them, for when a role ends; by where they are handled, for when a node moves.
CREATE INDEX innovation_decider_node ON innovation (decider_node, decider_role) WHERE ended_at IS NULL;
CREATE INDEX innovation_at_node ON innovation (at_node) WHERE ended_at IS NULL;
CREATE INDEX cover_covered_by ON cover (covered_by, to_on);
