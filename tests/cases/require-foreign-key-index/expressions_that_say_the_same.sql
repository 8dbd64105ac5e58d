-- case: db/migration/V1__a.sql, isolated
CREATE TABLE p (id int PRIMARY KEY, a int, b int, UNIQUE (a, b));
CREATE TABLE "T" ("A" int REFERENCES p);
CREATE INDEX ON "T" ("A") WHERE ("A" IS NOT NULL);
