-- Schemas: public -- error: leaves out `marketing`
-- public is in the path, so that it is named.
SET search_path TO marketing, public;
CREATE TABLE a (a int);
CREATE INDEX ON a (a);
