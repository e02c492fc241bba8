-- Whose account is closed held its roles where an auditor reads what was done to it: they are looked for from the node on, and
-- only roles that are held had an index that begins there.
CREATE INDEX role_grant_ended ON role_grant (node, holder) WHERE ended IS NOT NULL;
