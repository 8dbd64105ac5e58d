CREATE TABLE unknown (a int);
SET search_path TO archive, public;
CREATE TABLE company (a int); -- error: `archive` is not a managed schema, and table `company` is created in it (and 1 more object)
CREATE INDEX ON company (a);
SET search_path TO marketing;
CREATE TABLE company (a int);
BEGIN;
SET LOCAL search_path TO scratch;
CREATE TABLE a (a int); -- error: `scratch` is not a managed schema, and table `a` is created in it
COMMIT;
CREATE TABLE a (a int);
SELECT pg_catalog.set_config('search_path', 'attic', false);
CREATE TABLE a (a int); -- error: `attic` is not a managed schema
RESET search_path;
CREATE TABLE a (a int);
