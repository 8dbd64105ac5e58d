SELECT 1; -- error: `2025-11-06_add_notes.sql` is not called
