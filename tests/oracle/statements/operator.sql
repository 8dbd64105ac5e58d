-- Operators, operator classes and families.
CREATE OPERATOR === (LEFTARG = int, RIGHTARG = int, FUNCTION = f);
CREATE OPERATOR marketing.@@! (leftarg = text, rightarg = marketing.t, procedure = marketing.f, commutator = OPERATOR(marketing.@@!), negator = !==, restrict = eqsel, join = eqjoinsel, hashes, merges);
CREATE OPERATOR !!! (rightarg = int8, function = fact);
CREATE OPERATOR <-> (leftarg = point[], rightarg = setof int, function = f);
CREATE OPERATOR -|- (LEFTARG = "Weird", FUNCTION = "F", COMMUTATOR = -|-);
ALTER OPERATOR + (int, int) OWNER TO bob;
ALTER OPERATOR marketing.@@ (text, NONE) SET SCHEMA public;
ALTER OPERATOR === (int, int) SET (RESTRICT = NONE, JOIN = neqjoinsel);
ALTER OPERATOR === (NONE, int) SET (COMMUTATOR = ==, NEGATOR = OPERATOR(x.!=), MERGES, HASHES = true);
DROP OPERATOR + (int, int);
DROP OPERATOR IF EXISTS marketing.@@ (NONE, text), ! (int, NONE) CASCADE;
CREATE OPERATOR CLASS o FOR TYPE int USING btree AS OPERATOR 1 <;
CREATE OPERATOR CLASS marketing.o DEFAULT FOR TYPE marketing.t USING btree FAMILY marketing.fam AS OPERATOR 1 <, OPERATOR 2 <= (int, int), OPERATOR 3 = FOR SEARCH, FUNCTION 1 btint4cmp(int, int), STORAGE int8;
CREATE OPERATOR CLASS o FOR TYPE point USING gist AS OPERATOR 15 <-> (point, point) FOR ORDER BY pg_catalog.float_ops, FUNCTION 1 (point, box) f(internal), FUNCTION 2 (int) g, STORAGE "Box"[];
-- rejected: since PostgreSQL 18
CREATE OPERATOR CLASS o FOR TYPE int USING btree AS OPERATOR 1 < RECHECK;
CREATE OPERATOR FAMILY f USING btree;
CREATE OPERATOR FAMILY marketing.f USING "Gist";
ALTER OPERATOR FAMILY f USING btree ADD OPERATOR 1 < (int, int8), FUNCTION 1 (int, int8) c(int, int8);
ALTER OPERATOR FAMILY marketing.f USING gist ADD OPERATOR 15 <-> (point, point) FOR ORDER BY float_ops;
ALTER OPERATOR FAMILY f USING btree DROP OPERATOR 1 (int, int8), FUNCTION 1 (int);
ALTER OPERATOR CLASS o USING btree RENAME TO p;
ALTER OPERATOR CLASS marketing.o USING btree OWNER TO bob;
ALTER OPERATOR CLASS o USING btree SET SCHEMA marketing;
ALTER OPERATOR FAMILY f USING btree RENAME TO g;
ALTER OPERATOR FAMILY f USING btree OWNER TO bob;
ALTER OPERATOR FAMILY marketing.f USING btree SET SCHEMA public;
DROP OPERATOR CLASS o USING btree;
DROP OPERATOR CLASS IF EXISTS marketing.o USING gin CASCADE;
DROP OPERATOR FAMILY f USING btree;
DROP OPERATOR FAMILY IF EXISTS marketing.f USING gin RESTRICT;
-- rejected
CREATE OPERATOR foo (LEFTARG = int, FUNCTION = f);
-- rejected
CREATE OPERATOR === LEFTARG = int;
-- rejected
CREATE OPERATOR => (LEFTARG = int, FUNCTION = f);
-- rejected
CREATE OPERATOR === (int, int) (FUNCTION = f);
-- rejected
ALTER OPERATOR + (int, int) RENAME TO -;
-- rejected
ALTER OPERATOR + SET (RESTRICT = NONE);
-- rejected
DROP OPERATOR +;
-- rejected
DROP OPERATOR + (int);
-- rejected
CREATE OPERATOR CLASS o FOR int USING btree AS OPERATOR 1 <;
-- rejected
CREATE OPERATOR CLASS o FOR TYPE int USING btree;
-- rejected
CREATE OPERATOR CLASS o FOR TYPE int AS OPERATOR 1 <;
-- rejected
CREATE OPERATOR FAMILY f;
-- rejected
ALTER OPERATOR FAMILY f USING btree ADD STORAGE;
-- rejected
DROP OPERATOR CLASS o;
