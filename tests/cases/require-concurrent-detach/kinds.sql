-- case: 001_a.sql, isolated
CREATE TABLE a (id bigint) PARTITION BY LIST (id);
CREATE TABLE a1 PARTITION OF a FOR VALUES IN (1);
CREATE TABLE b (id bigint) PARTITION BY LIST (id);
CREATE TABLE b1 PARTITION OF b FOR VALUES IN (1);
CREATE TABLE b2 PARTITION OF b DEFAULT;
-- case: 002_b.sql, isolated
ALTER TABLE a DETACH PARTITION a1; -- warning: detaching a partition waits for all who use `a`
ALTER TABLE b DETACH PARTITION b1;
