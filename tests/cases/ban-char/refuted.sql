-- case: 001_a.sql, isolated
CREATE TABLE p (id bigint PRIMARY KEY, c char(3)) PARTITION BY LIST (id); -- warning: `c` of `p`
CREATE TABLE q (other text);
CREATE TABLE t (id bigint, c char(3)); -- warning: `c` of `t`
-- case: 002_b.sql, isolated
ALTER TABLE p ATTACH PARTITION q FOR VALUES IN (1);
-- case: 003_c.sql, isolated
ALTER TABLE t ENABLE TRIGGER nothing;
