-- case: migrations/1_m.up.sql, isolated
CREATE TABLE t (a varchar(20) NOT NULL DEFAULT '', b int CHECK (b > 0));
-- case: migrations/1_m.down.sql, isolated
DROP TABLE t;
-- case: migrations/2_m.up.sql, isolated
ALTER TABLE t DROP COLUMN a;
-- case: migrations/2_m.down.sql, isolated
ALTER TABLE t ADD COLUMN a text NOT NULL DEFAULT ''; -- error: the down migration does not restore the schema: column `a` of table `public.t`: type character varying(20) became text
-- case: migrations/3_m.up.sql, isolated
ALTER TABLE t DROP CONSTRAINT t_b_check;
-- case: migrations/3_m.down.sql, isolated
ALTER TABLE t ADD CONSTRAINT t_b_check CHECK (b >= 0); -- error: constraint `t_b_check` on `public.t`
