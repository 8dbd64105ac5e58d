-- UP MIGRATION
CREATE TABLE IF NOT EXISTS marketing.a (id INT);
DO $$ BEGIN EXECUTE format('CREATE TABLE marketing.%I (id INT)', 'b'); END $$;

-- DOWN MIGRATION
-- DO $$
-- BEGIN
--   EXECUTE format('DROP TABLE marketing.%I', 'a');
-- END
-- $$;
