-- case: 001_a.sql, isolated
CREATE TABLE a (id bigint PRIMARY KEY, n bigint);
CREATE TABLE b (id bigint PRIMARY KEY);
-- case: 002_b.sql, isolated
DO $$ BEGIN
  IF version() LIKE '%x%' THEN RETURN; END IF;
  ALTER TABLE a RENAME TO c; -- warning: whoever still calls `a` by that name fails
  ALTER TABLE b RENAME TO d;
  ALTER TABLE d RENAME TO b;
END $$;
