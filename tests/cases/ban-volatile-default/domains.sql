-- case: 001_a.sql, isolated
CREATE TABLE a (id bigint PRIMARY KEY);
CREATE DOMAIN email AS text CHECK (VALUE LIKE '%@%');
CREATE DOMAIN work_email AS email;
CREATE DOMAIN plain AS text;
CREATE DOMAIN token AS uuid DEFAULT gen_random_uuid();
CREATE DOMAIN demanded AS text NOT NULL;
-- case: 002_b.sql, isolated
ALTER TABLE a ADD COLUMN b email; -- error: `email` has constraints: adding `b` writes every row of `a` again
ALTER TABLE a ADD COLUMN c work_email; -- error: `work_email` has constraints: adding `c` writes every row of `a` again
ALTER TABLE a ADD COLUMN d email NOT NULL DEFAULT 'a@b'; -- error: `email` has constraints: adding `d` writes every row of `a` again
ALTER TABLE a ADD COLUMN e token; -- error: `gen_random_uuid` is volatile: adding `e` writes every row of `a` again
ALTER TABLE a ADD COLUMN f plain, ADD COLUMN g email[];
ALTER TABLE a ADD COLUMN h demanded;
BEGIN;
TRUNCATE a;
ALTER TABLE a ADD COLUMN i email, ADD COLUMN j uuid DEFAULT gen_random_uuid();
COMMIT;
BEGIN;
DELETE FROM a;
ALTER TABLE a ADD COLUMN k uuid DEFAULT gen_random_uuid();
COMMIT;
DO $$ BEGIN
    EXECUTE 'ALTER TABLE a ' || current_setting('my.statement');
    ALTER TABLE a ADD COLUMN l uuid DEFAULT gen_random_uuid(); -- error: `gen_random_uuid` is volatile: adding `l` writes every row of `a` again
END $$;
