-- case: 001_a.sql
CREATE TABLE IF NOT EXISTS marketing.t (id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name TEXT);
CREATE TABLE IF NOT EXISTS marketing.keyed (name TEXT PRIMARY KEY, n INT);
CREATE TABLE IF NOT EXISTS marketing.log (what TEXT);
-- case: 002_no_conflict.sql
INSERT INTO marketing.t (name) VALUES ('a') ON CONFLICT DO NOTHING; -- error: a second run inserts rows again: `marketing.t` then has 4 instead of 2 rows
INSERT INTO marketing.t (name) VALUES ('b') ON CONFLICT DO NOTHING;
INSERT INTO marketing.keyed VALUES ('a', 1) ON CONFLICT DO NOTHING;
-- case: 003_another_condition.sql
DO $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM marketing.keyed WHERE name = 'c') THEN
    INSERT INTO marketing.log VALUES ('c is missing'); -- error: `marketing.log` then has 2 instead of 1 row
  END IF;
END
$$;
-- case: 004_counters.sql
INSERT INTO marketing.keyed VALUES ('a', 1) ON CONFLICT (name) DO UPDATE SET n = keyed.n + 1;
UPDATE marketing.keyed SET n = n + 1;
-- case: 005_emptied_first.sql
DELETE FROM marketing.log;
INSERT INTO marketing.log VALUES ('a'), ('b');
-- case: 006_without_a_clause_is_told_elsewhere.sql
-- migration-lint: allow(require-idempotency): whoever selects this rule alone hears of it here
INSERT INTO marketing.log VALUES ('c'); -- error: a second run inserts rows again: `marketing.log` then has 4 instead of 3 rows
-- case: 007_triggers_write.sql
CREATE OR REPLACE FUNCTION marketing.note() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO marketing.log VALUES (NEW.name);
  RETURN NEW;
END
$$;
CREATE OR REPLACE TRIGGER keyed_note AFTER UPDATE ON marketing.keyed FOR EACH ROW EXECUTE FUNCTION marketing.note();
UPDATE marketing.keyed SET n = 7;
-- case: 008_nobody_knows_the_rows.sql
INSERT INTO marketing.elsewhere (name) VALUES ('a') ON CONFLICT DO NOTHING;
INSERT INTO marketing.t (name) SELECT name FROM marketing.elsewhere ON CONFLICT DO NOTHING;
-- case: 009_moved.sql
WITH old AS (DELETE FROM marketing.log RETURNING *) INSERT INTO marketing.t (name) SELECT what FROM old;
