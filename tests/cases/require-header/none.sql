SELECT 1; -- error: the migration has no header
