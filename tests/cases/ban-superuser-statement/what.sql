-- case: 001_a.sql, isolated
CREATE TABLE t (a integer);
CREATE EXTENSION postgres_fdw; -- warning: only a superuser may create extension `postgres_fdw`
CREATE EXTENSION pgcrypto;
CREATE EXTENSION earthdistance CASCADE; -- warning: create extension `earthdistance`
CREATE EXTENSION IF NOT EXISTS plpgsql;
CREATE EXTENSION of_our_own; -- warning: only a superuser may create extension `of_our_own`
COPY t TO PROGRAM 'cat'; -- warning: only a superuser, or a member of `pg_execute_server_program`, may run a program
CREATE ROLE s SUPERUSER; -- warning: make a role a superuser, or none
CREATE ROLE n NOSUPERUSER NOREPLICATION NOBYPASSRLS CREATEROLE;
ALTER ROLE n NOREPLICATION; -- warning: let a role replicate, or not
ALTER ROLE ALL SET work_mem = '4MB'; -- warning: set a variable for all roles
ALTER ROLE n SET work_mem = '4MB';
ALTER ROLE n SET log_statement = 'all'; -- warning: may set `log_statement`
SET statement_timeout = 5;
CREATE FUNCTION l() RETURNS integer LANGUAGE sql LEAKPROOF AS 'SELECT 1'; -- warning: call a function leakproof
CREATE FUNCTION i(text) RETURNS integer LANGUAGE internal AS 'textlen'; -- warning: create a function in `internal`
CREATE FUNCTION p() RETURNS integer LANGUAGE plpgsql AS 'BEGIN RETURN 1; END';
CREATE PUBLICATION one FOR TABLE t;
CREATE PUBLICATION every FOR ALL TABLES; -- warning: publish all tables
CREATE TYPE shell; -- warning: create a base type
CREATE TYPE range AS RANGE (subtype = integer);
ALTER SYSTEM SET work_mem = '8MB'; -- warning: change the settings of the server
CREATE TABLE parent (id integer PRIMARY KEY);
CREATE TABLE child (id integer REFERENCES parent);
-- case: 002_b.sql, isolated
ALTER TABLE parent DISABLE TRIGGER ALL; -- warning: only a superuser may switch the triggers of foreign keys
ALTER TABLE child ENABLE TRIGGER ALL; -- warning: switch the triggers of foreign keys
ALTER TABLE child DISABLE TRIGGER USER;
ALTER TABLE t DISABLE TRIGGER ALL;
CREATE EXTENSION IF NOT EXISTS postgres_fdw;
DO $$ BEGIN
  CREATE ROLE later BYPASSRLS; -- warning: let a role pass by row level security, or not
END $$;
