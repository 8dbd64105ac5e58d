-- case: 001_a.sql, isolated
CREATE TABLE p (id bigint, a int) PARTITION BY RANGE (a);
CREATE TABLE plain (id bigint, a int);
CREATE TABLE checked (id bigint, a int NOT NULL, CHECK (a >= 0 AND a < 10));
CREATE TABLE unchecked (id bigint, a int NOT NULL);
ALTER TABLE unchecked ADD CONSTRAINT later CHECK (a >= 10 AND a < 20) NOT VALID;
CREATE TABLE other (id bigint, a int NOT NULL, CHECK (id > 0));
CREATE TABLE gone (id bigint, a int);
-- case: 002_b.sql, isolated
SET lock_timeout = '5s';
SET statement_timeout = '5s';
ALTER TABLE p ATTACH PARTITION checked FOR VALUES FROM (0) TO (10);
ALTER TABLE p ATTACH PARTITION unchecked FOR VALUES FROM (10) TO (20); -- error: this reads all of `unchecked`
ALTER TABLE p ATTACH PARTITION other FOR VALUES FROM (20) TO (30); -- error: this reads all of `other`
CREATE TABLE own (id bigint, a int);
ALTER TABLE p ATTACH PARTITION own FOR VALUES FROM (30) TO (40);
BEGIN;
-- migration-lint: allow(ban-truncate): nobody reads it
TRUNCATE gone;
ALTER TABLE p ATTACH PARTITION gone FOR VALUES FROM (40) TO (50);
COMMIT;
ALTER TABLE p ATTACH PARTITION elsewhere FOR VALUES FROM (50) TO (60); -- error: this reads all of `elsewhere`
