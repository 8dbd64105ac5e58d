-- case: 001_a.sql, isolated
CREATE TABLE a (id bigint PRIMARY KEY);
CREATE TABLE b (id bigint REFERENCES a);
-- case: 002_b.sql, isolated
BEGIN;
TRUNCATE a CASCADE; -- error: all that `a` holds is lost
TRUNCATE b;
COMMIT;
TRUNCATE b; -- error: all that `b` holds is lost
