-- case: 001_a.sql, isolated
CREATE SCHEMA shop;
CREATE TABLE shop.t (a bigint);
CREATE TABLE u (a bigint);
-- case: 002_b.sql, isolated
DROP INDEX CONCURRENTLY IF EXISTS public.t_a;
CREATE INDEX CONCURRENTLY IF NOT EXISTS t_a ON shop.t (a); -- warning: leaves `shop.t_a` there
DROP INDEX CONCURRENTLY IF EXISTS shop."T_a";
CREATE INDEX CONCURRENTLY IF NOT EXISTS "T_a" ON shop.t (a);
CREATE INDEX CONCURRENTLY IF NOT EXISTS "order" ON u (a); -- warning: leaves `"order"` there
