-- Schemas: z -- error: `Schemas` leaves out `a`, `b`, `c`, `d`, `e`, `f`, `g`, `h`, `i`, `j` and `k`, which the migration changes, and lists `z`
COMMENT ON TABLE a.t IS 'x';
COMMENT ON COLUMN b.t.c IS 'x';
GRANT SELECT ON c.t TO reader;
REVOKE SELECT ON d.t FROM reader;
GRANT USAGE ON SCHEMA e TO reader;
GRANT SELECT ON ALL TABLES IN SCHEMA f TO reader;
ALTER DEFAULT PRIVILEGES IN SCHEMA g GRANT SELECT ON TABLES TO reader;
ALTER TABLE h.t OWNER TO reader;
ALTER FUNCTION i.f() OWNER TO reader;
SECURITY LABEL ON TABLE j.t IS 'x';
SET search_path TO k;
COMMENT ON TABLE t IS 'x';
