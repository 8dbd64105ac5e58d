-- UP MIGRATION
DO $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_type WHERE typname = 'kind') THEN
    CREATE TYPE marketing.kind AS ENUM ('a');
  END IF;
  CREATE ROLE reader;
EXCEPTION WHEN duplicate_object THEN NULL;
END
$$;

-- DOWN MIGRATION -- error: the down migration does not take back role `reader`
-- DO $$ BEGIN DROP TYPE IF EXISTS marketing.kind; END $$;
