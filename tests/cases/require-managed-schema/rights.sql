COMMENT ON TABLE elsewhere.t IS 'x';
GRANT SELECT ON elsewhere.t TO reader;
ALTER TABLE elsewhere.t OWNER TO reader;
CREATE TABLE elsewhere.u (); -- error: `elsewhere` is not a managed schema, and table `elsewhere.u` is created in it
