-- case: 001_a.sql, isolated
CREATE TABLE accounts (id bigint PRIMARY KEY, b text);
DO $$ BEGIN EXECUTE 'ALTER TABLE accounts ' || current_setting('my.statement'); END $$;
-- case: 002_b.sql, isolated
ALTER TABLE accounts ADD COLUMN own text;
ALTER TABLE accounts RENAME COLUMN own TO owned;
ALTER TABLE accounts DROP COLUMN owned;
ALTER TABLE accounts RENAME COLUMN b TO c;
ALTER TABLE accounts DROP COLUMN c; -- error: what `accounts` holds in `b` is lost, and whoever still names the column fails
ALTER TABLE accounts DROP COLUMN other; -- error: what `accounts` holds in `other` is lost, and whoever still names the column fails
