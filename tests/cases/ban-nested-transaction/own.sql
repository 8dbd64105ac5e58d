-- case: 001_a.sql, isolated
CREATE TABLE a (id bigint PRIMARY KEY);
COMMIT; -- warning: no transaction is open here
-- case: 002_b.sql, isolated
BEGIN;
CREATE TABLE b (id bigint PRIMARY KEY);
COMMIT;
BEGIN;
CREATE TABLE c (id bigint PRIMARY KEY);
ROLLBACK;
