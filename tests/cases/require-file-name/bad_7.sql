-- case: 001_add-notes.sql
SELECT 1; -- error: `001_add-notes.sql` is not called as `NNN_description.sql` says
