-- kind name [detail]: objects of which no more than their being there is told.
SELECT line FROM (
    SELECT 'pg_am'::regclass, oid, concat_ws(' ', 'method', amname, CASE amtype WHEN 'i' THEN 'index' WHEN 't' THEN 'table' END) FROM pg_am
    UNION ALL SELECT 'pg_collation'::regclass, oid, 'collation ' || pg_temp.qualified(collnamespace, collname) FROM pg_collation
    UNION ALL SELECT 'pg_language'::regclass, oid, concat_ws(' ', 'language', lanname, CASE WHEN lanpltrusted THEN 'trusted' END) FROM pg_language
    UNION ALL SELECT 'pg_authid'::regclass, oid, 'role ' || rolname FROM pg_authid
    UNION ALL SELECT 'pg_tablespace'::regclass, oid, 'tablespace ' || spcname FROM pg_tablespace
    UNION ALL SELECT 'pg_namespace'::regclass, oid, 'schema ' || nspname FROM pg_namespace WHERE nspname <> 'extension_home'
    UNION ALL SELECT 'pg_ts_config'::regclass, oid, 'configuration ' || pg_temp.qualified(cfgnamespace, cfgname) FROM pg_ts_config
    UNION ALL SELECT 'pg_ts_dict'::regclass, oid, 'dictionary ' || pg_temp.qualified(dictnamespace, dictname) FROM pg_ts_dict
    UNION ALL SELECT 'pg_ts_parser'::regclass, oid, 'parser ' || pg_temp.qualified(prsnamespace, prsname) FROM pg_ts_parser
    UNION ALL SELECT 'pg_ts_template'::regclass, oid, 'template ' || pg_temp.qualified(tmplnamespace, tmplname) FROM pg_ts_template
    UNION ALL SELECT 'pg_foreign_data_wrapper'::regclass, oid, 'wrapper ' || fdwname FROM pg_foreign_data_wrapper
    UNION ALL SELECT 'pg_foreign_server'::regclass, oid, 'server ' || srvname FROM pg_foreign_server
    UNION ALL SELECT 'pg_event_trigger'::regclass, oid, concat_ws(' ', 'event_trigger', evtname, evtevent) FROM pg_event_trigger
    UNION ALL SELECT 'pg_transform'::regclass, pg_transform.oid, concat_ws(' ', 'transform', pg_temp.type_name(trftype), lanname)
        FROM pg_transform JOIN pg_language ON pg_language.oid = trflang
) AS every (class, object, line)
WHERE (class, object) IN (SELECT class, object FROM member)
