SELECT 1; -- error: `2025-13-01-add-notes.sql` is not called
