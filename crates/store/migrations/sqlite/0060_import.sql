-- Files that are to come in: staged without events, judged, then applied in one transaction. The rows are
-- deleted when they were applied or thrown away; the batch stays as the account of it.
CREATE TABLE import_batch (
    id           BLOB    NOT NULL PRIMARY KEY,
    kind         TEXT    NOT NULL,
    node         BLOB    NOT NULL,
    account      BLOB,
    file_name    TEXT    NOT NULL,
    format       TEXT    NOT NULL,
    stored       TEXT    NOT NULL,
    headings     TEXT    NOT NULL,
    mapping      TEXT    NOT NULL,
    state        TEXT    NOT NULL CHECK (state IN ('staged', 'applying', 'applied', 'thrown-away')),
    is_good_only INTEGER NOT NULL,
    row_count    INTEGER NOT NULL,
    result       TEXT,
    created_at   INTEGER NOT NULL,
    changed_at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX import_batch_node ON import_batch (node, created_at, id);

CREATE TABLE import_row (
    batch  BLOB    NOT NULL,
    number INTEGER NOT NULL,
    cells  TEXT    NOT NULL,
    PRIMARY KEY (batch, number)
) STRICT, WITHOUT ROWID;
