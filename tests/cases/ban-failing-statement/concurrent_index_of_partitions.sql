-- A partition shows that a table which no file makes is partitioned.
-- case: 001_a.sql, isolated
CREATE TABLE p_1 PARTITION OF p FOR VALUES FROM (1) TO (2);
-- case: 002_b.sql, isolated
CREATE INDEX CONCURRENTLY i ON p (a); -- error: 0A000
