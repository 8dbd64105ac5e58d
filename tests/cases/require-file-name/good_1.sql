-- case: 001_a.sql
SELECT 1;
