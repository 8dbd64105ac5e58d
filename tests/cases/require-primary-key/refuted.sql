-- case: 001_a.sql, isolated
CREATE TABLE p (id bigint PRIMARY KEY, c char(3)) PARTITION BY LIST (id);
CREATE TABLE q (other text);
CREATE TABLE t (id bigint, c char(3)); -- warning: table `t` has no primary key
-- case: 002_b.sql, isolated
ALTER TABLE p ATTACH PARTITION q FOR VALUES IN (1);
-- case: 003_c.sql, isolated
ALTER TABLE t ENABLE TRIGGER nothing;
