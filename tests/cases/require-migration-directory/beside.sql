-- case: ctb/data/migrations_old/012_a.sql
SELECT 1; -- error: this migration does not lie in `ctb/data/migrations`
