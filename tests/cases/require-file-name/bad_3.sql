-- case: 001-a.sql
SELECT 1; -- error: `001-a.sql` is not called as `NNN_description.sql` says
