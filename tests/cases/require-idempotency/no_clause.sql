CREATE TYPE marketing.kind AS ENUM ('a'); -- error: type `marketing.kind` is created without a guard
CREATE TYPE marketing.pair AS (a INT, b INT); -- error: type `marketing.pair` is created without a guard
CREATE DOMAIN marketing.positive AS INT CHECK (VALUE > 0); -- error: domain `marketing.positive` is created without a guard
CREATE POLICY p ON marketing.old USING (true); -- error: policy `p` of `marketing.old` is created without a guard
CREATE ROLE reader; -- error: role `reader` is created without a guard
CREATE USER writer; -- error: role `writer` is created without a guard
CREATE CAST (marketing.old_kind AS TEXT) WITH INOUT; -- error: cast from `marketing.old_kind` to `TEXT` is created without a guard
CREATE OPERATOR marketing.=== (leftarg = INT, rightarg = INT, function = int4eq); -- error: operator `marketing.===` is created without a guard
CREATE OPERATOR FAMILY marketing.fam USING btree; -- error: operator family `marketing.fam` is created without a guard
CREATE PUBLICATION pub; -- error: publication `pub` is created without a guard
CREATE EVENT TRIGGER et ON ddl_command_end EXECUTE FUNCTION f(); -- error: event trigger `et` is created without a guard
CREATE TEXT SEARCH CONFIGURATION marketing.tc (COPY = simple); -- error: text search configuration `marketing.tc` is created without a guard
CREATE DATABASE other; -- error: database `other` is created without a guard
CREATE FOREIGN DATA WRAPPER w; -- error: foreign data wrapper `w` is created without a guard
CREATE SCHEMA extra CREATE TABLE t (id INT) CREATE VIEW v AS SELECT 1; -- error: schema `extra` is created without a guard
IMPORT FOREIGN SCHEMA remote LIMIT TO (x) FROM SERVER s INTO intake; -- error: foreign table `x` is created without a guard
