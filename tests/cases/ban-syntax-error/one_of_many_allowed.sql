CREATE TABLE t0 (a INT, b INT GENERATED ALWAYS AS (a + 1) VIRTUAL); -- migration-lint: allow(ban-syntax-error): run by hand
CREATE TABLE t1 (a INT, b INT GENERATED ALWAYS AS (a + 1) VIRTUAL); -- error: needs PostgreSQL 18, and the target is 15
CREATE TABLE t2 (a INT, b INT GENERATED ALWAYS AS (a + 1) VIRTUAL); -- error: needs PostgreSQL 18, and the target is 15
CREATE TABLE t3 (a INT, b INT GENERATED ALWAYS AS (a + 1) VIRTUAL); -- error: needs PostgreSQL 18, and the target is 15
CREATE TABLE t4 (a INT, b INT GENERATED ALWAYS AS (a + 1) VIRTUAL); -- error: needs PostgreSQL 18, and the target is 15
