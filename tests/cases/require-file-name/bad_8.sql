-- case: create.sql
SELECT 1; -- error: `create.sql` is not called as `NNN_description.sql` says
