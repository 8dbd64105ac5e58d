-- Schemas: marketing
-- Schemas: bit
CREATE TABLE bit.a (a int);
