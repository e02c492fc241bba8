-- Who may see a record where it is listed. seen_by says 'handlers' of everything that waits for a moderator or was taken from
-- the lists, so it cannot tell what no moderator sees either: what is handled with care.
ALTER TABLE innovation ADD COLUMN sight TEXT NOT NULL DEFAULT 'handlers';
UPDATE innovation SET sight = seen_by WHERE listed = 'listed';
UPDATE innovation SET sight = coalesce(
    (SELECT json_extract(j.payload, '$.to') FROM journal j
        WHERE j.stream = innovation.id AND j.event = 'sight-set' ORDER BY j.version DESC LIMIT 1),
    (SELECT json_extract(j.payload, '$.seen_by') FROM journal j WHERE j.stream = innovation.id AND j.event = 'told'),
    'handlers') WHERE listed <> 'listed';

-- Was the record handled with care when it, or a comment on it, was moderated? From now on its finder does that.
ALTER TABLE moderation ADD COLUMN is_with_care INTEGER NOT NULL DEFAULT 0;
ALTER TABLE comment_moderation ADD COLUMN is_with_care INTEGER NOT NULL DEFAULT 0;
