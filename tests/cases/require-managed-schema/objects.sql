BEGIN;
CREATE TABLE archive.company (a int); -- error: `archive` is not a managed schema, and table `archive.company` is created in it (and 3 more objects)
CREATE INDEX i ON archive.company (a);
CREATE TYPE archive.kind AS ENUM ('a');
CREATE FUNCTION archive.f() RETURNS int RETURN 1;
CREATE TRIGGER t BEFORE UPDATE ON archive.company FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();
CREATE VIEW "Marketing".v AS SELECT 1; -- error: `Marketing` is not a managed schema, and view `Marketing.v` is created in it
CREATE VIEW MARKETING.v AS SELECT 1;
CREATE TABLE marketing.t (a int);
CREATE TABLE bit.t AS SELECT 1;
COMMIT;
