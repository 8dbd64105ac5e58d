-- case: db/migrations/012_a.sql
SELECT 1; -- error: does not lie in `../other`
