SELECT 1; -- error: `001_add_notes.sql` is not called
