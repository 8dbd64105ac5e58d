-- case: 012_a.sql
SELECT 1;
