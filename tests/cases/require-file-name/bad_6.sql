-- case: 001_a_.sql
SELECT 1; -- error: `001_a_.sql` is not called as `NNN_description.sql` says
