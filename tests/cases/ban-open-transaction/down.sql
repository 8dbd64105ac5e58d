-- case: app/migrations/000001_a.up.sql, isolated
BEGIN;
CREATE TABLE a (id bigint PRIMARY KEY);
COMMIT;
-- case: app/migrations/000001_a.down.sql, isolated
BEGIN; -- warning: no `COMMIT` ends this transaction
DROP TABLE a;
-- case: app/migrations/000002_b.up.sql, isolated
CREATE TABLE b (id bigint PRIMARY KEY);
-- case: app/migrations/000002_b.down.sql, isolated
BEGIN;
DROP TABLE b;
COMMIT;
-- case: app/migrations/000003_c.up.sql, isolated
CREATE TABLE c (id bigint PRIMARY KEY);
-- case: app/migrations/000003_c.down.sql, isolated
BEGIN;
DROP TABLE c;
ROLLBACK;
