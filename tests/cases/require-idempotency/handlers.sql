DO $$
BEGIN
  CREATE TABLE marketing.a (id INT); -- error: table `marketing.a` is created without `IF NOT EXISTS`
EXCEPTION
  WHEN duplicate_object THEN NULL;
END
$$;

DO $$
BEGIN
  ALTER TABLE marketing.old ADD CONSTRAINT u UNIQUE (id); -- error: constraint `u` of `marketing.old` is added without a guard
EXCEPTION
  WHEN duplicate_object THEN NULL;
END
$$;

DO $$
BEGIN
  ALTER TABLE marketing.old ADD CONSTRAINT u2 UNIQUE (id);
EXCEPTION
  WHEN duplicate_table OR duplicate_object THEN NULL;
END
$$;

DO $$
BEGIN
  CREATE TYPE marketing.kind AS ENUM ('a'); -- error: type `marketing.kind` is created without a guard
  EXECUTE 'CREATE TYPE marketing.kind2 AS ENUM (''a'')'; -- error: type `marketing.kind2` is created without a guard
END
$$;
