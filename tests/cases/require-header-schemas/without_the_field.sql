-- Schemas: marketing
CREATE TABLE bit.a (a int);
