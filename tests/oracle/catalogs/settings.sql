-- name type context [unit=unit] [min=least] [max=greatest] [values=value,…]. Of what no session may change, values and bounds depend on
-- the build; those of two others are what a full build has.
SELECT concat_ws(' ',
    name,
    vartype,
    context,
    'unit=' || CASE WHEN vartype IN ('integer', 'real') THEN unit END,
    'min=' || CASE WHEN context IN ('user', 'superuser') THEN min_val END,
    'max=' || CASE WHEN context IN ('user', 'superuser') THEN max_val END,
    'values=' || CASE
        WHEN name = 'default_toast_compression' THEN 'pglz,lz4'
        WHEN name = 'wal_compression' AND vartype = 'enum' THEN 'pglz,lz4,zstd,on,off'
        WHEN context IN ('user', 'superuser') THEN array_to_string(enumvals, ',')
    END)
FROM pg_settings WHERE name NOT LIKE '%.%'
