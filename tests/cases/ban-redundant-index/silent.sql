-- Nothing here is of no use.
CREATE TABLE t (id bigint PRIMARY KEY, a int, b int, c text, d int[]);
-- Another order, and another direction for only one of two columns.
CREATE INDEX ab ON t (a, b);
CREATE INDEX b_a ON t (b, a);
CREATE INDEX a_desc_b ON t (a DESC, b);
-- Unique: it demands something.
CREATE TABLE u (a int, b int, PRIMARY KEY (a, b));
CREATE UNIQUE INDEX u_a ON u (a);
-- Another method, operator class, expression, predicate.
CREATE INDEX c_hash ON t USING hash (c);
CREATE INDEX c_plain ON t (c);
CREATE INDEX c_pattern ON t (c text_pattern_ops, a);
CREATE INDEX c_lower ON t (lower(c), a);
CREATE INDEX d_gin ON t USING gin (d);
CREATE INDEX few ON t (id) WHERE a > 1;
-- What it includes is not in the other one.
CREATE TABLE v (a int PRIMARY KEY, b int, c int);
CREATE INDEX v_a ON v (a) INCLUDE (b);
-- The table is clustered by it.
CREATE TABLE w (a int PRIMARY KEY, b int, c int);
CREATE INDEX w_bc ON w (b, c);
CREATE INDEX w_b ON w (b);
ALTER TABLE w CLUSTER ON w_b;
-- Gone again.
CREATE INDEX v_b ON v (b);
CREATE INDEX v_bc ON v (b, c);
DROP INDEX v_b;
-- A partition has what the whole has.
CREATE TABLE p (a int, b int, PRIMARY KEY (a, b)) PARTITION BY LIST (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
CREATE TEMPORARY TABLE x (a int PRIMARY KEY, b int);
CREATE INDEX x_a ON x (a);
