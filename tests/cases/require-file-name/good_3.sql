-- case: 099_a1_b2.sql
SELECT 1;
