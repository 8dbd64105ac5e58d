-- case: 001_a.sql, isolated
CREATE DOMAIN plain AS text;
CREATE DOMAIN over AS plain;
CREATE DOMAIN unused AS text;
CREATE TABLE a (id bigint PRIMARY KEY, b over);
-- case: 002_b.sql, isolated
ALTER DOMAIN plain SET NOT NULL; -- warning: this reads all of `a`
ALTER DOMAIN plain DROP NOT NULL;
ALTER DOMAIN unused SET NOT NULL;
ALTER DOMAIN public.over ADD CONSTRAINT c CHECK (VALUE <> ''); -- warning: this reads all of `a`
CREATE DOMAIN new AS text;
CREATE TABLE n (id bigint PRIMARY KEY, b new);
ALTER DOMAIN new SET NOT NULL;
