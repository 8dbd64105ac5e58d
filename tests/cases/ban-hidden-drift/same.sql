-- case: db/migration/V1__a.sql, isolated
CREATE TABLE t (a int4 PRIMARY KEY, b varchar(10) DEFAULT 'x' CHECK (b <> ''), c timestamptz DEFAULT now());
CREATE INDEX i ON t (b);
COMMENT ON TABLE t IS 'x';
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
GRANT SELECT ON t TO PUBLIC;
-- case: db/migration/V2__b.sql, isolated
CREATE TABLE IF NOT EXISTS t (c timestamp with time zone DEFAULT NOW(), a integer, b character varying(10) DEFAULT 'x', CONSTRAINT long CHECK ((b) <> ''), PRIMARY KEY (a));
CREATE INDEX IF NOT EXISTS i ON public.t USING btree (b ASC);
