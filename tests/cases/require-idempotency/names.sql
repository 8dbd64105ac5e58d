-- One object, written in more than one way.
DROP TABLE IF EXISTS "marketing".Tags;
CREATE TABLE marketing.tags (id INT);
DROP FUNCTION IF EXISTS marketing.f(INTEGER, VARCHAR(10));
CREATE FUNCTION marketing.f(a int4, b varchar) RETURNS INT LANGUAGE sql AS 'SELECT 1';
SET search_path TO marketing;
DROP INDEX IF EXISTS idx;
CREATE INDEX idx ON marketing.tags (id);

-- Two objects of one name.
DROP TABLE IF EXISTS intake.raw;
CREATE TABLE bit.raw (id INT); -- error: table `bit.raw` is created without `IF NOT EXISTS`
DROP FUNCTION IF EXISTS marketing.g(TEXT);
CREATE FUNCTION marketing.g(a INT) RETURNS INT LANGUAGE sql AS 'SELECT 1'; -- error: function `marketing.g` is created without `OR REPLACE`
DROP TABLE IF EXISTS marketing."Other";
CREATE TABLE marketing.other (id INT); -- error: table `marketing.other` is created without `IF NOT EXISTS`
