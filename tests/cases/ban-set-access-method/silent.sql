-- case: 001_a.sql, isolated
CREATE TABLE a (id bigint PRIMARY KEY);
-- case: 002_b.sql, isolated
SET lock_timeout = '5s';
SET statement_timeout = '5s';
ALTER TABLE a SET ACCESS METHOD heap;
CREATE TABLE n (id bigint PRIMARY KEY);
ALTER TABLE n SET ACCESS METHOD columnar;
