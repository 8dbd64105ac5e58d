-- case: 001_a.sql, isolated
CREATE TABLE t (id bigint) TABLESPACE slow;
CREATE TABLE u (id bigint) TABLESPACE slow;
-- case: 002_b.sql, isolated
SET lock_timeout = '5s';
SET statement_timeout = '5s';
DO $$ BEGIN
  IF EXISTS (SELECT FROM t) THEN
    ALTER TABLE t SET TABLESPACE fast; -- error: all of `t` is copied
  END IF;
  ALTER TABLE ALL IN TABLESPACE slow SET TABLESPACE fast; -- error: all of `u` is copied
END $$;
-- case: 003_c.sql, isolated
SET lock_timeout = '5s';
SET statement_timeout = '5s';
DO $$ BEGIN
  ALTER TABLE t SET TABLESPACE slow; -- error: all of `t` is copied
  ALTER TABLE ALL IN TABLESPACE slow SET TABLESPACE other; -- error: all of `t` is copied
END $$;
