-- Search: PostgreSQL alone has a list of what was written lately that every search reads. Here nothing changes.
SELECT 1;
