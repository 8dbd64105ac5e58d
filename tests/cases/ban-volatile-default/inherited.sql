-- case: 001_a.sql, isolated
CREATE TABLE p (a int);
CREATE TABLE k () INHERITS (p);
-- case: 002_b.sql, isolated
ALTER TABLE p ADD COLUMN b serial; -- error: each row gets a number of its own: adding `b` writes every row of `p` again
