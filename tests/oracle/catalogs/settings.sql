-- name type context [unit=unit] [min=least] [max=greatest] [more=value,…] [values=value,…]: `more` are values that no list shows. Of what no
-- session may change, values and bounds depend on the build; those of two others are what a full build has. Those that no list shows come last.
SELECT concat_ws(' ',
    name,
    vartype,
    context,
    'unit=' || CASE WHEN vartype IN ('integer', 'real') THEN unit END,
    'min=' || CASE WHEN context IN ('user', 'superuser') THEN min_val END,
    'max=' || CASE WHEN context IN ('user', 'superuser') THEN max_val END,
    'more=' || CASE WHEN vartype = 'enum' AND context IN ('user', 'superuser') AND name NOT IN ('default_toast_compression', 'wal_compression') THEN (
        SELECT string_agg(value, ',' ORDER BY value COLLATE "C") FROM (
            SELECT unnest(enumvals) AS value FROM pg_settings
            UNION SELECT unnest('{on,off,true,false,yes,no,1,0,debug,info,fatal,panic,default,none,safe}'::text[])
        ) AS candidates
        WHERE value <> ALL (setting.enumvals) AND pg_temp.takes(name, value)
    ) END,
    'values=' || CASE
        WHEN name = 'default_toast_compression' THEN 'pglz,lz4'
        WHEN name = 'wal_compression' AND vartype = 'enum' THEN 'pglz,lz4,zstd,on,off'
        WHEN context IN ('user', 'superuser') THEN array_to_string(enumvals, ',')
    END)
FROM pg_settings AS setting WHERE name NOT LIKE '%.%'
UNION ALL
SELECT line FROM (VALUES
    ('role string user'), ('session_authorization string user'), ('is_superuser bool internal'), ('seed real user'),
    ('default_with_oids bool user'), ('ssl_renegotiation_limit integer user'), ('sort_mem integer user'), ('vacuum_mem integer user'),
    ('force_parallel_mode enum user'), ('ssl_ecdh_curve string sighup'), ('transaction_isolation enum user'),
    ('default_transaction_isolation enum user'), ('lc_collate string internal'), ('lc_ctype string internal')
) AS hidden (line), split_part(line, ' ', 1) AS called
WHERE current_setting(called, true) IS NOT NULL AND NOT EXISTS (SELECT FROM pg_settings WHERE lower(name) = called)
