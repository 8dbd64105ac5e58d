DO $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_type WHERE typname = 'tag_kind') THEN
    CREATE TYPE marketing.tag_kind AS ENUM ('a');
  END IF;
  IF to_regclass('marketing.tags') IS NULL THEN
    CREATE TABLE marketing.tags (id BIGINT, kind marketing.tag_kind);
  END IF;
END
$$;
CREATE INDEX IF NOT EXISTS tags_kind ON marketing.tags (kind);
DROP VIEW IF EXISTS marketing.tag_list;
CREATE VIEW marketing.tag_list AS SELECT id FROM marketing.tags;
