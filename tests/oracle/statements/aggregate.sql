-- Aggregates.
CREATE AGGREGATE a (int) (SFUNC = f, STYPE = int);
CREATE AGGREGATE marketing.a (x int, y text[]) (SFUNC = marketing.f, STYPE = numeric(10, 2), INITCOND = '0');
CREATE OR REPLACE AGGREGATE a (*) (sfunc = int8inc, stype = int8, initcond = 0);
CREATE AGGREGATE a (VARIADIC "any") (SFUNC = f, STYPE = internal, FINALFUNC = g, FINALFUNC_EXTRA, FINALFUNC_MODIFY = READ_WRITE);
CREATE AGGREGATE a (int) (SFUNC = f, STYPE = int8, SSPACE = 128, COMBINEFUNC = c, SERIALFUNC = s, DESERIALFUNC = d, PARALLEL = SAFE);
CREATE AGGREGATE a (int) (SFUNC = f, STYPE = int, MSFUNC = m, MINVFUNC = i, MSTYPE = int, MSSPACE = 8, MFINALFUNC = mf, MFINALFUNC_EXTRA, MINITCOND = '1', SORTOP = >);
CREATE AGGREGATE a (int) (SFUNC = f, STYPE = int, SORTOP = OPERATOR(pg_catalog.<));
CREATE AGGREGATE a (float8 ORDER BY float8) (SFUNC = f, STYPE = internal, HYPOTHETICAL);
CREATE AGGREGATE a (p float8, VARIADIC "any" ORDER BY VARIADIC "any") (sfunc = f, stype = internal);
CREATE AGGREGATE a (ORDER BY anyelement) (sfunc = f, stype = internal, finalfunc = g);
CREATE AGGREGATE old (BASETYPE = int, SFUNC = f, STYPE = int);
CREATE AGGREGATE marketing.old (basetype = 'ANY', sfunc = f, stype = int8, initcond = '0');
ALTER AGGREGATE a (int) RENAME TO b;
ALTER AGGREGATE marketing.a (int, text) OWNER TO bob;
ALTER AGGREGATE a (*) SET SCHEMA marketing;
ALTER AGGREGATE a (float8 ORDER BY float8) RENAME TO b;
DROP AGGREGATE a (int);
DROP AGGREGATE IF EXISTS marketing.a (*), b (x int, VARIADIC "any") CASCADE;
DROP AGGREGATE a (int ORDER BY text, int);
DROP AGGREGATE a (ORDER BY anyelement);
-- rejected
CREATE AGGREGATE a (int);
-- rejected
CREATE AGGREGATE a (SFUNC f, STYPE int);
-- rejected
CREATE AGGREGATE a () (SFUNC = f, STYPE = int);
-- rejected
CREATE AGGREGATE a (OUT int) (SFUNC = f, STYPE = int);
-- rejected
CREATE AGGREGATE a (int) (SFUNC = f, STYPE = int,);
-- rejected
CREATE AGGREGATE IF NOT EXISTS a (int) (SFUNC = f, STYPE = int);
-- rejected
DROP AGGREGATE a;
-- rejected
DROP AGGREGATE a ();
