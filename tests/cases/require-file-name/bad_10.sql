-- case: 001.sql
SELECT 1; -- error: `001.sql` is not called as `NNN_description.sql` says
