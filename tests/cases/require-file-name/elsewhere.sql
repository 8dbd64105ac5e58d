-- case: database/1_add.sql
SELECT 1; -- error: `1_add.sql` is not called
