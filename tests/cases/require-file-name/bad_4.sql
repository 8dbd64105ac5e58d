-- case: 001_Add.sql
SELECT 1; -- error: `001_Add.sql` is not called as `NNN_description.sql` says
