-- case: 001_a.sql, isolated
CREATE TABLE a (id bigint PRIMARY KEY, n int);
-- case: 002_b.sql, isolated
DELETE FROM a; -- error: all that `a` holds is lost
INSERT INTO a (id) VALUES (1);
DELETE FROM a WHERE true; -- error: all that `a` holds is lost
DELETE FROM a WHERE n > 1;
BEGIN;
TRUNCATE a;
DELETE FROM a;
COMMIT;
DELETE FROM somewhere; -- error: all that `somewhere` holds is lost
