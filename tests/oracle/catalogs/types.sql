-- name kind category[!] length[v] storage option…: `!` is preferred in its category, `v` is passed by value.
-- Labels come last, and may hold blanks. Row types of relations are left out.
SELECT concat_ws(' ',
    pg_temp.type_name(t.oid),
    CASE
        WHEN t.typtype = 'b' AND element.typarray = t.oid THEN 'array'
        ELSE CASE t.typtype
            WHEN 'b' THEN 'base' WHEN 'c' THEN 'composite' WHEN 'd' THEN 'domain' WHEN 'e' THEN 'enum'
            WHEN 'p' THEN 'pseudo' WHEN 'r' THEN 'range' WHEN 'm' THEN 'multirange'
        END
    END,
    t.typcategory::text || CASE WHEN t.typispreferred THEN '!' ELSE '' END,
    t.typlen || CASE WHEN t.typbyval THEN 'v' ELSE '' END,
    CASE t.typstorage WHEN 'p' THEN 'plain' WHEN 'e' THEN 'external' WHEN 'x' THEN 'extended' WHEN 'm' THEN 'main' END,
    'array=' || pg_temp.type_name(nullif(t.typarray, 0)),
    'element=' || pg_temp.type_name(element.oid),
    'base=' || pg_temp.type_name(nullif(t.typbasetype, 0)),
    'modifier=' || nullif(t.typtypmod, -1),
    'subtype=' || (SELECT pg_temp.type_name(rngsubtype) FROM pg_range WHERE rngtypid = t.oid),
    'multirange=' || (SELECT pg_temp.type_name((to_jsonb(r) ->> 'rngmultitypid')::oid) FROM pg_range r WHERE rngtypid = t.oid),
    'range=' || (SELECT pg_temp.type_name(rngtypid) FROM pg_range r WHERE (to_jsonb(r) ->> 'rngmultitypid')::oid = t.oid),
    'collation=' || (SELECT collname FROM pg_collation WHERE oid = t.typcollation),
    CASE WHEN t.typmodin <> 0 THEN 'modifiers' END,
    CASE WHEN t.typnotnull THEN 'notnull' END,
    CASE WHEN EXISTS (SELECT FROM pg_constraint WHERE contypid = t.oid AND contype = 'c') THEN 'check' END,
    CASE WHEN t.typelem = 0 AND to_jsonb(t) ->> 'typsubscript' <> '-' THEN 'subscripts' END,
    'labels=' || (SELECT string_agg(enumlabel, ',' ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = t.oid))
FROM pg_type t LEFT JOIN pg_type element ON element.oid = t.typelem
WHERE ('pg_type'::regclass, t.oid) IN (SELECT class, object FROM member)
AND NOT EXISTS (SELECT FROM pg_class WHERE oid IN (t.typrelid, element.typrelid) AND relkind <> 'c')
