-- case: 001_a.sql, isolated
CREATE TABLE p (id int, a text) PARTITION BY LIST (id);
CREATE TABLE d PARTITION OF p DEFAULT;
ALTER TABLE d ADD CHECK (id IS NOT NULL), ADD CHECK (id <> 1);
CREATE TABLE r (id int, a text) PARTITION BY RANGE (id);
CREATE TABLE e PARTITION OF r DEFAULT;
ALTER TABLE e ADD CHECK (id > 15 OR id < 10);
CREATE TABLE s (id int, a text) PARTITION BY LIST (a);
CREATE TABLE f PARTITION OF s DEFAULT PARTITION BY LIST (id);
CREATE TABLE leaf PARTITION OF f DEFAULT;
ALTER TABLE leaf ADD CHECK (id <> 1);
CREATE TABLE v (a text) PARTITION BY RANGE (a);
CREATE TABLE g PARTITION OF v DEFAULT;
ALTER TABLE g ADD CHECK (a >= '10' OR a < '1');
-- case: 002_b.sql, isolated
SET lock_timeout = '5s';
SET statement_timeout = '5s';
CREATE TABLE one PARTITION OF p FOR VALUES IN (1);
CREATE TABLE two PARTITION OF p FOR VALUES IN (2); -- error: this reads all of `d`, the default partition
CREATE TABLE none PARTITION OF p FOR VALUES IN (NULL);
CREATE TABLE low PARTITION OF r FOR VALUES FROM (10) TO (16);
CREATE TABLE high PARTITION OF r FOR VALUES FROM (16) TO (20); -- error: this reads all of `e`, the default partition
CREATE TABLE x PARTITION OF s FOR VALUES IN ('x'); -- error: this reads all of `leaf`, the default partition
CREATE TABLE tens PARTITION OF v FOR VALUES FROM ('1') TO ('10');
-- case: 003_c.sql, isolated
SET lock_timeout = '5s';
SET statement_timeout = '5s';
CREATE TABLE across PARTITION OF r FOR VALUES FROM (5) TO (10); -- error: this reads all of `e`, the default partition
