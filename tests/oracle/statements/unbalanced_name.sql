SELECT 1;
-- rejected
CREATE TABLE "a (b int);
SELECT 2;
