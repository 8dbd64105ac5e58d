-- Every fact of a database's schema, one row of text for each. Two databases with the same rows have the same schema, the order of columns aside.
-- Run with an empty search_path, so that every name comes out with its schema. Works on PostgreSQL 15 to 18.
--
-- What initdb made has an OID below 16384. Toast tables, foreign keys' internal triggers and temporary objects have names made of OIDs or
-- session numbers, and follow from other objects: they are left out. So is the column option pg_attver, which servers from 15.20 on set by
-- themselves when a column is made.
WITH
relation AS (
  SELECT c.* FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.oid >= 16384 AND n.nspname <> 'pg_toast' AND n.nspname !~ '^pg_(toast_)?temp_'
),
object (classid, objid, owner, privileges) AS (
  SELECT 'pg_namespace'::regclass, oid, nspowner, coalesce(nspacl, acldefault('n', nspowner)) FROM pg_namespace
    WHERE (oid >= 16384 OR nspname = 'public') AND nspname !~ '^pg_(toast_)?temp_'
  UNION ALL SELECT 'pg_class'::regclass, oid, relowner, coalesce(relacl, acldefault(CASE relkind WHEN 'S' THEN 's'::"char" ELSE 'r' END, relowner)) FROM relation
  UNION ALL SELECT 'pg_proc'::regclass, oid, proowner, coalesce(proacl, acldefault('f', proowner)) FROM pg_proc
  UNION ALL SELECT 'pg_type'::regclass, oid, typowner, coalesce(typacl, acldefault('T', typowner)) FROM pg_type
    WHERE typrelid = 0 OR typrelid IN (SELECT oid FROM relation)
  UNION ALL SELECT 'pg_language'::regclass, oid, lanowner, coalesce(lanacl, acldefault('l', lanowner)) FROM pg_language
  UNION ALL SELECT 'pg_foreign_data_wrapper'::regclass, oid, fdwowner, coalesce(fdwacl, acldefault('F', fdwowner)) FROM pg_foreign_data_wrapper
  UNION ALL SELECT 'pg_foreign_server'::regclass, oid, srvowner, coalesce(srvacl, acldefault('S', srvowner)) FROM pg_foreign_server
  UNION ALL SELECT 'pg_extension'::regclass, oid, extowner, NULL FROM pg_extension
  UNION ALL SELECT 'pg_event_trigger'::regclass, oid, evtowner, NULL FROM pg_event_trigger
  UNION ALL SELECT 'pg_publication'::regclass, oid, pubowner, NULL FROM pg_publication
  UNION ALL SELECT 'pg_statistic_ext'::regclass, oid, stxowner, NULL FROM pg_statistic_ext
  UNION ALL SELECT 'pg_collation'::regclass, oid, collowner, NULL FROM pg_collation
  UNION ALL SELECT 'pg_conversion'::regclass, oid, conowner, NULL FROM pg_conversion
  UNION ALL SELECT 'pg_operator'::regclass, oid, oprowner, NULL FROM pg_operator
  UNION ALL SELECT 'pg_opclass'::regclass, oid, opcowner, NULL FROM pg_opclass
  UNION ALL SELECT 'pg_opfamily'::regclass, oid, opfowner, NULL FROM pg_opfamily
  UNION ALL SELECT 'pg_ts_config'::regclass, oid, cfgowner, NULL FROM pg_ts_config
  UNION ALL SELECT 'pg_ts_dict'::regclass, oid, dictowner, NULL FROM pg_ts_dict
  UNION ALL SELECT 'pg_ts_parser'::regclass, oid, NULL, NULL FROM pg_ts_parser
  UNION ALL SELECT 'pg_ts_template'::regclass, oid, NULL, NULL FROM pg_ts_template
  UNION ALL SELECT 'pg_cast'::regclass, oid, NULL, NULL FROM pg_cast
  UNION ALL SELECT 'pg_transform'::regclass, oid, NULL, NULL FROM pg_transform
  UNION ALL SELECT 'pg_am'::regclass, oid, NULL, NULL FROM pg_am
  UNION ALL SELECT 'pg_user_mapping'::regclass, oid, NULL, NULL FROM pg_user_mapping
  UNION ALL SELECT 'pg_default_acl'::regclass, oid, defaclrole, defaclacl FROM pg_default_acl
),
definition (classid, objid, fact) AS (
  SELECT 'pg_class'::regclass, c.oid,
      format('kind %s, persistence %s, row security %s, forced %s, replica identity %s, access method %s, tablespace %s, options %s, of type %s, parents %s, partition by %s, bound %s',
        relkind, relpersistence, relrowsecurity, relforcerowsecurity, relreplident, (SELECT amname FROM pg_am WHERE oid = relam),
        (SELECT spcname FROM pg_tablespace WHERE oid = reltablespace), reloptions, nullif(reloftype, 0)::regtype,
        (SELECT string_agg(inhparent::regclass::text, ', ' ORDER BY inhseqno) FROM pg_inherits WHERE inhrelid = c.oid),
        CASE relkind WHEN 'p' THEN pg_get_partkeydef(c.oid) END, pg_get_expr(relpartbound, c.oid))
    FROM relation c
  UNION ALL SELECT 'pg_class'::regclass, c.oid,
      format('column %I: type %s, not null %s, default %s, identity "%s", generated "%s", collation %s, storage %s, compression "%s", options %s %s, inherited %s, privileges %s',
        attname, format_type(atttypid, atttypmod), attnotnull, pg_get_expr(adbin, adrelid), attidentity, attgenerated,
        nullif(attcollation, 0)::regcollation, attstorage, attcompression,
        (SELECT array_agg(o ORDER BY o COLLATE "C") FROM unnest(attoptions) o WHERE o NOT LIKE 'pg\_attver=%'), attfdwoptions, attinhcount, attacl)
    FROM relation c JOIN pg_attribute a ON attrelid = c.oid AND attnum > 0 AND NOT attisdropped
    LEFT JOIN pg_attrdef ON adrelid = c.oid AND adnum = attnum
  UNION ALL SELECT 'pg_class'::regclass, indexrelid,
      format('%s, valid %s, clustered %s, replica identity %s', pg_get_indexdef(indexrelid), indisvalid, indisclustered, indisreplident)
    FROM pg_index JOIN relation c ON c.oid = indexrelid
  UNION ALL SELECT 'pg_class'::regclass, c.oid, pg_get_viewdef(c.oid) FROM relation c WHERE relkind IN ('v', 'm')
  UNION ALL SELECT 'pg_class'::regclass, seqrelid,
      format('type %s, start %s, increment %s, from %s to %s, cache %s, cycle %s, owned by %s', seqtypid::regtype, seqstart, seqincrement, seqmin, seqmax, seqcache, seqcycle,
        (SELECT pg_describe_object(refclassid, refobjid, refobjsubid) FROM pg_depend
          WHERE classid = 'pg_class'::regclass AND objid = seqrelid AND refclassid = 'pg_class'::regclass AND deptype IN ('a', 'i')))
    FROM pg_sequence JOIN relation c ON c.oid = seqrelid
  UNION ALL SELECT 'pg_class'::regclass, ftrelid, format('server %s, options %s', srvname, ftoptions)
    FROM pg_foreign_table JOIN pg_foreign_server s ON s.oid = ftserver
  UNION ALL SELECT 'pg_constraint'::regclass, oid,
      format('%s, kind %s, validated %s, local %s, inherited %s', pg_get_constraintdef(oid), contype, convalidated, conislocal, coninhcount)
    FROM pg_constraint WHERE oid >= 16384
  UNION ALL SELECT 'pg_trigger'::regclass, oid, format('%s, enabled %s', pg_get_triggerdef(oid), tgenabled) FROM pg_trigger WHERE NOT tgisinternal
  UNION ALL SELECT 'pg_rewrite'::regclass, oid, format('%s, enabled %s', pg_get_ruledef(oid), ev_enabled) FROM pg_rewrite WHERE oid >= 16384 AND rulename <> '_RETURN'
  UNION ALL SELECT 'pg_policy'::regclass, oid,
      format('for %s, permissive %s, to %s, using %s, check %s', polcmd, polpermissive,
        (SELECT string_agg(CASE r WHEN 0 THEN 'public' ELSE r::regrole::text END, ', ' ORDER BY r) FROM unnest(polroles) r),
        pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid))
    FROM pg_policy
  UNION ALL SELECT 'pg_proc'::regclass, oid, pg_get_functiondef(oid) FROM pg_proc WHERE oid >= 16384 AND prokind <> 'a'
  UNION ALL SELECT 'pg_proc'::regclass, aggfnoid,
      format('%s state %s by %s, final %s, combine %s, initially %s', aggkind, aggtranstype::regtype, aggtransfn, aggfinalfn, aggcombinefn, agginitval)
    FROM pg_aggregate WHERE aggfnoid >= 16384
  UNION ALL SELECT 'pg_type'::regclass, oid,
      format('kind %s, base %s, not null %s, default %s, collation %s', typtype, nullif(format_type(typbasetype, typtypmod), '-'), typnotnull, typdefault, nullif(typcollation, 0)::regcollation)
    FROM pg_type WHERE oid >= 16384 AND typtype = 'd'
  UNION ALL SELECT 'pg_type'::regclass, enumtypid, 'labels ' || string_agg(quote_literal(enumlabel), ', ' ORDER BY enumsortorder) FROM pg_enum GROUP BY enumtypid
  UNION ALL SELECT 'pg_type'::regclass, rngtypid, format('range of %s, multirange %s, collation %s, difference %s', rngsubtype::regtype, rngmultitypid::regtype,
        nullif(rngcollation, 0)::regcollation, rngsubdiff) FROM pg_range
  UNION ALL SELECT 'pg_extension'::regclass, e.oid, format('version %s, schema %s', extversion, nspname) FROM pg_extension e JOIN pg_namespace n ON n.oid = extnamespace
  UNION ALL SELECT 'pg_statistic_ext'::regclass, oid, pg_get_statisticsobjdef(oid) FROM pg_statistic_ext
  UNION ALL SELECT 'pg_event_trigger'::regclass, oid, format('on %s, calls %s, enabled %s, tags %s', evtevent, evtfoid::regprocedure, evtenabled, evttags) FROM pg_event_trigger
  UNION ALL SELECT 'pg_publication'::regclass, oid, format('all tables %s, insert %s, update %s, delete %s, truncate %s, via root %s',
        puballtables, pubinsert, pubupdate, pubdelete, pubtruncate, pubviaroot) FROM pg_publication
  UNION ALL SELECT 'pg_publication_rel'::regclass, oid, format('where %s', pg_get_expr(prqual, prrelid)) FROM pg_publication_rel
  UNION ALL SELECT 'pg_publication_namespace'::regclass, oid, '' FROM pg_publication_namespace
  UNION ALL SELECT 'pg_collation'::regclass, oid, format('provider %s, collate %s, ctype %s, deterministic %s', collprovider, collcollate, collctype, collisdeterministic) FROM pg_collation
),
fact (classid, objid, objsubid, fact) AS (
  SELECT classid, objid, 0,
      format('owner %s, privileges %s', owner::regrole, (SELECT string_agg(p::text, ' ' ORDER BY p::text COLLATE "C") FROM unnest(privileges) p))
    FROM object
  UNION ALL SELECT classid, objid, 0, fact FROM definition
  UNION ALL SELECT classoid, objoid, objsubid, 'comment ' || quote_literal(description) FROM pg_description
    WHERE classoid <> 'pg_class'::regclass OR objoid IN (SELECT oid FROM relation)
)
SELECT i.type || ' ' || i.identity || ': ' || fact
FROM fact CROSS JOIN LATERAL pg_identify_object(classid, objid, objsubid) i
WHERE objid >= 16384 OR (classid = 'pg_namespace'::regclass AND objid = 'public'::regnamespace)
