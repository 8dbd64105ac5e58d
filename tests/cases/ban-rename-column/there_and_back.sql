-- case: 001_a.sql, isolated
CREATE TABLE a (id bigint PRIMARY KEY, b text, c text, d text);
-- case: 002_b.sql, isolated
ALTER TABLE a ADD COLUMN own text;
ALTER TABLE a RENAME COLUMN own TO owned;
ALTER TABLE a RENAME COLUMN b TO other;
ALTER TABLE a RENAME COLUMN other TO b;
ALTER TABLE a RENAME COLUMN c TO e; -- warning: whoever still calls `c` of `a` by that name fails
ALTER TABLE a RENAME COLUMN e TO f;
ALTER TABLE a RENAME COLUMN d TO g;
ALTER TABLE a DROP COLUMN g;
-- case: 003_of_elsewhere.sql, isolated
ALTER TABLE elsewhere ADD COLUMN own text;
ALTER TABLE elsewhere RENAME COLUMN own TO owned;
ALTER TABLE elsewhere RENAME COLUMN b TO other;
ALTER TABLE elsewhere RENAME COLUMN other TO b;
ALTER TABLE elsewhere RENAME COLUMN c TO e; -- warning: whoever still calls `c` of `elsewhere` by that name fails
