-- What an auditor reads: the thing itself beside its name in letters, so that whose it is can be found, and each kind by time.
ALTER TABLE audit ADD COLUMN about UUID;
UPDATE audit SET about = subject::uuid WHERE subject ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$';
CREATE INDEX audit_action ON audit (action, at, id);
