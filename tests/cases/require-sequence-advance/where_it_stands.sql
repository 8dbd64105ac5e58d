-- case: 001_a.sql, isolated
CREATE TABLE advanced (id bigserial PRIMARY KEY);
INSERT INTO advanced (id) VALUES (1), (2);
CREATE TABLE left_behind (id serial PRIMARY KEY, n int);
INSERT INTO left_behind (id, n) VALUES (5, 1); -- error: `left_behind_id_seq` will give 5, which `left_behind.id` holds already: that INSERT fails (23505)
INSERT INTO left_behind (n) VALUES (2);
CREATE TABLE passed (id serial PRIMARY KEY, n int); -- error: `passed_id_seq` will give 1, which `passed.id` holds already
INSERT INTO passed (n) VALUES (1), (2);
CREATE TABLE below (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);
INSERT INTO below (id) OVERRIDING SYSTEM VALUE VALUES (0), (-7);
CREATE TABLE above (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);
INSERT INTO above (id) OVERRIDING SYSTEM VALUE VALUES (7); -- error: `above_id_seq` will give 7
CREATE SEQUENCE tens INCREMENT BY 10;
CREATE TABLE stepped (id int DEFAULT nextval('tens') UNIQUE);
INSERT INTO stepped VALUES (2), (12);
CREATE TABLE stepped_on (id int DEFAULT nextval('tens') UNIQUE);
INSERT INTO stepped_on VALUES (31); -- error: `tens` will give 31
CREATE TABLE repeatable (id serial, n int);
INSERT INTO repeatable (id) VALUES (1);
CREATE TABLE emptied (id serial PRIMARY KEY);
INSERT INTO emptied (id) VALUES (1);
-- case: 002_b.sql, isolated
SELECT setval('advanced_id_seq', (SELECT max(id) FROM advanced));
DELETE FROM emptied WHERE id = 1;
ALTER SEQUENCE passed_id_seq RESTART;
-- case: 003_odd.sql, isolated
CREATE SEQUENCE lowest MINVALUE -9223372036854775808 START -9223372036854775808;
CREATE TABLE far (id bigint PRIMARY KEY DEFAULT nextval('lowest'));
INSERT INTO far VALUES (9223372036854775807);
CREATE SEQUENCE plain;
CREATE TABLE computed (id bigint PRIMARY KEY DEFAULT nextval('plain') + 1000);
INSERT INTO computed VALUES (1);
CREATE TABLE spaced (id bigint PRIMARY KEY DEFAULT nextval ('plain'));
INSERT INTO spaced VALUES (1); -- error: `plain` will give 1
CREATE TABLE sentinel (id serial PRIMARY KEY);
INSERT INTO sentinel VALUES (2147483647);
CREATE FUNCTION elsewhere() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.id := NEW.id + 10; RETURN NEW; END $$;
CREATE TABLE shifted (id serial PRIMARY KEY);
INSERT INTO shifted VALUES (1);
CREATE TRIGGER shift BEFORE INSERT ON shifted FOR EACH ROW EXECUTE FUNCTION elsewhere();
CREATE TABLE "Camel" ("Id" serial PRIMARY KEY);
INSERT INTO "Camel" VALUES (1); -- error: `"Camel_Id_seq"` will give 1, which `"Camel"."Id"` holds already
