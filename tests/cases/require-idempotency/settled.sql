DO $$
DECLARE
  is_there BOOLEAN := to_regclass('marketing.a') IS NOT NULL;
BEGIN
  IF true THEN
    CREATE TABLE marketing.b (id INT); -- error: table `marketing.b` is created without `IF NOT EXISTS`
  END IF;
  IF current_setting('server_version_num')::int >= 140000 THEN
    CREATE TYPE marketing.c AS ENUM ('a'); -- error: type `marketing.c` is created without a guard
  ELSIF current_database() = 'old' THEN
    CREATE DOMAIN marketing.d AS INT; -- error: domain `marketing.d` is created without a guard
  ELSE
    CREATE TABLE marketing.e (id INT); -- error: table `marketing.e` is created without `IF NOT EXISTS`
  END IF;
  CASE current_user
    WHEN 'owner' THEN
      ALTER TABLE marketing.f ADD COLUMN note TEXT; -- error: column `note` of `marketing.f` is added without `IF NOT EXISTS`
    ELSE
      NULL;
  END CASE;

  -- What never runs fails in no run.
  IF false THEN
    CREATE TABLE marketing.n (id INT);
  ELSIF 1 = 2 THEN
    CREATE TABLE marketing.o (id INT);
  ELSE
    CREATE TABLE marketing.p (id INT); -- error: table `marketing.p` is created without `IF NOT EXISTS`
  END IF;
  IF true THEN
    NULL;
  ELSE
    CREATE TABLE marketing.q (id INT);
  END IF;

  -- Where one condition may ask, nothing is told of those with it.
  IF is_there THEN
    NULL;
  ELSIF true THEN
    CREATE TABLE marketing.a (id INT);
  ELSE
    CREATE TABLE marketing.g (id INT);
  END IF;
  CASE is_there
    WHEN true THEN
      CREATE TABLE marketing.h (id INT);
    ELSE
      CREATE TABLE marketing.i (id INT);
  END CASE;
  IF to_regclass('marketing.j') IS NULL THEN
    IF current_user = 'owner' THEN
      CREATE TABLE marketing.j (id INT);
    END IF;
  END IF;
  IF true THEN
    IF NOT EXISTS (SELECT 1 FROM pg_class WHERE relname = 'k') THEN
      CREATE TABLE marketing.k (id INT);
    END IF;
    BEGIN
      CREATE TABLE marketing.l (id INT);
    EXCEPTION WHEN duplicate_table THEN NULL;
    END;
  END IF;
  -- Who made the caller of this, nobody can tell from here.
  IF marketing.is_new() THEN
    CREATE TABLE marketing.m (id INT);
  END IF;
END
$$;
