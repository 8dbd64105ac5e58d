-- case: 001_a.sql, isolated
CREATE TABLE r (id int PRIMARY KEY) PARTITION BY LIST (id);
CREATE TABLE p (year int NOT NULL, rid int) PARTITION BY LIST (year);
CREATE TABLE d PARTITION OF p DEFAULT;
ALTER TABLE d ADD CHECK (year <> 2026);
CREATE TABLE q (year int NOT NULL, id int) PARTITION BY LIST (year);
CREATE TABLE e PARTITION OF q DEFAULT;
ALTER TABLE e ADD CHECK (id > 0);
CREATE TABLE old (year int NOT NULL, id int, CHECK (year <> 2026));
CREATE TABLE sub (year int NOT NULL, id int, CHECK (year = 2026)) PARTITION BY LIST (id);
-- case: 002_b.sql, isolated
-- migration-lint: allow(require-lock-timeout, require-not-valid-foreign-key, ban-redundant-index, require-foreign-key-index): they are not what this is about
SET lock_timeout = '5s';
SET statement_timeout = '5s';
-- The key's whole is not the partition's.
CREATE TABLE p1 PARTITION OF p (FOREIGN KEY (rid) REFERENCES r) FOR VALUES IN (2026);
CREATE TABLE q1 PARTITION OF q (FOREIGN KEY (id) REFERENCES r) FOR VALUES IN (2026); -- error: this reads all of `e`, the default partition
CREATE TABLE n (year int NOT NULL, id int) PARTITION BY LIST (year);
ALTER TABLE n ATTACH PARTITION old DEFAULT;
ALTER TABLE n ATTACH PARTITION sub FOR VALUES IN (2026);
-- An index is locked, and not read.
ALTER INDEX pi ATTACH PARTITION ci;
