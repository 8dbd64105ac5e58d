-- case: 001_a.sql, isolated
CREATE TABLE a (id bigint PRIMARY KEY, "Name" text, n int);
INSERT INTO a VALUES (1, 'x', 1);
-- case: 002_b.sql, isolated
INSERT INTO a VALUES (2, 'x'), (3, 'y'); -- warning: the values go to the columns of `a` by their places, whichever those are by then
INSERT INTO a (id) VALUES (4);
INSERT INTO a SELECT 5, 'z', 1; -- warning: the values go to the columns of `a` by their places
CREATE TEMPORARY TABLE t (n int);
INSERT INTO t VALUES (1);
CREATE TABLE own (n int);
INSERT INTO own VALUES (1);
INSERT INTO own DEFAULT VALUES;
INSERT INTO somewhere VALUES (1); -- warning: the values go to the columns of `somewhere` by their places
DO $$ BEGIN INSERT INTO a VALUES (6, 'x', 1); END $$; -- warning: the values go to the columns of `a` by their places
