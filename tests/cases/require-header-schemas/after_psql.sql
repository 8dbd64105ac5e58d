\set ON_ERROR_STOP on
-- Schemas: marketing -- error: leaves out `bit`
CREATE TABLE bit.a (a int);
