-- case: anywhere/012_a.sql, isolated
SELECT 1;
