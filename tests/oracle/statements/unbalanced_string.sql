SELECT 1;
-- rejected
SELECT 'open;
SELECT 2;
