-- case: db/migration/V1__a.sql, isolated
CREATE TABLE t (a int, b int);
-- case: db/migration/V2__b.sql, isolated
CREATE TABLE IF NOT EXISTS t (a int UNIQUE, b int); -- warning: it has no constraint like t_a_key
