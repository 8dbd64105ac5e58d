-- case: db/migration/V1__a.sql, isolated
CREATE SCHEMA s;
CREATE TABLE IF NOT EXISTS t (a int);
CREATE TABLE IF NOT EXISTS t (a int, b text); -- warning: it has no column b
CREATE TABLE IF NOT EXISTS t (a int, b text); -- warning: it has no column b
CREATE TABLE s.t (a int, b text);
SET search_path = s;
CREATE TABLE IF NOT EXISTS t (a int, b text);
RESET search_path;
CREATE TABLE IF NOT EXISTS t (a int, b text); -- warning: it has no column b
ALTER TABLE t ADD COLUMN b text;
CREATE TABLE IF NOT EXISTS t (a int, b text);
ALTER TABLE t ALTER COLUMN b SET DEFAULT 'x';
CREATE TABLE IF NOT EXISTS t (a int, b text); -- warning: column b: it has a default
