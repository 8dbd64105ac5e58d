-- Of tables that no file makes, what a file shows says whether they are partitioned.
-- case: 001_a.sql, isolated
CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM (1) TO (100);
CREATE TABLE heir () INHERITS (parent);
-- case: 002_b.sql, isolated
CREATE INDEX i ON parts (a);
CREATE INDEX j ON ONLY parts (b);
CREATE INDEX k ON ONLY unknown (b);
CREATE INDEX l ON ONLY parent (a); -- warning: building this index keeps everybody from writing to `parent` until it is done
CREATE INDEX m ON unknown (c); -- warning: building this index keeps everybody from writing to `unknown` until it is done
