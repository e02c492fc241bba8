-- For the whole tree no node is asked for: read in this order, facts are counted as they come, without being sorted.
CREATE INDEX figure_fact_all ON figure_fact (fact, day, part, is_with_care, until);
