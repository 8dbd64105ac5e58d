-- case: 001_a.sql, isolated
CREATE TABLE a (id bigint PRIMARY KEY, b bigint, c bigint);
CREATE TABLE b (id bigint PRIMARY KEY);
CREATE TABLE c (id bigint PRIMARY KEY);
CREATE TABLE d (id bigint PRIMARY KEY);
-- case: 002_apart.sql, isolated
ALTER TABLE a ADD CONSTRAINT a_b FOREIGN KEY (b) REFERENCES b NOT VALID;
ALTER TABLE a ADD CONSTRAINT a_c FOREIGN KEY (c) REFERENCES c NOT VALID;
-- case: 003_together.sql, isolated
BEGIN;
CREATE TABLE own (id bigint PRIMARY KEY, b bigint REFERENCES b);
CREATE TABLE other (id bigint PRIMARY KEY, own bigint REFERENCES own, c bigint REFERENCES c);
CREATE TABLE third (id bigint PRIMARY KEY, d bigint REFERENCES d); -- warning: foreign keys keep everybody from writing to `b`, `c` and `d` until the transaction ends
CREATE TABLE fourth (id bigint PRIMARY KEY, a bigint REFERENCES a);
COMMIT;
-- case: 004_same.sql, isolated
BEGIN;
ALTER TABLE a ADD COLUMN b2 bigint REFERENCES b;
ALTER TABLE a ADD COLUMN b3 bigint REFERENCES b;
ALTER TABLE c ADD COLUMN note text;
COMMIT;
