-- case: 001_a.sql, isolated
CREATE TYPE mood AS ENUM ('a');
CREATE TABLE a (id bigint PRIMARY KEY, m mood);
-- case: 002_b.sql, isolated
DROP TYPE mood CASCADE; -- warning: CASCADE takes along
CREATE TYPE mood AS ENUM ('a', 'b');
ALTER TABLE a ADD COLUMN m mood;
