-- case: 001_a.sql
CREATE TABLE IF NOT EXISTS marketing.t (a INT);
-- case: 002_b.sql
DO $$ -- error: a second run changes the schema: table `marketing.u` is gone
BEGIN
  IF to_regclass('marketing.u') IS NULL THEN
    CREATE TABLE marketing.u (a INT);
  ELSE
    DROP TABLE marketing.u;
  END IF;
END
$$;
