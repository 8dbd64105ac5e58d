-- UP MIGRATION
CREATE TABLE IF NOT EXISTS marketing.a (id INT);
CREATE INDEX IF NOT EXISTS idx_old ON marketing.old (id);
ALTER TABLE marketing.old ADD COLUMN IF NOT EXISTS c INT, ADD CONSTRAINT positive CHECK (id > 0);
DROP TRIGGER IF EXISTS t ON marketing.old;
CREATE TRIGGER t BEFORE UPDATE ON marketing.old FOR EACH ROW EXECUTE FUNCTION f();

-- DOWN MIGRATION -- error: the down migration does not take back index `idx_old` of `marketing.old`, column `c` of `marketing.old`, constraint `positive` of `marketing.old` and trigger `t` of `marketing.old`
-- DROP TABLE IF EXISTS marketing.a;
