-- case: 001_a.sql, isolated
CREATE TABLE a (id bigint PRIMARY KEY);
CREATE DOMAIN demanded AS text NOT NULL;
CREATE DOMAIN given AS text DEFAULT '' NOT NULL;
-- case: 002_b.sql, isolated
ALTER TABLE a ADD COLUMN b demanded; -- warning: `b` is NOT NULL and has no default: this fails if `a` has rows
ALTER TABLE a ADD COLUMN c given, ADD COLUMN d given NOT NULL;
BEGIN;
TRUNCATE a;
ALTER TABLE a ADD COLUMN e text NOT NULL; -- warning: `e` is NOT NULL and has no default: whoever does not know of it can't insert into `a`
COMMIT;
DO $$ BEGIN
    EXECUTE 'ALTER TABLE a ' || current_setting('my.statement');
    ALTER TABLE a ADD COLUMN f text NOT NULL; -- warning: `f` is NOT NULL and has no default: this fails if `a` has rows
END $$;
