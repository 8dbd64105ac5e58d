-- case: 001__a.sql
SELECT 1; -- error: `001__a.sql` is not called as `NNN_description.sql` says
