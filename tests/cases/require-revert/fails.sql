-- case: migrations/1_m.up.sql, isolated
CREATE TYPE kind AS ENUM ('a');
CREATE TABLE t (k kind);
-- case: migrations/1_m.down.sql, isolated
DROP TYPE kind; -- error: the down migration fails: cannot drop type kind because other objects depend on it (SQLSTATE 2BP01)
DROP TABLE t;
-- case: migrations/2_m.up.sql, isolated
CREATE TABLE u (a int);
-- case: migrations/2_m.down.sql, isolated
DROP TABLE u; -- error: relation `public.v`, which no file creates, is not there again
DROP TABLE v;
