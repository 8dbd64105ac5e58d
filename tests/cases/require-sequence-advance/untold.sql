-- case: 001_a.sql, isolated
CREATE TABLE looped (id serial PRIMARY KEY);
INSERT INTO looped VALUES (1);
DO $$ DECLARE r record; BEGIN
  FOR r IN SELECT table_name, column_name FROM information_schema.columns WHERE column_default LIKE 'nextval(%' LOOP
    EXECUTE format('SELECT setval(pg_get_serial_sequence(%L, %L), (SELECT max(%I) FROM %I))', r.table_name, r.column_name, r.column_name, r.table_name);
  END LOOP;
END $$;
-- case: 002_b.sql, isolated
CREATE TABLE later (id serial PRIMARY KEY);
INSERT INTO later VALUES (1); -- error: `later_id_seq` will give 1
