-- case: 001_a.sql, isolated
CREATE TABLE a (id bigint PRIMARY KEY);
CREATE TABLE b (id bigint PRIMARY KEY);
CREATE TABLE c (id bigint PRIMARY KEY);
-- case: 002_b.sql, isolated
ALTER TABLE a RENAME TO d;
ALTER TABLE d RENAME TO a;
ALTER TABLE b RENAME TO e; -- warning: whoever still calls `b` by that name fails
ALTER TABLE e RENAME TO f;
ALTER TABLE c RENAME TO g;
DROP TABLE g;
ALTER TABLE elsewhere RENAME TO h;
ALTER TABLE h RENAME TO elsewhere;
