SELECT 1; -- error: `20240101000000_b` has the number 20240101000000, which `2024-01-01-000000_a` has too
