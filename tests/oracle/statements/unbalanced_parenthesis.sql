SELECT 1;
-- rejected
CREATE TABLE a (id int, (b int);
SELECT 'swallowed by the open parenthesis';
