-- Purpose: x
CREATE TABLE bit.a (a int);
