-- case: 001_a.sql
SELECT 1; -- error: the migration has no header
