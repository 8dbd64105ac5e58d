-- case: migrations/1_m.up.sql, isolated
CREATE TYPE kind AS ENUM ('a');
CREATE TABLE t (id serial PRIMARY KEY, k kind);
CREATE INDEX i ON t (k);
-- case: migrations/1_m.down.sql, isolated
DROP TABLE t;
DROP TYPE kind;
-- case: migrations/2_m.up.sql, isolated
ALTER TABLE t ADD COLUMN b text NOT NULL DEFAULT 'x', ALTER COLUMN k SET NOT NULL;
ALTER TABLE t RENAME TO u;
-- case: migrations/2_m.down.sql, isolated
ALTER TABLE u RENAME TO t;
ALTER TABLE t DROP COLUMN b, ALTER COLUMN k DROP NOT NULL;
