-- case: 001_a.sql, isolated
CREATE SCHEMA empty;
CREATE SCHEMA stock;
CREATE TABLE stock.t (id bigint PRIMARY KEY);
-- case: 002_b.sql, isolated
SET lock_timeout = '5s';
SET statement_timeout = '5s';
CREATE SCHEMA own CREATE TABLE t (id bigint PRIMARY KEY);
DROP SCHEMA own CASCADE;
DROP SCHEMA empty CASCADE;
DROP SCHEMA stock CASCADE; -- error: whatever the schema `stock` holds is lost
DROP SCHEMA IF EXISTS stock CASCADE;
DO $$ BEGIN -- error: whatever the schema `elsewhere` holds is lost
  EXECUTE 'DROP SCHEMA elsewhere CASCADE';
END $$;
