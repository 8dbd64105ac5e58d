SELECT 1; -- error: has the number 20240101000000
