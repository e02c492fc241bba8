-- Whether a first-timer's idea is handled with care follows the record from now on; what was noted before is put right.
UPDATE come_back SET is_with_care = true WHERE innovation IN (SELECT id FROM innovation WHERE seen_by = 'handlers');
