SELECT 1; -- error: `003_Add-c.up.sql` is not called
