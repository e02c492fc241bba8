-- What is open where it is handled: the board of what is late, and what a finder may take over.
CREATE INDEX innovation_at ON innovation (at_node, next_on, id) WHERE ended_at IS NULL;
-- Hours that were granted and not confirmed.
CREATE INDEX innovation_hours ON innovation (trier) WHERE hours > 0 AND hours_had IS NULL;
