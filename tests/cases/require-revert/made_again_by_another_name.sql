-- case: migrations/1_m.up.sql, isolated
CREATE TABLE t (a int);
CREATE INDEX i ON t (a);
-- case: migrations/1_m.down.sql, isolated
DROP TABLE t;
-- case: migrations/2_m.up.sql, isolated
DROP INDEX i;
-- case: migrations/2_m.down.sql, isolated
CREATE INDEX j ON t (a); -- error: index `public.i` is not there again; left behind: index `public.j`
