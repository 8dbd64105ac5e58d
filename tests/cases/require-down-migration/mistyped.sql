-- UP MIGRATION
CREATE TABLE IF NOT EXISTS marketing.a (id INT);
CREATE TABLE IF NOT EXISTS marketing.b (id INT);
CREATE OR REPLACE FUNCTION marketing.f() RETURNS INT LANGUAGE sql AS 'SELECT 1';

-- DOWN MIGRATION -- error: does not take back table `marketing.b`
-- Dropping what depends on marketing.a;
-- DROP FUNCTON marketing.f(); -- error: `FUNCTON`
-- DORP TABLE marketing.a -- error: `DORP`
--   CASCADE;
-- Tables first (marketing.a), then functions;
