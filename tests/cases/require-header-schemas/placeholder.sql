-- Schemas: marketing, public, etc.
CREATE TABLE bit.a (a int);
