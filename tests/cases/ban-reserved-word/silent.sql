CREATE TABLE words (id bigint PRIMARY KEY, name text, type text, value text, year int, "position" int, key text, index int, date date, timestamp int);
CREATE TABLE "Quoted" (id bigint PRIMARY KEY, "order" int, "limit" int);
CREATE TABLE mixed (id bigint PRIMARY KEY, "order" int, "createdAt" timestamptz);
CREATE TABLE later ("end" int PRIMARY KEY);
ALTER TABLE later RENAME COLUMN "end" TO ends;
