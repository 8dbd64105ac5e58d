-- case: 010_create_shq_error_log_2.sql
SELECT 1;
