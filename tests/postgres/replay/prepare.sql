-- Functions with which facts.sql says names and privileges. They go into pg_catalog of the databases of this test, out of everybody's way.
CREATE FUNCTION pg_catalog.rig_name(name text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN name ~ '^[a-z_][a-z0-9_]*$' THEN name ELSE '"' || replace(name, '"', '""') || '"' END
$$;
CREATE FUNCTION pg_catalog.rig_in(schema oid, name text) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT rig_name((SELECT nspname FROM pg_namespace WHERE oid = schema)) || '.' || rig_name(name)
$$;
CREATE FUNCTION pg_catalog.rig_relation(relation oid) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT rig_in(relnamespace, relname) FROM pg_class WHERE oid = relation
$$;
CREATE FUNCTION pg_catalog.rig_type(type oid) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT rig_in(typnamespace, typname) FROM pg_type WHERE oid = type
$$;
CREATE FUNCTION pg_catalog.rig_collation(collation_ oid) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN collnamespace = 'pg_catalog'::regnamespace THEN quote_ident(collname)
      ELSE quote_ident(collnamespace::regnamespace::text) || '.' || quote_ident(collname) END
    FROM pg_collation WHERE oid = collation_
$$;
CREATE FUNCTION pg_catalog.rig_routine(routine oid) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN pronamespace = 'pg_catalog'::regnamespace THEN rig_name(proname) ELSE rig_in(pronamespace, proname) END
    FROM pg_proc WHERE oid = routine
$$;
CREATE FUNCTION pg_catalog.rig_columns(relation oid, numbers int2[]) RETURNS text[] LANGUAGE sql STABLE AS $$
  SELECT array_agg(rig_name(attname) ORDER BY place) FROM unnest(numbers) WITH ORDINALITY u (number, place)
    JOIN pg_attribute ON attrelid = relation AND attnum = number
$$;
CREATE FUNCTION pg_catalog.rig_privileges(list aclitem[], kind "char", owner oid) RETURNS text[] LANGUAGE sql STABLE AS $$
  SELECT array_agg(entry ORDER BY entry COLLATE "C") FROM (
    SELECT rig_name(CASE grantee WHEN 0 THEN 'public' ELSE pg_get_userbyid(grantee) END) || ': '
        || string_agg(privilege_type || CASE WHEN may_grant THEN '*' ELSE '' END, ', ' ORDER BY privilege_type COLLATE "C") AS entry
      FROM (SELECT grantee, privilege_type, bool_or(is_grantable) AS may_grant FROM aclexplode(list) GROUP BY grantee, privilege_type) e
      WHERE grantee <> owner GROUP BY grantee
    UNION ALL
    SELECT 'owner lacks: ' || string_agg(privilege_type, ', ' ORDER BY privilege_type COLLATE "C")
      FROM (SELECT privilege_type FROM aclexplode(acldefault(kind, owner)) WHERE grantee = owner
            EXCEPT SELECT privilege_type FROM aclexplode(list) WHERE grantee = owner) lack
      HAVING count(*) > 0) entries
$$;
-- The privileges of an object, where they are not those that every object of its kind begins with.
CREATE FUNCTION pg_catalog.rig_changed_privileges(list aclitem[], kind "char", owner oid) RETURNS text[] LANGUAGE sql STABLE AS $$
  SELECT coalesce(nullif(rig_privileges(list, kind, owner), rig_privileges(acldefault(kind, owner), kind, owner)), CASE
    WHEN rig_privileges(acldefault(kind, owner), kind, owner) IS NOT NULL AND rig_privileges(list, kind, owner) IS NULL THEN ARRAY[]::text[] END)
    WHERE list IS NOT NULL
$$;
