-- migration: what is stored says
CREATE FUNCTION rated(int) RETURNS int LANGUAGE sql IMMUTABLE AS $$ SELECT $1 + 1 $$;
CREATE FUNCTION is_mail(text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT $1 LIKE '%@%' $$;
CREATE TYPE mood AS ENUM ('sad', 'fine');
CREATE DOMAIN plus AS int CHECK (value > 0);
CREATE SCHEMA inner_schema;
CREATE FUNCTION inner_schema.two() RETURNS int LANGUAGE sql AS 'SELECT 2';
CREATE TABLE rates (id int DEFAULT rated(1), two int DEFAULT inner_schema.two(), mail text CONSTRAINT mails CHECK (is_mail(mail)), mood text DEFAULT 'sad'::mood, n int DEFAULT (1)::plus);
CREATE VIEW rated_view AS SELECT rated(id) AS r, CAST(mood AS mood) AS m, mood 'fine' AS f, is_mail(mail) AS is_mail FROM rates WHERE rated(id) > 1;
CREATE INDEX rates_rated ON rates (rated(id)) WHERE is_mail(mail);

-- migration: functions are renamed and down says their old names
ALTER FUNCTION rated(int) RENAME TO ranked;
ALTER FUNCTION is_mail(text) RENAME TO has_at;
-- down
ALTER FUNCTION ranked(int) RENAME TO rated;
ALTER FUNCTION has_at(text) RENAME TO is_mail;
ALTER TABLE rates ALTER COLUMN id SET DEFAULT rated(1), DROP CONSTRAINT mails, ADD CONSTRAINT mails CHECK (is_mail(mail));
DROP INDEX rates_rated;
CREATE INDEX rates_rated ON rates (rated(id)) WHERE is_mail(mail);
CREATE OR REPLACE VIEW rated_view AS SELECT rated(id) AS r, CAST(mood AS mood) AS m, mood 'fine' AS f, is_mail(mail) AS is_mail FROM rates WHERE rated(id) > 1;

-- migration: down says the new names before it takes them back
ALTER FUNCTION ranked(int) RENAME TO ordered;
ALTER FUNCTION has_at(text) RENAME TO is_address;
ALTER FUNCTION inner_schema.two() RENAME TO deux;
-- down
ALTER TABLE rates ALTER COLUMN id SET DEFAULT ordered(1), DROP CONSTRAINT mails, ADD CONSTRAINT mails CHECK (is_address(mail)), ALTER COLUMN two SET DEFAULT inner_schema.deux();
CREATE OR REPLACE VIEW rated_view AS SELECT ordered(id) AS r, CAST(mood AS mood) AS m, mood 'fine' AS f, is_address(mail) AS is_mail FROM rates WHERE ordered(id) > 1;
ALTER FUNCTION ordered(int) RENAME TO ranked;
ALTER FUNCTION is_address(text) RENAME TO has_at;
ALTER FUNCTION inner_schema.deux() RENAME TO two;

-- migration: types are renamed
ALTER TYPE mood RENAME TO feeling;
ALTER DOMAIN plus RENAME TO positive;
-- down
ALTER TABLE rates ALTER COLUMN mood SET DEFAULT 'sad'::feeling, ALTER COLUMN n SET DEFAULT CAST(1 AS positive);
CREATE OR REPLACE VIEW rated_view AS SELECT ordered(id) AS r, CAST(mood AS feeling) AS m, feeling 'fine' AS f, is_address(mail) AS is_mail FROM rates WHERE ordered(id) > 1;
ALTER TYPE feeling RENAME TO mood;
ALTER DOMAIN positive RENAME TO plus;

-- migration: another function of that name is another one
CREATE FUNCTION ranked(int) RETURNS int LANGUAGE sql IMMUTABLE AS $$ SELECT $1 + 2 $$;
-- down
ALTER TABLE rates ALTER COLUMN id SET DEFAULT ranked(1);
ALTER FUNCTION ranked(int) RENAME TO other;
