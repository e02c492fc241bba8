-- Looks that need a reason: at a person's account, at a record by whoever sees it only to check. Whose data was looked at sees
-- them.
CREATE TABLE look (
    id      BLOB    NOT NULL PRIMARY KEY,
    at      INTEGER NOT NULL,
    account BLOB    NOT NULL,
    looker  BLOB    NOT NULL,
    what    TEXT    NOT NULL,
    record  BLOB,
    why     TEXT    NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX look_at ON look (at);
CREATE INDEX look_account ON look (account, at);
CREATE INDEX look_looker ON look (looker, record, at);

-- That somebody was erased, and how much of them: rows that follow from events which name nobody.
CREATE TABLE erasure (
    id      BLOB    NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    body    BLOB    NOT NULL,
    parties INTEGER NOT NULL,
    texts   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
