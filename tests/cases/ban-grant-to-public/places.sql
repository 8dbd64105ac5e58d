-- case: 001_a.sql, isolated
CREATE FUNCTION share() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  CREATE TABLE shared (id bigint PRIMARY KEY);
  GRANT SELECT ON shared TO PUBLIC;
END $$;
-- case: 002_b.sql, isolated
CREATE SCHEMA s
  CREATE TABLE t (id bigint PRIMARY KEY)
  GRANT SELECT ON t TO PUBLIC; -- warning: every role of the server
SELECT share(); -- warning: every role of the server
DO $$ BEGIN -- warning: every role of the server
  EXECUTE 'GRANT INSERT ON shared TO PUBLIC';
END $$;
