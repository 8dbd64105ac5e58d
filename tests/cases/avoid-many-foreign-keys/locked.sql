-- case: 001_a.sql, isolated
CREATE TABLE a (id bigint PRIMARY KEY);
CREATE TABLE b (id bigint PRIMARY KEY);
CREATE TABLE c (id bigint PRIMARY KEY, a bigint);
CREATE TABLE p (a bigint REFERENCES a, b bigint REFERENCES b, c bigint REFERENCES c) PARTITION BY LIST (a);
CREATE TABLE q (a bigint, b bigint, c bigint);
CREATE TABLE z (a bigint) PARTITION BY LIST (a);
CREATE TABLE z1 PARTITION OF z FOR VALUES IN (1);
CREATE TABLE z2 PARTITION OF z FOR VALUES IN (2);
CREATE TABLE r (id bigint PRIMARY KEY) PARTITION BY LIST (id);
CREATE TABLE r1 PARTITION OF r FOR VALUES IN (1);
CREATE TABLE r2 PARTITION OF r FOR VALUES IN (2);
-- case: 002_undone.sql, isolated
BEGIN;
SAVEPOINT x;
CREATE TABLE n (a bigint REFERENCES a, b bigint REFERENCES b);
ROLLBACK TO SAVEPOINT x;
CREATE TABLE n (c bigint REFERENCES c);
COMMIT;
-- case: 003_there.sql, isolated
BEGIN;
CREATE TABLE o (b bigint REFERENCES b);
ALTER TABLE c ADD COLUMN IF NOT EXISTS a bigint REFERENCES a;
COMMIT;
-- case: 004_partition.sql, isolated
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1); -- warning: `a`, `b` and `c`
-- case: 005_attach.sql, isolated
ALTER TABLE p ATTACH PARTITION q FOR VALUES IN (2); -- warning: `a`, `b` and `c`
-- case: 006_schema.sql, isolated
CREATE SCHEMA s CREATE TABLE t (a bigint REFERENCES public.a, b bigint REFERENCES public.b, c bigint REFERENCES public.c); -- warning: `a`, `b` and `c`
-- case: 007_partitions.sql, isolated
ALTER TABLE z ADD FOREIGN KEY (a) REFERENCES a; -- warning: `a`, `z`, `z1` and `z2`
-- case: 008_referenced.sql, isolated
CREATE TABLE y (r bigint REFERENCES r); -- warning: `r`, `r1` and `r2`
