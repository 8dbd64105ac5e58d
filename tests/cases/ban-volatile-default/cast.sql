-- case: 001_a.sql, isolated
CREATE TYPE state AS ENUM ('a', 'b');
CREATE TABLE t (id bigint PRIMARY KEY);
-- case: 002_b.sql, isolated
ALTER TABLE t ADD COLUMN s state NOT NULL DEFAULT state('a');
ALTER TABLE t ADD COLUMN x text DEFAULT text('a'), ADD COLUMN i int DEFAULT int4('1');
ALTER TABLE t ADD COLUMN u text DEFAULT somewhere('a'); -- error: as far as anybody knows, `somewhere` is volatile
