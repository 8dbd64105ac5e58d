-- case: 001_a.SQL
SELECT 1; -- error: `001_a.SQL` is not called as `NNN_description.sql` says
