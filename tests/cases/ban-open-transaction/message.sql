-- case: app/migrations/000001_a.up.sql, isolated
BEGIN; -- warning: no `COMMIT` ends this transaction
CREATE TABLE a (id bigint PRIMARY KEY);
-- case: app/migrations/000002_b.up.sql, isolated
BEGIN;
CREATE TABLE b (id bigint PRIMARY KEY);
COMMIT;
