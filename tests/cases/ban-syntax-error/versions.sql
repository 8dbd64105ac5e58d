CREATE TABLE t (a INT, b INT GENERATED ALWAYS AS (a + 1) VIRTUAL); -- error: needs PostgreSQL 18, and the target is 15
DO $$
BEGIN
  MERGE INTO t USING s ON true WHEN NOT MATCHED BY SOURCE THEN DELETE; -- error: needs PostgreSQL 17, and the target is 15
  IF current_setting('server_version_num')::INT >= 170000 THEN
    EXECUTE 'MERGE INTO t USING s ON true WHEN NOT MATCHED BY SOURCE THEN DELETE';
  END IF;
END
$$;
