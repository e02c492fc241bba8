-- Looks that need a reason: at a person's account, at a record by whoever sees it only to check. Whose data was looked at sees
-- them.
CREATE TABLE look (
    id      UUID   NOT NULL PRIMARY KEY,
    at      BIGINT NOT NULL,
    account UUID   NOT NULL,
    looker  UUID   NOT NULL,
    what    TEXT   NOT NULL,
    record  UUID,
    why     TEXT   NOT NULL
);
CREATE INDEX look_at ON look (at);
CREATE INDEX look_account ON look (account, at);
CREATE INDEX look_looker ON look (looker, record, at);

-- That somebody was erased, and how much of them: rows that follow from events which name nobody.
CREATE TABLE erasure (
    id      UUID   NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL,
    body    UUID   NOT NULL,
    parties BIGINT NOT NULL,
    texts   BIGINT NOT NULL
);
