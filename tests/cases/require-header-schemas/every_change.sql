-- Schemas: none -- error: `Schemas` leaves out `a`, `b`, `c`, `d`, `e`, `f`, `g`, `h`, `i`, `j`, `k`, `l`, `m`, `n`, `o`, `p`, `q` and `r`, which the migration changes
CREATE TABLE a.t (a int);
ALTER TABLE b.t DROP COLUMN a;
DROP FUNCTION c.f();
UPDATE d.t SET a = 1;
TRUNCATE e.t;
COPY f.t FROM '/tmp/x';
WITH gone AS (DELETE FROM g.t RETURNING *) SELECT * FROM gone;
SELECT 1 INTO h.t;
CREATE SCHEMA i;
ALTER TABLE j.t SET SCHEMA k;
CREATE INDEX ON l.t (a);
DROP TRIGGER t ON m.t;
ALTER TYPE n.t ADD VALUE 'x';
REFRESH MATERIALIZED VIEW o.t;
MERGE INTO p.t USING a.t AS s ON true WHEN MATCHED THEN DELETE;
ALTER SCHEMA q RENAME TO r;
