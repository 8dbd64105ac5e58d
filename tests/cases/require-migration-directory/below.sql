-- case: ctb/data/migrations/archive/012_a.sql
SELECT 1;
