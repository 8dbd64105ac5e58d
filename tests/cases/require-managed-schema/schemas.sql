-- One cause: the schema. What is created in it, before or after, is no finding of its own.
CREATE TABLE scratch.a (a int);
CREATE SCHEMA IF NOT EXISTS scratch; -- error: `scratch` is not a managed schema, and it is created here
CREATE TABLE scratch.b (a int);
CREATE SCHEMA IF NOT EXISTS marketing;
CREATE SCHEMA Bit;
CREATE SCHEMA other CREATE TABLE t (a int) CREATE VIEW v AS SELECT 1; -- error: `other` is not a managed schema, and it is created here
CREATE SCHEMA AUTHORIZATION loader; -- error: `loader` is not a managed schema, and it is created here
ALTER SCHEMA intake RENAME TO inbox; -- error: `inbox` is not a managed schema, and another schema gets its name here
