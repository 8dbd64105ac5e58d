-- case: 001_code.sql
CREATE TABLE a (id bigint PRIMARY KEY);
ALTER TABLE a ENABLE ROW LEVEL SECURITY;
CREATE POLICY anybody ON a USING (true);
DO $$
DECLARE t text;
BEGIN
    FOR t IN SELECT name FROM limits LOOP
        EXECUTE format('CREATE POLICY limited ON %I AS RESTRICTIVE USING (id > 0)', t);
    END LOOP;
END $$;
