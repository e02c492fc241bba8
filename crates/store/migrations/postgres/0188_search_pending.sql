-- Search: what was written lately lies in a list of the index that every search reads to its end. By default that grows to
-- 4 MB before somebody clears it up, and searches took ten times as long until then; 64 kB is the least that may be said.
ALTER INDEX similar_terms SET (gin_pending_list_limit = 64);
