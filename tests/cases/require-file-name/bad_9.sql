-- case: 2025-11-06-add-notes.sql
SELECT 1; -- error: `2025-11-06-add-notes.sql` is not called as `NNN_description.sql` says
