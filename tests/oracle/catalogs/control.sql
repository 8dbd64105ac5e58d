-- What an extension's control file says. The name of the extension is in `oracle.extension`.
SELECT line FROM pg_available_extension_versions v JOIN pg_available_extensions e ON e.name = v.name AND e.default_version = v.version,
    LATERAL (VALUES
        ('version ' || v.version),
        (CASE WHEN v.relocatable THEN 'relocatable' END),
        (CASE WHEN v.superuser THEN 'superuser' END),
        (CASE WHEN (to_jsonb(v) ->> 'trusted')::boolean THEN 'trusted' END),
        ('schema ' || v.schema),
        ('requires ' || array_to_string(v.requires, ' '))
    ) AS lines (line)
WHERE v.name = current_setting('oracle.extension') AND line IS NOT NULL
