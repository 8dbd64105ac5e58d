-- What the other files stand on. `pg_temp.member` holds the objects to be told: those of initdb, or those of one extension.
CREATE TEMPORARY TABLE member (class oid, object oid);

-- A name as the facts write it: without a schema in pg_catalog and in the schema that an extension was put into.
CREATE FUNCTION pg_temp.qualified(schema oid, name text) RETURNS text LANGUAGE sql AS $$
    SELECT CASE WHEN nspname IN ('pg_catalog', 'extension_home') THEN '' ELSE nspname || '.' END || name FROM pg_namespace WHERE oid = schema
$$;

CREATE FUNCTION pg_temp.type_name(type oid) RETURNS text LANGUAGE sql AS $$
    SELECT pg_temp.qualified(typnamespace, typname) FROM pg_type WHERE oid = type
$$;

-- Whether a run-time variable takes a value, whatever else may stand against it now.
CREATE FUNCTION pg_temp.takes(setting text, value text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config(setting, value, true);
    -- Undoes it.
    RAISE EXCEPTION USING ERRCODE = 'ZZZZZ';
EXCEPTION
    WHEN invalid_parameter_value THEN RETURN false;
    WHEN OTHERS THEN RETURN true;
END
$$;
