-- This adds room for notes. -- error: the migration has no header
SELECT 1;
-- Purpose: of the next statement
SELECT 2;
