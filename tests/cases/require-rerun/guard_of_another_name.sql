CREATE SCHEMA IF NOT EXISTS marketing;
DO $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_type WHERE typname = 'tag_kinds') THEN
    CREATE TYPE marketing.tag_kind AS ENUM ('a'); -- error: this fails in a second run: type "tag_kind" already exists (SQLSTATE 42710)
  END IF;
END
$$;
