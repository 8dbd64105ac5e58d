-- case: 001_a.sql, isolated
CREATE TABLE a (id bigint PRIMARY KEY, n bigint, m bigint);
-- case: 002_b.sql, isolated
DO $$ BEGIN
  PERFORM do_it();
  ALTER TABLE a RENAME COLUMN n TO o; -- warning: `n`
  ALTER TABLE a RENAME COLUMN m TO p;
  ALTER TABLE a RENAME COLUMN p TO m;
END $$;
