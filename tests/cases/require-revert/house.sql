-- case: 001_a.sql
-- UP MIGRATION
BEGIN;
CREATE TABLE IF NOT EXISTS marketing.t (a INT, b INT);
COMMIT;

-- DOWN MIGRATION
-- DROP TABLE IF EXISTS marketing.t;
-- case: 002_b.sql
-- UP MIGRATION
BEGIN;
ALTER TABLE marketing.t ALTER COLUMN a SET NOT NULL;
COMMIT;

-- DOWN MIGRATION -- error: the down migration does not restore the schema: column `a` of table `marketing.t` has become not null
-- case: 003_c.sql
-- UP MIGRATION
BEGIN;
ALTER TABLE marketing.t ALTER COLUMN b SET NOT NULL;
COMMIT;

-- DOWN MIGRATION
-- ALTER TABLE marketing.t ALTER COLUMN b DROP NOT NULL;
