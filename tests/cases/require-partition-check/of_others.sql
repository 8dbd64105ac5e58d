-- What no file makes may have partitions that none shows.
-- case: 001_a.sql, isolated
CREATE TABLE whole (id int) PARTITION BY RANGE (id);
-- case: 002_b.sql, isolated
SET lock_timeout = '5s';
SET statement_timeout = '5s';
CREATE TABLE part_1 PARTITION OF part FOR VALUES FROM (1) TO (2);
ALTER TABLE whole ATTACH PARTITION part FOR VALUES FROM (1) TO (2); -- error: this reads all of `part`
