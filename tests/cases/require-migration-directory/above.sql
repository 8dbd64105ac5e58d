-- case: ctb/data/012_a.sql
SELECT 1; -- error: this migration does not lie in
