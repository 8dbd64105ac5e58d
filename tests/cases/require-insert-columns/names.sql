-- case: 001_a.sql, isolated
CREATE SCHEMA s;
CREATE TABLE t (a int, b int, "order" int);
CREATE TABLE u (b int, a int);
-- case: 002_b.sql, isolated
CREATE TABLE t_new (b int, a int, c int);
ALTER TABLE t RENAME TO t_old;
ALTER TABLE t_new RENAME TO t;
INSERT INTO t VALUES (1, 2);
-- case: 003_c.sql, isolated
ALTER TABLE t RENAME TO v;
ALTER TABLE u RENAME TO t;
INSERT INTO t VALUES (1, 2); -- warning: the values go to the columns of `t` by their places
-- case: 004_d.sql, isolated
CREATE TABLE s.t (b int, a int);
SET search_path = s, public;
INSERT INTO t VALUES (1, 2);
INSERT INTO t_old VALUES (1, 2, 3); -- warning: the values go to the columns of `t_old` by their places
-- case: 005_e.sql, isolated
CREATE TABLE own (a int);
INSERT INTO own VALUES (1);
ALTER TABLE own RENAME TO renamed;
