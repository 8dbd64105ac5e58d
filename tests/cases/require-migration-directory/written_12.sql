-- case: db/migrations/012_a.sql
SELECT 1;
