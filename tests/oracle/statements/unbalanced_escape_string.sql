SELECT 1;
-- rejected
SELECT E'a\';
SELECT 2;
