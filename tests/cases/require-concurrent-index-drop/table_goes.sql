-- case: 001_a.sql, isolated
CREATE TABLE t (id bigint PRIMARY KEY, a int);
CREATE INDEX t_a ON t (a);
CREATE TABLE u (id bigint PRIMARY KEY, a int);
CREATE INDEX u_a ON u (a);
-- case: 002_b.sql, isolated
DROP INDEX t_a;
DROP TABLE t;
DROP INDEX u_a; -- warning: dropping `u_a` waits for all who use `u`
