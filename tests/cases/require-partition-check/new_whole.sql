-- case: 001_a.sql, isolated
CREATE TABLE old (id bigint, a int);
CREATE TABLE nullable (id bigint, a int, CHECK (a = 2));
CREATE TABLE checked (id bigint, a int NOT NULL, CHECK (a = 3));
CREATE TABLE empty (id bigint, a int) PARTITION BY LIST (id);
CREATE TABLE parted (id bigint, a int) PARTITION BY LIST (id);
CREATE TABLE leaf PARTITION OF parted FOR VALUES IN (1);
CREATE TABLE fitting (id bigint, a int) PARTITION BY LIST (id);
CREATE TABLE fits PARTITION OF fitting FOR VALUES IN (1);
ALTER TABLE fits ALTER COLUMN a SET NOT NULL, ADD CHECK (a = 6);
-- case: 002_b.sql, isolated
SET lock_timeout = '5s';
SET statement_timeout = '5s';
CREATE TABLE p (id bigint, a int) PARTITION BY LIST (a);
ALTER TABLE p ATTACH PARTITION old FOR VALUES IN (1); -- error: this reads all of `old`
ALTER TABLE p ATTACH PARTITION nullable FOR VALUES IN (2); -- error: this reads all of `nullable`
ALTER TABLE p ATTACH PARTITION checked FOR VALUES IN (3);
ALTER TABLE p ATTACH PARTITION empty FOR VALUES IN (4);
ALTER TABLE p ATTACH PARTITION parted FOR VALUES IN (5); -- error: this reads all of `parted`
ALTER TABLE p ATTACH PARTITION fitting FOR VALUES IN (6);
