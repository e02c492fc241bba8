-- The last period for which recurring work was planned: a job that is done leaves no row behind to tell.
CREATE TABLE recurring (
    name   TEXT NOT NULL PRIMARY KEY,
    period TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- One mail a day for each person.
CREATE TABLE digest (
    account BLOB    NOT NULL,
    day     TEXT    NOT NULL,
    sent_at INTEGER NOT NULL,
    PRIMARY KEY (account, day)
) STRICT, WITHOUT ROWID;
CREATE INDEX digest_day ON digest (day);
CREATE INDEX account_digest ON account (digest_hour, id) WHERE closed_at IS NULL;

-- What time may bring something to, by the zone of the body that has it.
CREATE INDEX innovation_zone_next ON innovation (zone, next_on, id) WHERE ended_at IS NULL;
CREATE INDEX innovation_zone_missed ON innovation (zone, id) WHERE ended_at IS NULL AND missed_on IS NOT NULL;

-- What is purged, by its age.
CREATE INDEX session_ends ON session (ends_at);
CREATE INDEX ticket_ends ON ticket (ends_at);
