-- Everything in pg_catalog and information_schema, and what is in no schema, but for what belongs to an extension (plpgsql)
-- and for what only pg_upgrade may call, of which minor releases have brought some.
INSERT INTO member
    WITH home AS (SELECT oid FROM pg_namespace WHERE nspname IN ('pg_catalog', 'information_schema')),
    every (class, object) AS (
        SELECT 'pg_type'::regclass, oid FROM pg_type WHERE typnamespace IN (SELECT oid FROM home)
        UNION ALL SELECT 'pg_class'::regclass, oid FROM pg_class WHERE relnamespace IN (SELECT oid FROM home)
        UNION ALL SELECT 'pg_proc'::regclass, oid FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace AND proname NOT LIKE 'binary\_upgrade\_%'
        UNION ALL SELECT 'pg_operator'::regclass, oid FROM pg_operator WHERE oprnamespace = 'pg_catalog'::regnamespace
        UNION ALL SELECT 'pg_opclass'::regclass, oid FROM pg_opclass WHERE opcnamespace = 'pg_catalog'::regnamespace
        UNION ALL SELECT 'pg_opfamily'::regclass, oid FROM pg_opfamily WHERE opfnamespace = 'pg_catalog'::regnamespace
        UNION ALL SELECT 'pg_collation'::regclass, oid FROM pg_collation
            WHERE collname IN ('default', 'C', 'POSIX', 'ucs_basic', 'unicode', 'pg_c_utf8', 'pg_unicode_fast')
        UNION ALL SELECT 'pg_ts_config'::regclass, oid FROM pg_ts_config WHERE cfgnamespace = 'pg_catalog'::regnamespace
        UNION ALL SELECT 'pg_ts_dict'::regclass, oid FROM pg_ts_dict WHERE dictnamespace = 'pg_catalog'::regnamespace
        UNION ALL SELECT 'pg_ts_parser'::regclass, oid FROM pg_ts_parser WHERE prsnamespace = 'pg_catalog'::regnamespace
        UNION ALL SELECT 'pg_ts_template'::regclass, oid FROM pg_ts_template WHERE tmplnamespace = 'pg_catalog'::regnamespace
        UNION ALL SELECT 'pg_cast'::regclass, oid FROM pg_cast WHERE oid < 16384
        UNION ALL SELECT 'pg_am'::regclass, oid FROM pg_am WHERE oid < 16384
        UNION ALL SELECT 'pg_language'::regclass, oid FROM pg_language WHERE oid < 16384
        UNION ALL SELECT 'pg_tablespace'::regclass, oid FROM pg_tablespace WHERE oid < 16384
        UNION ALL SELECT 'pg_authid'::regclass, oid FROM pg_authid WHERE rolname LIKE 'pg\_%'
        UNION ALL SELECT 'pg_namespace'::regclass, oid FROM home
    )
    SELECT class, object FROM every
    WHERE NOT EXISTS (SELECT FROM pg_depend WHERE classid = class AND objid = object AND deptype = 'e');
