-- What an auditor reads: the thing itself beside its name in letters, so that whose it is can be found, and each kind by time.
ALTER TABLE audit ADD COLUMN about BLOB;
UPDATE audit SET about = unhex(replace(subject, '-', '')) WHERE length(subject) = 36;
CREATE INDEX audit_action ON audit (action, at, id);
