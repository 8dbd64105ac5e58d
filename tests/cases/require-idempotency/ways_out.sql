-- case: 001_ways_out.sql
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_class WHERE relname = 'a') THEN
    RETURN;
  END IF;
  CREATE TABLE marketing.a (id int);
END $$;
DO $$ BEGIN
  IF current_setting('server_version_num')::int < 130000 THEN
    RETURN;
  END IF;
  CREATE TABLE marketing.b (id int); -- error: table `marketing.b` is created without `IF NOT EXISTS`
END $$;
DO $$ BEGIN
  IF current_setting('server_version_num')::int < 130000 THEN
    IF to_regclass('marketing.c') IS NOT NULL THEN
      RETURN;
    END IF;
  END IF;
  CREATE TABLE marketing.c (id int);
END $$;
DO $$ BEGIN
  IF to_regclass('marketing.d') IS NOT NULL THEN
    RETURN;
  ELSIF false THEN
    RETURN;
  END IF;
  CREATE TABLE marketing.d (id int);
END $$;
