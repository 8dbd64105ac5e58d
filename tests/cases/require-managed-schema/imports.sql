IMPORT FOREIGN SCHEMA remote FROM SERVER other INTO legacy; -- error: `legacy` is not a managed schema, and what is imported is put into it
IMPORT FOREIGN SCHEMA remote LIMIT TO (t) FROM SERVER other INTO intake;
CREATE FOREIGN TABLE outside.t (a int) SERVER other; -- error: `outside` is not a managed schema, and foreign table `outside.t` is created in it
CREATE MATERIALIZED VIEW outside2.m AS SELECT 1; -- error: `outside2` is not a managed schema, and materialized view `outside2.m` is created in it
SELECT 1 AS a INTO outside3.t; -- error: `outside3` is not a managed schema, and table `outside3.t` is created in it
CREATE SEQUENCE outside4.q; -- error: `outside4` is not a managed schema
CREATE DOMAIN outside5.d AS text; -- error: `outside5` is not a managed schema
CREATE AGGREGATE outside6.a (int) (SFUNC = int4pl, STYPE = int); -- error: `outside6` is not a managed schema
CREATE OPERATOR outside7.+ (FUNCTION = int4pl, LEFTARG = int, RIGHTARG = int); -- error: `outside7` is not a managed schema
CREATE STATISTICS outside8.s ON a, b FROM marketing.t; -- error: `outside8` is not a managed schema
