SELECT 1;
-- rejected
SELECT 2 /* open /* nested */ ;
SELECT 3;
