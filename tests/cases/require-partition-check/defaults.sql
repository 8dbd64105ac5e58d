-- case: 001_a.sql, isolated
CREATE TABLE p (id bigint, a int) PARTITION BY LIST (a);
CREATE TABLE d PARTITION OF p DEFAULT;
CREATE TABLE t (id bigint, a int NOT NULL, CHECK (a = 1));
CREATE TABLE q (id bigint, a int) PARTITION BY RANGE (a);
CREATE TABLE e PARTITION OF q DEFAULT;
ALTER TABLE e ADD CONSTRAINT no_tens CHECK (a < 10 OR a >= 20);
CREATE TABLE r (id bigint, a int) PARTITION BY RANGE (a);
CREATE TABLE s PARTITION OF r DEFAULT PARTITION BY LIST (a);
CREATE TABLE leaf PARTITION OF s DEFAULT;
CREATE TABLE u (id bigint, a int) PARTITION BY LIST (a);
CREATE TABLE first (id bigint, a int);
CREATE TABLE more (id bigint, a int, CHECK (a > 9));
CREATE TABLE v PARTITION OF u FOR VALUES IN (9);
CREATE TABLE old (id bigint, a int);
-- case: 002_b.sql, isolated
SET lock_timeout = '5s';
SET statement_timeout = '5s';
ALTER TABLE p ATTACH PARTITION t FOR VALUES IN (1); -- error: this reads all of `d`, the default partition, and nobody can use the table meanwhile
CREATE TABLE two PARTITION OF p FOR VALUES IN (2); -- error: this reads all of `d`, the default partition
CREATE TABLE IF NOT EXISTS two PARTITION OF p FOR VALUES IN (2);
CREATE TABLE tens PARTITION OF q FOR VALUES FROM (10) TO (20);
CREATE TABLE of_r PARTITION OF r FOR VALUES FROM (10) TO (20); -- error: this reads all of `leaf`, the default partition
ALTER TABLE u ATTACH PARTITION more DEFAULT;
BEGIN;
-- migration-lint: allow(ban-truncate): nobody reads it
TRUNCATE d;
CREATE TABLE three PARTITION OF p FOR VALUES IN (3);
COMMIT;
CREATE TABLE n (id bigint, a int) PARTITION BY LIST (a);
ALTER TABLE n ATTACH PARTITION first DEFAULT;
CREATE TABLE of_n PARTITION OF n FOR VALUES IN (1); -- error: this reads all of `first`, the default partition
ALTER TABLE elsewhere ATTACH PARTITION old DEFAULT; -- error: this reads all of `old`
