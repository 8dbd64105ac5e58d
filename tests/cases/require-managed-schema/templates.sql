CREATE SCHEMA IF NOT EXISTS {{ schema }};
CREATE TABLE ${schema}.t (a int);
CREATE TABLE "{{ schema }}".t (a int);
CREATE INDEX i ON :schema.t (a);
ALTER TABLE marketing.t SET SCHEMA ${schema};
