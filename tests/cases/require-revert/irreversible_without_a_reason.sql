-- case: migrations/1_m.up.sql, isolated
CREATE TABLE t (a int);
-- case: migrations/1_m.down.sql, isolated
-- IRREVERSIBLE -- error: left behind: table `public.t`
