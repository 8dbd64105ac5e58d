CREATE TABLE archive.company (a int);
