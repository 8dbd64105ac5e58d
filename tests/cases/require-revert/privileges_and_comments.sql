-- case: migrations/1_m.up.sql, isolated
CREATE TABLE t (a int);
-- case: migrations/1_m.down.sql, isolated
DROP TABLE t;
-- case: migrations/2_m.up.sql, isolated
GRANT SELECT ON t TO PUBLIC;
COMMENT ON TABLE t IS 'x';
-- case: migrations/2_m.down.sql, isolated
SELECT 1; -- error: the down migration does not restore the schema: table `public.t`: comment x is new
-- case: migrations/3_m.up.sql, isolated
GRANT INSERT ON t TO PUBLIC;
-- case: migrations/3_m.down.sql, isolated
REVOKE INSERT ON t FROM PUBLIC;
