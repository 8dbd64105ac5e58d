-- case: 001_a.sql, isolated
CREATE TABLE o (id bigint PRIMARY KEY);
CREATE TABLE p (id bigint) PARTITION BY LIST (id);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
CREATE TABLE q (id bigint) PARTITION BY LIST (id);
CREATE TABLE d PARTITION OF q DEFAULT;
ALTER TABLE d ADD CHECK (id <> 1);
CREATE TABLE t (id bigint NOT NULL, CHECK (id = 2));
-- case: 002_b.sql, isolated
CREATE TABLE IF NOT EXISTS p1 PARTITION OF p FOR VALUES IN (1);
CREATE TABLE own (id bigint REFERENCES o);
CREATE INDEX ON own (id);
CREATE TABLE new (id bigint) PARTITION BY LIST (id);
CREATE TABLE new1 PARTITION OF new FOR VALUES IN (1);
-- case: 003_c.sql, isolated
CREATE TABLE p2 PARTITION OF p FOR VALUES IN (2); -- warning: this waits for a lock on `p` (ACCESS EXCLUSIVE) with no limit
-- case: 004_d.sql, isolated
CREATE TABLE p9 PARTITION OF p DEFAULT; -- warning: this waits for a lock on `p` (ACCESS EXCLUSIVE) with no limit
-- case: 005_e.sql, isolated
CREATE TABLE mine (id bigint);
ALTER TABLE q ATTACH PARTITION mine FOR VALUES IN (1); -- warning: this waits for a lock on `d` (ACCESS EXCLUSIVE) with no limit
-- case: 006_f.sql, isolated
ALTER TABLE p ATTACH PARTITION t FOR VALUES IN (3); -- warning: this waits for a lock on `t` (ACCESS EXCLUSIVE) with no limit
