-- case: 0001_a.sql
SELECT 1; -- error: `0001_a.sql` is not called as `NNN_description.sql` says
