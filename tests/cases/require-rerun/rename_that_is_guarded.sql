-- case: 001_a.sql
CREATE TABLE IF NOT EXISTS marketing.t (a INT, b INT);
-- case: 002_b.sql
DO $$
BEGIN
  IF EXISTS (SELECT 1 FROM information_schema.tables WHERE table_schema = 'marketing' AND table_name = 't') THEN
    ALTER TABLE marketing.t RENAME COLUMN a TO c; -- error: this fails in a second run: column "a" does not exist (SQLSTATE 42703)
  END IF;
  IF EXISTS (SELECT 1 FROM information_schema.columns WHERE table_schema = 'marketing' AND table_name = 't' AND column_name = 'b') THEN
    ALTER TABLE marketing.t RENAME COLUMN b TO d;
  END IF;
END
$$;
