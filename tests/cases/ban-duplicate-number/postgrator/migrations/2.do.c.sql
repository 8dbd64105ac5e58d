-- a second 2 -- error: `2.do.c` has the number 2, which `002.do.b` has too
CREATE TABLE c (id int);
