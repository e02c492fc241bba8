-- Drafts of people who have not signed in are looked up by the secret of their browser.
CREATE INDEX draft_key ON draft (key_hash, updated_at);
