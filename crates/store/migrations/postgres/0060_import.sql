-- Files that are to come in: staged without events, judged, then applied in one transaction. The rows are
-- deleted when they were applied or thrown away; the batch stays as the account of it.
CREATE TABLE import_batch (
    id           UUID    NOT NULL PRIMARY KEY,
    kind         TEXT    NOT NULL,
    node         UUID    NOT NULL,
    account      UUID,
    file_name    TEXT    NOT NULL,
    format       TEXT    NOT NULL,
    stored       TEXT    NOT NULL,
    headings     TEXT    NOT NULL,
    mapping      TEXT    NOT NULL,
    state        TEXT    NOT NULL CHECK (state IN ('staged', 'applying', 'applied', 'thrown-away')),
    is_good_only BOOLEAN NOT NULL,
    row_count    BIGINT  NOT NULL,
    result       TEXT,
    created_at   BIGINT  NOT NULL,
    changed_at   BIGINT  NOT NULL
);
CREATE INDEX import_batch_node ON import_batch (node, created_at, id);

CREATE TABLE import_row (
    batch  UUID    NOT NULL,
    number BIGINT  NOT NULL,
    cells  TEXT    NOT NULL,
    PRIMARY KEY (batch, number)
);
