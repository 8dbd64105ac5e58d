-- Every fact of a database's schema in the words of the product's own descriptions (src/catalog/describe): what it is about, the property,
-- how to read the value, and the value: t text, l an item of a list, e expression, q query, and i, k, r what Rust takes apart.
-- Run with an empty search_path. What belongs to an extension is left out, temporary objects, and whatever initdb made.
WITH
member AS (SELECT classid, objid FROM pg_depend WHERE deptype = 'e'),
namespace AS (
  SELECT n.* FROM pg_namespace n WHERE (oid >= 16384 OR nspname = 'public') AND nspname !~ '^pg_(toast_)?temp_'
    AND NOT EXISTS (SELECT FROM member WHERE classid = 'pg_namespace'::regclass AND objid = n.oid)
),
relation AS (
  SELECT c.*, rig_in(relnamespace, relname) AS named,
      CASE relkind WHEN 'v' THEN 'view ' WHEN 'm' THEN 'materialized view ' WHEN 'S' THEN 'sequence ' WHEN 'i' THEN 'index ' WHEN 'I' THEN 'index '
        WHEN 'f' THEN 'foreign table ' WHEN 'c' THEN 'type ' ELSE 'table ' END || rig_in(relnamespace, relname) AS identity
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.oid >= 16384 AND nspname <> 'pg_toast' AND nspname !~ '^pg_(toast_)?temp_' AND relpersistence <> 't'
    AND NOT EXISTS (SELECT FROM member WHERE classid = 'pg_class'::regclass AND objid = c.oid)
    AND NOT EXISTS (SELECT FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid JOIN member ON classid = 'pg_class'::regclass AND objid = t.oid WHERE i.indexrelid = c.oid)
    AND NOT EXISTS (SELECT FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid WHERE i.indexrelid = c.oid AND NOT indisvalid AND t.relkind <> 'p')
),
attribute AS (
  SELECT a.*, c.relkind, c.relispartition, c.named, 'column ' || c.named || '.' || rig_name(attname) AS identity
  FROM relation c JOIN pg_attribute a ON attrelid = c.oid AND attnum > 0 AND NOT attisdropped WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'c')
),
type AS (
  SELECT t.*, CASE typtype WHEN 'd' THEN 'domain ' ELSE 'type ' END || rig_in(typnamespace, typname) AS identity
  FROM pg_type t WHERE t.oid >= 16384 AND typtype IN ('e', 'd', 'r', 'b', 'p') AND (typelem = 0 OR typarray <> 0 OR typsubscript <> 'array_subscript_handler'::regproc)
    AND NOT EXISTS (SELECT FROM pg_type e WHERE e.typarray = t.oid)
    AND NOT EXISTS (SELECT FROM member WHERE classid = 'pg_type'::regclass AND objid = t.oid)
),
routine AS (
  SELECT p.*, CASE prokind WHEN 'p' THEN 'procedure ' WHEN 'a' THEN 'aggregate ' ELSE 'function ' END || rig_in(pronamespace, proname)
      || '(' || coalesce((SELECT string_agg(format_type(t, NULL), ', ' ORDER BY n) FROM unnest(proargtypes) WITH ORDINALITY u (t, n)), '') || ')' AS identity
  FROM pg_proc p WHERE p.oid >= 16384 AND proname !~ '^rig_' AND pronamespace <> pg_my_temp_schema()
    AND NOT EXISTS (SELECT FROM member WHERE classid = 'pg_proc'::regclass AND objid = p.oid)
    -- A range type's constructors.
    AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_proc'::regclass AND objid = p.oid AND deptype = 'i')
),
con AS (
  SELECT k.*, 'constraint ' || rig_name(conname) || CASE WHEN contypid <> 0 THEN ' on domain ' || rig_type(contypid) ELSE ' on ' || named END AS identity
  FROM pg_constraint k LEFT JOIN relation c ON c.oid = conrelid
  -- Whether a column takes NULL is told with the column; since version 18 a constraint says it too, which is told where it says more than that.
  WHERE k.oid >= 16384 AND contype <> 't' AND (contype <> 'f' OR conparentid = 0)
    AND (contype <> 'n' OR contypid <> 0 OR conislocal AND (connoinherit OR NOT convalidated
      OR conname <> format('%s_%s_not_null', relname, (SELECT attname FROM pg_attribute WHERE attrelid = conrelid AND attnum = conkey[1]))))
    AND (c.oid IS NOT NULL OR contypid IN (SELECT oid FROM type))
),
trig AS (
  SELECT t.*, 'trigger ' || rig_name(t.tgname) || ' on ' || named AS identity
  FROM pg_trigger t JOIN relation c ON c.oid = tgrelid LEFT JOIN pg_trigger p ON p.oid = t.tgparentid
  WHERE NOT t.tgisinternal AND (t.tgparentid = 0 OR p.tgenabled <> t.tgenabled)
),
policy AS (SELECT p.*, 'policy ' || rig_name(polname) || ' on ' || named AS identity FROM pg_policy p JOIN relation c ON c.oid = polrelid),
rule AS (
  SELECT r.*, 'rule ' || rig_name(rulename) || ' on ' || named AS identity FROM pg_rewrite r JOIN relation c ON c.oid = ev_class WHERE rulename <> '_RETURN'
),
extension AS (SELECT e.*, 'extension ' || rig_name(extname) AS identity FROM pg_extension e WHERE oid >= 16384),
statistics AS (SELECT s.*, 'statistics ' || rig_in(stxnamespace, stxname) AS identity FROM pg_statistic_ext s),
publication AS (SELECT p.*, 'publication ' || rig_name(pubname) AS identity FROM pg_publication p),
cast_ AS (
  SELECT c.*, format('cast (%s AS %s)', format_type(castsource, NULL), format_type(casttarget, NULL)) AS identity FROM pg_cast c WHERE oid >= 16384
    AND NOT EXISTS (SELECT FROM member WHERE classid = 'pg_cast'::regclass AND objid = c.oid)
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE classid = 'pg_cast'::regclass AND objid = c.oid AND deptype = 'i')
),
operator AS (
  SELECT o.*, format('operator %s.%s (%s, %s)', rig_name(oprnamespace::regnamespace::text), oprname, CASE oprleft WHEN 0 THEN 'none' ELSE format_type(oprleft, NULL) END,
      format_type(oprright, NULL)) AS identity FROM pg_operator o WHERE oid >= 16384
    AND NOT EXISTS (SELECT FROM member WHERE classid = 'pg_operator'::regclass AND objid = o.oid)
),
collation_ AS (
  SELECT c.*, 'collation ' || rig_in(collnamespace, collname) AS identity FROM pg_collation c WHERE oid >= 16384
),
language AS (SELECT l.*, 'language ' || rig_name(lanname) AS identity FROM pg_language l WHERE oid >= 16384
    AND NOT EXISTS (SELECT FROM member WHERE classid = 'pg_language'::regclass AND objid = l.oid)),
wrapper AS (SELECT w.*, 'foreign data wrapper ' || rig_name(fdwname) AS identity FROM pg_foreign_data_wrapper w WHERE oid >= 16384
    AND NOT EXISTS (SELECT FROM member WHERE classid = 'pg_foreign_data_wrapper'::regclass AND objid = w.oid)),
server AS (SELECT s.*, 'server ' || rig_name(srvname) AS identity FROM pg_foreign_server s),
event_trigger AS (SELECT e.*, 'event trigger ' || rig_name(evtname) AS identity FROM pg_event_trigger e),
-- Whatever has a comment or privileges.
object (classid, objid, objsubid, identity) AS (
  SELECT 'pg_namespace'::regclass, oid, 0, 'schema ' || rig_name(nspname) FROM namespace
  UNION ALL SELECT 'pg_class'::regclass, oid, 0, identity FROM relation
  UNION ALL SELECT 'pg_class'::regclass, attrelid, attnum, identity FROM attribute
  UNION ALL SELECT 'pg_type'::regclass, oid, 0, identity FROM type
  UNION ALL SELECT 'pg_type'::regclass, reltype, 0, identity FROM relation WHERE relkind = 'c'
  UNION ALL SELECT 'pg_proc'::regclass, oid, 0, identity FROM routine
  UNION ALL SELECT 'pg_constraint'::regclass, oid, 0, identity FROM con
  UNION ALL SELECT 'pg_trigger'::regclass, oid, 0, identity FROM trig
  UNION ALL SELECT 'pg_policy'::regclass, oid, 0, identity FROM policy
  UNION ALL SELECT 'pg_rewrite'::regclass, oid, 0, identity FROM rule
  UNION ALL SELECT 'pg_statistic_ext'::regclass, oid, 0, identity FROM statistics
  UNION ALL SELECT 'pg_publication'::regclass, oid, 0, identity FROM publication
  UNION ALL SELECT 'pg_cast'::regclass, oid, 0, identity FROM cast_
  UNION ALL SELECT 'pg_operator'::regclass, oid, 0, identity FROM operator
  UNION ALL SELECT 'pg_collation'::regclass, oid, 0, identity FROM collation_
  UNION ALL SELECT 'pg_language'::regclass, oid, 0, identity FROM language
  UNION ALL SELECT 'pg_foreign_data_wrapper'::regclass, oid, 0, identity FROM wrapper
  UNION ALL SELECT 'pg_foreign_server'::regclass, oid, 0, identity FROM server
  UNION ALL SELECT 'pg_event_trigger'::regclass, oid, 0, identity FROM event_trigger
  UNION ALL SELECT 'pg_extension'::regclass, oid, 0, identity FROM extension
  UNION ALL SELECT 'pg_opclass'::regclass, c.oid, 0, format('operator class %s using %s', rig_in(opcnamespace, opcname), amname)
    FROM pg_opclass c JOIN pg_am a ON a.oid = opcmethod WHERE c.oid >= 16384 AND NOT EXISTS (SELECT FROM member WHERE classid = 'pg_opclass'::regclass AND objid = c.oid)
  UNION ALL SELECT 'pg_opfamily'::regclass, f.oid, 0, format('operator family %s using %s', rig_in(opfnamespace, opfname), amname)
    FROM pg_opfamily f JOIN pg_am a ON a.oid = opfmethod WHERE f.oid >= 16384 AND NOT EXISTS (SELECT FROM member WHERE classid = 'pg_opfamily'::regclass AND objid = f.oid)
  UNION ALL SELECT 'pg_conversion'::regclass, oid, 0, 'conversion ' || rig_in(connamespace, conname) FROM pg_conversion WHERE oid >= 16384
  UNION ALL SELECT 'pg_ts_config'::regclass, oid, 0, 'text search configuration ' || rig_in(cfgnamespace, cfgname) FROM pg_ts_config WHERE oid >= 16384
  UNION ALL SELECT 'pg_ts_dict'::regclass, d.oid, 0, 'text search dictionary ' || rig_in(dictnamespace, dictname) FROM pg_ts_dict d
    WHERE oid >= 16384 AND NOT EXISTS (SELECT FROM member WHERE classid = 'pg_ts_dict'::regclass AND objid = d.oid)
  UNION ALL SELECT 'pg_ts_parser'::regclass, oid, 0, 'text search parser ' || rig_in(prsnamespace, prsname) FROM pg_ts_parser WHERE oid >= 16384
  UNION ALL SELECT 'pg_ts_template'::regclass, t.oid, 0, 'text search template ' || rig_in(tmplnamespace, tmplname) FROM pg_ts_template t
    WHERE oid >= 16384 AND NOT EXISTS (SELECT FROM member WHERE classid = 'pg_ts_template'::regclass AND objid = t.oid)
  UNION ALL SELECT 'pg_transform'::regclass, t.oid, 0, format('transform for %s language %s', format_type(trftype, NULL), lanname)
    FROM pg_transform t JOIN pg_language l ON l.oid = trflang WHERE t.oid >= 16384
  UNION ALL SELECT 'pg_am'::regclass, oid, 0, 'access method ' || rig_name(amname) FROM pg_am WHERE oid >= 16384
  UNION ALL SELECT 'pg_user_mapping'::regclass, m.oid, 0, format('user mapping for %s on server %s', CASE umuser WHEN 0 THEN 'public' ELSE rig_name(pg_get_userbyid(umuser)) END, rig_name(srvname))
    FROM pg_user_mapping m JOIN pg_foreign_server s ON s.oid = umserver
  UNION ALL SELECT 'pg_subscription'::regclass, oid, 0, 'subscription ' || rig_name(subname) FROM pg_subscription
),
single (identity, property, sort, value) AS (
  SELECT identity, 'exists', 't', 'yes' FROM object
  UNION ALL SELECT identity, 'comment', 't', description FROM object JOIN pg_description d ON d.classoid = classid AND d.objoid = objid AND d.objsubid = object.objsubid
    WHERE classid <> 'pg_extension'::regclass AND description <> 'standard public schema'
  UNION ALL SELECT 'schema public', 'made again', 't', 'yes' FROM namespace WHERE nspname = 'public' AND nspowner <> 'pg_database_owner'::regrole
  -- relations
  UNION ALL SELECT c.identity, p.property, p.sort, p.value FROM relation c LEFT JOIN pg_inherits i ON inhrelid = c.oid AND inhseqno = 1, LATERAL (VALUES
      ('unlogged', 't', CASE WHEN relpersistence = 'u' THEN 'yes' END),
      ('access method', 't', (SELECT amname FROM pg_am WHERE oid = relam AND amname <> 'heap' AND relkind IN ('r', 'm', 'p'))),
      ('tablespace', 't', (SELECT spcname FROM pg_tablespace WHERE oid = reltablespace)),
      ('partition of', 't', CASE WHEN relispartition THEN rig_relation(inhparent) END),
      ('bound', 't', pg_get_expr(relpartbound, c.oid)),
      ('of type', 't', rig_type(nullif(reloftype, 0))),
      ('row security', 't', CASE WHEN relrowsecurity THEN 'yes' END),
      ('forced row security', 't', CASE WHEN relforcerowsecurity THEN 'yes' END),
      ('replica identity', 't', CASE WHEN relkind IN ('r', 'p', 'm') THEN CASE relreplident WHEN 'n' THEN 'nothing' WHEN 'f' THEN 'full'
        WHEN 'i' THEN (SELECT 'index ' || rig_relation(indexrelid) FROM pg_index WHERE indrelid = c.oid AND indisreplident) END END),
      ('clustered on', 't', (SELECT rig_relation(indexrelid) FROM pg_index WHERE indrelid = c.oid AND indisclustered)),
      ('partition keys', 'k', CASE relkind WHEN 'p' THEN pg_get_partkeydef(c.oid) END),
      ('query', 'q', CASE WHEN relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid) END),
      ('check option', 't', (SELECT option_value FROM pg_options_to_table(reloptions) WHERE option_name = 'check_option'))
    ) p (property, sort, value)
  UNION ALL SELECT identity, 'option ' || option_name, 't', option_value FROM relation, pg_options_to_table(reloptions) WHERE option_name <> 'check_option'
  UNION ALL SELECT c.identity, 'option toast.' || option_name, 't', option_value FROM relation c JOIN pg_class t ON t.oid = c.reltoastrelid, pg_options_to_table(t.reloptions)
  UNION ALL SELECT c.identity, 'partition by', 't', CASE partstrat WHEN 'l' THEN 'list' WHEN 'r' THEN 'range' ELSE 'hash' END FROM relation c JOIN pg_partitioned_table ON partrelid = c.oid
  UNION ALL SELECT c.identity, p.property, 't', p.value FROM relation c JOIN pg_partitioned_table ON partrelid = c.oid, generate_series(1, partnatts) n, LATERAL (VALUES
      (format('partition key %s', n), (SELECT rig_name(attname) FROM pg_attribute WHERE attrelid = c.oid AND attnum = partattrs[n - 1])),
      (format('partition key %s collation', n), (SELECT rig_collation(partcollation[n - 1]) FROM pg_attribute WHERE attrelid = c.oid AND attnum = partattrs[n - 1] AND attcollation <> partcollation[n - 1])),
      (format('partition key %s class', n), (SELECT rig_name(opcname) FROM pg_opclass o WHERE o.oid = partclass[n - 1] AND NOT opcdefault))
    ) p (property, value)
  UNION ALL SELECT c.identity, 'server', 't', rig_name(srvname) FROM relation c JOIN pg_foreign_table ON ftrelid = c.oid JOIN pg_foreign_server s ON s.oid = ftserver
  UNION ALL SELECT c.identity, 'foreign option ' || option_name, 't', option_value FROM relation c JOIN pg_foreign_table ON ftrelid = c.oid, pg_options_to_table(ftoptions)
  UNION ALL SELECT identity, p.property, 't', p.value FROM pg_sequence JOIN relation c ON c.oid = seqrelid, LATERAL (VALUES
      ('type', format_type(seqtypid, NULL)), ('start', seqstart::text), ('increment', seqincrement::text), ('minimum', seqmin::text), ('maximum', seqmax::text),
      ('cache', seqcache::text), ('cycle', CASE WHEN seqcycle THEN 'yes' END),
      ('owned by', (SELECT rig_relation(attrelid) || '.' || rig_name(attname) FROM pg_depend JOIN pg_attribute ON attrelid = refobjid AND attnum = refobjsubid
        WHERE classid = 'pg_class'::regclass AND objid = seqrelid AND refclassid = 'pg_class'::regclass AND deptype = 'a')),
      ('identity of', (SELECT rig_relation(attrelid) || '.' || rig_name(attname) FROM pg_depend JOIN pg_attribute ON attrelid = refobjid AND attnum = refobjsubid
        WHERE classid = 'pg_class'::regclass AND objid = seqrelid AND refclassid = 'pg_class'::regclass AND deptype = 'i'))
    ) p (property, value)
  -- columns
  UNION ALL SELECT identity, p.property, p.sort, p.value FROM attribute a JOIN pg_type t ON t.oid = atttypid LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum, LATERAL (VALUES
      ('type', 't', format_type(atttypid, atttypmod)),
      ('not null', 't', CASE WHEN attnotnull THEN 'yes' END),
      (CASE attgenerated WHEN '' THEN 'default' ELSE 'generated as' END, 'e', pg_get_expr(adbin, adrelid)),
      ('generated', 't', CASE attgenerated WHEN 's' THEN 'stored' WHEN 'v' THEN 'virtual' END),
      ('identity', 't', CASE attidentity WHEN 'a' THEN 'always' WHEN 'd' THEN 'by default' END),
      ('collation', 't', CASE WHEN attcollation <> typcollation THEN rig_collation(attcollation) END),
      ('storage', 't', CASE WHEN attstorage <> typstorage AND relkind NOT IN ('v', 'c') THEN CASE attstorage WHEN 'p' THEN 'plain' WHEN 'e' THEN 'external' WHEN 'm' THEN 'main' ELSE 'extended' END END),
      ('compression', 't', CASE attcompression WHEN 'p' THEN 'pglz' WHEN 'l' THEN 'lz4' END),
      ('statistics', 't', CASE WHEN attstattarget >= 0 THEN attstattarget::text END),
      ('inherited', 't', CASE WHEN NOT attislocal AND NOT relispartition THEN 'yes' END)
    ) p (property, sort, value)
  UNION ALL SELECT identity, 'option ' || option_name, 't', option_value FROM attribute, pg_options_to_table(attoptions) WHERE option_name <> 'pg_attver'
  UNION ALL SELECT identity, 'option ' || option_name, 't', option_value FROM attribute, pg_options_to_table(attfdwoptions)
  -- indexes
  UNION ALL SELECT c.identity, p.property, p.sort, p.value FROM pg_index i JOIN relation c ON c.oid = indexrelid JOIN pg_am m ON m.oid = relam, LATERAL (VALUES
      ('table', 't', rig_relation(indrelid)), ('method', 't', rig_name(amname)), ('unique', 't', CASE WHEN indisunique THEN 'yes' END),
      ('nulls not distinct', 't', CASE WHEN to_jsonb(i) ->> 'indnullsnotdistinct' = 'true' THEN 'yes' END),
      ('predicate', 'e', pg_get_expr(indpred, indrelid)),
      ('definition', 'i', CASE WHEN indexprs IS NOT NULL THEN pg_get_indexdef(indexrelid) END),
      ('partition of', 't', (SELECT rig_relation(inhparent) FROM pg_inherits WHERE inhrelid = indexrelid)),
      ('constraint', 't', (SELECT rig_name(conname) FROM pg_constraint WHERE conindid = indexrelid AND contype IN ('p', 'u', 'x')))
    ) p (property, sort, value)
  UNION ALL SELECT c.identity, p.property, p.sort, p.value FROM pg_index i JOIN relation c ON c.oid = indexrelid JOIN LATERAL generate_series(1, indnkeyatts) n ON true
    JOIN LATERAL (SELECT * FROM pg_attribute WHERE attrelid = indexrelid AND attnum = n) a ON true JOIN pg_type t ON t.oid = atttypid
    LEFT JOIN LATERAL (SELECT * FROM pg_attribute WHERE attrelid = indrelid AND attnum = indkey[n - 1]) k ON true
    JOIN pg_opclass o ON o.oid = indclass[n - 1], LATERAL (VALUES
      (format('key %s', n), CASE WHEN indkey[n - 1] = 0 THEN 'e' ELSE 't' END, coalesce(rig_name(k.attname), pg_get_indexdef(indexrelid, n, false))),
      (format('key %s class', n), 't', CASE WHEN NOT opcdefault THEN rig_name(opcname) END),
      (format('key %s collation', n), 't', CASE WHEN indcollation[n - 1] <> k.attcollation THEN rig_collation(indcollation[n - 1]) END),
      (format('key %s order', n), 't', CASE indoption[n - 1] WHEN 1 THEN 'desc nulls last' WHEN 2 THEN 'nulls first' WHEN 3 THEN 'desc' END),
      (format('key %s operator', n), 't', (SELECT oprname FROM pg_constraint JOIN pg_operator o ON o.oid = conexclop[n] WHERE conindid = indexrelid AND conexclop IS NOT NULL))
    ) p (property, sort, value)
  UNION ALL SELECT c.identity, format('key %s class option %s', attnum, option_name), 't', option_value
    FROM relation c JOIN pg_attribute ON attrelid = c.oid, pg_options_to_table(attoptions) WHERE relkind IN ('i', 'I')
  -- constraints
  UNION ALL SELECT identity, p.property, p.sort, p.value FROM con k, LATERAL (VALUES
      ('kind', 't', CASE contype WHEN 'c' THEN 'check' WHEN 'p' THEN 'primary key' WHEN 'u' THEN 'unique' WHEN 'x' THEN 'exclude' WHEN 'f' THEN 'foreign key' WHEN 'n' THEN 'not null' END),
      ('expression', 'e', pg_get_expr(conbin, conrelid)),
      ('references', 't', rig_relation(nullif(confrelid, 0))),
      ('match full', 't', CASE WHEN confmatchtype = 'f' THEN 'yes' END),
      ('on delete', 't', CASE confdeltype WHEN 'r' THEN 'restrict' WHEN 'c' THEN 'cascade' WHEN 'n' THEN 'set null' WHEN 'd' THEN 'set default' END),
      ('on update', 't', CASE confupdtype WHEN 'r' THEN 'restrict' WHEN 'c' THEN 'cascade' WHEN 'n' THEN 'set null' WHEN 'd' THEN 'set default' END),
      ('deferrable', 't', CASE WHEN condeferrable THEN 'yes' END), ('initially deferred', 't', CASE WHEN condeferred THEN 'yes' END),
      ('not valid', 't', CASE WHEN NOT convalidated THEN 'yes' END),
      ('not enforced', 't', CASE WHEN to_jsonb(k) ->> 'conenforced' = 'false' THEN 'yes' END),
      ('period', 't', CASE WHEN contype = 'f' AND to_jsonb(k) ->> 'conperiod' = 'true' THEN 'yes' END),
      ('no inherit', 't', CASE WHEN connoinherit AND contype IN ('c', 'n') AND contypid = 0 THEN 'yes' END),
      ('inherited', 't', CASE WHEN NOT conislocal AND contype IN ('c', 'n') AND contypid = 0 THEN 'yes' END),
      ('part of', 't', (SELECT rig_name(conname) FROM pg_constraint p WHERE p.oid = k.conparentid))
    ) p (property, sort, value)
  -- triggers, policies, rules
  UNION ALL SELECT identity, p.property, p.sort, p.value FROM trig, LATERAL (VALUES
      ('timing', 't', CASE WHEN tgtype & 2 > 0 THEN 'before' WHEN tgtype & 64 > 0 THEN 'instead of' ELSE 'after' END),
      ('level', 't', CASE WHEN tgtype & 1 > 0 THEN 'row' ELSE 'statement' END),
      ('when', 'e', CASE WHEN tgqual IS NOT NULL THEN substring(pg_get_triggerdef(oid, false) FROM ' WHEN \((.*)\) EXECUTE FUNCTION ') END),
      ('function', 't', rig_routine(tgfoid)),
      ('old table', 't', rig_name(tgoldtable)), ('new table', 't', rig_name(tgnewtable)),
      ('constraint', 't', CASE WHEN tgconstraint <> 0 THEN 'yes' END), ('from', 't', rig_relation(nullif(tgconstrrelid, 0))),
      ('deferrable', 't', CASE WHEN tgdeferrable THEN 'yes' END), ('initially deferred', 't', CASE WHEN tginitdeferred THEN 'yes' END),
      ('firing', 't', CASE tgenabled WHEN 'A' THEN 'always' WHEN 'R' THEN 'replica' WHEN 'D' THEN 'disabled' END)
    ) p (property, sort, value)
  UNION ALL SELECT identity, p.property, p.sort, p.value FROM policy, LATERAL (VALUES
      ('kind', 't', CASE WHEN polpermissive THEN 'permissive' ELSE 'restrictive' END),
      ('command', 't', CASE polcmd WHEN '*' THEN 'all' WHEN 'r' THEN 'select' WHEN 'a' THEN 'insert' WHEN 'w' THEN 'update' ELSE 'delete' END),
      ('using', 'e', pg_get_expr(polqual, polrelid)), ('check', 'e', pg_get_expr(polwithcheck, polrelid))
    ) p (property, sort, value)
  UNION ALL SELECT identity, p.property, p.sort, p.value FROM rule, LATERAL (VALUES
      ('event', 't', CASE ev_type WHEN '1' THEN 'select' WHEN '2' THEN 'update' WHEN '3' THEN 'insert' ELSE 'delete' END),
      ('instead', 't', CASE WHEN is_instead THEN 'yes' END), ('rule', 'r', pg_get_ruledef(oid)),
      ('firing', 't', CASE ev_enabled WHEN 'A' THEN 'always' WHEN 'R' THEN 'replica' WHEN 'D' THEN 'disabled' END)
    ) p (property, sort, value)
  -- routines
  UNION ALL SELECT identity, p.property, p.sort, p.value FROM routine f JOIN pg_language l ON l.oid = prolang, LATERAL (VALUES
      ('returns', 't', CASE WHEN prorettype <> 2278 OR prokind <> 'p' THEN CASE WHEN proretset THEN 'SETOF ' ELSE '' END || format_type(prorettype, NULL) END),
      ('body', 't', CASE WHEN prokind <> 'a' AND probin IS NULL AND prosqlbody IS NULL THEN prosrc END),
      ('sql body', 'q', pg_get_function_sqlbody(f.oid)),
      ('language', 't', CASE WHEN prokind <> 'a' THEN rig_name(lanname) END),
      ('volatility', 't', CASE WHEN prokind <> 'a' THEN CASE provolatile WHEN 'i' THEN 'immutable' WHEN 's' THEN 'stable' END END),
      ('strict', 't', CASE WHEN prokind <> 'a' AND proisstrict THEN 'yes' END), ('window', 't', CASE WHEN prokind = 'w' THEN 'yes' END),
      ('security definer', 't', CASE WHEN prosecdef THEN 'yes' END), ('leakproof', 't', CASE WHEN proleakproof THEN 'yes' END),
      ('parallel', 't', CASE proparallel WHEN 'r' THEN 'restricted' WHEN 's' THEN 'safe' END),
      ('cost', 't', CASE WHEN procost <> CASE WHEN lanname IN ('internal', 'c') THEN 1 ELSE 100 END AND prokind <> 'a' THEN procost::text END),
      ('rows', 't', CASE WHEN proretset AND prorows <> 1000 THEN prorows::text END),
      ('support', 't', rig_routine(nullif(prosupport::oid, 0)))
    ) p (property, sort, value)
  UNION ALL SELECT identity, format('default of argument %s', n), 'e', pg_get_function_arg_default(oid, n) FROM routine, generate_series(1, coalesce(array_length(proallargtypes, 1), pronargs)) n
    WHERE pronargdefaults > 0
  UNION ALL SELECT identity, 'setting ' || split_part(setting, '=', 1), 't', substr(setting, strpos(setting, '=') + 1) FROM routine, unnest(proconfig) setting
  UNION ALL SELECT identity, p.property, 't', p.value FROM routine f JOIN pg_aggregate a ON aggfnoid = f.oid, LATERAL (VALUES
      ('definition sfunc', rig_routine(aggtransfn)), ('definition stype', format_type(aggtranstype, NULL)), ('definition finalfunc', rig_routine(nullif(aggfinalfn::oid, 0))),
      ('definition combinefunc', rig_routine(nullif(aggcombinefn::oid, 0))), ('definition initcond', agginitval)
    ) p (property, value)
  -- types
  UNION ALL SELECT identity, p.property, p.sort, p.value FROM type t LEFT JOIN pg_type b ON b.oid = t.typbasetype, LATERAL (VALUES
      ('type', 't', CASE t.typtype WHEN 'd' THEN format_type(t.typbasetype, t.typtypmod) END),
      ('not null', 't', CASE WHEN t.typnotnull THEN 'yes' END),
      ('default', 'e', CASE WHEN t.typtype = 'd' THEN coalesce(pg_get_expr(t.typdefaultbin, 0), t.typdefault) END),
      ('collation', 't', CASE WHEN t.typtype = 'd' AND t.typcollation <> b.typcollation THEN rig_collation(t.typcollation) END),
      ('kind', 't', CASE WHEN t.typtype IN ('b', 'p') THEN CASE WHEN t.typisdefined THEN 'base' ELSE 'shell' END END)
    ) p (property, sort, value)
  UNION ALL SELECT identity, p.property, 't', p.value FROM type t JOIN pg_range ON rngtypid = t.oid JOIN pg_type s ON s.oid = rngsubtype, LATERAL (VALUES
      ('subtype', format_type(rngsubtype, NULL)), ('multirange', rig_type(rngmultitypid)),
      ('definition collation', CASE WHEN rngcollation <> s.typcollation THEN rig_collation(rngcollation) END),
      ('definition canonical', rig_routine(nullif(rngcanonical::oid, 0))), ('definition subtype_diff', rig_routine(nullif(rngsubdiff::oid, 0))),
      ('definition subtype_opclass', (SELECT rig_name(opcname) FROM pg_opclass o WHERE o.oid = rngsubopc AND NOT opcdefault))
    ) p (property, value)
  -- the rest
  UNION ALL SELECT identity, 'schema', 't', rig_name(extnamespace::regnamespace::text) FROM extension
  UNION ALL SELECT identity, p.property, 't', p.value FROM statistics, LATERAL (VALUES
      ('table', rig_relation(stxrelid)), ('target', CASE WHEN stxstattarget >= 0 THEN stxstattarget::text END)) p (property, value)
  UNION ALL SELECT identity, format('expression %s', n), 'e', expression FROM statistics, unnest(pg_get_statisticsobjdef_expressions(oid)) WITH ORDINALITY u (expression, n)
  UNION ALL SELECT identity, p.property, 't', p.value FROM publication, LATERAL (VALUES
      ('all tables', CASE WHEN puballtables THEN 'yes' END),
      ('option publish', CASE WHEN NOT (pubinsert AND pubupdate AND pubdelete AND pubtruncate) THEN concat_ws(', ', CASE WHEN pubinsert THEN 'insert' END, CASE WHEN pubupdate THEN 'update' END,
         CASE WHEN pubdelete THEN 'delete' END, CASE WHEN pubtruncate THEN 'truncate' END) END),
      ('option publish_generated_columns', CASE WHEN to_jsonb(publication) ->> 'pubgencols' = 's' THEN 'stored' END),
      ('option publish_via_partition_root', CASE WHEN pubviaroot THEN 'true' END)) p (property, value)
  UNION ALL SELECT format('table %s in %s', rig_relation(prrelid), identity), 'exists', 't', 'yes' FROM publication p JOIN pg_publication_rel ON prpubid = p.oid
  UNION ALL SELECT format('table %s in %s', rig_relation(prrelid), identity), 'filter', 'e', pg_get_expr(prqual, prrelid) FROM publication p JOIN pg_publication_rel ON prpubid = p.oid
  UNION ALL SELECT format('schema %s in %s', rig_name(pnnspid::regnamespace::text), identity), 'exists', 't', 'yes' FROM publication p JOIN pg_publication_namespace ON pnpubid = p.oid
  UNION ALL SELECT identity, p.property, 't', p.value FROM cast_, LATERAL (VALUES
      ('function', CASE WHEN castfunc >= 16384 THEN rig_routine(castfunc) END), ('context', CASE castcontext WHEN 'a' THEN 'assignment' WHEN 'i' THEN 'implicit' END)) p (property, value)
  UNION ALL SELECT identity, 'function', 't', rig_routine(oprcode) FROM operator WHERE oprcode::oid >= 16384
  UNION ALL SELECT format('operator class %s using %s', rig_in(opcnamespace, opcname), amname), p.property, 't', p.value FROM pg_opclass c JOIN pg_am a ON a.oid = opcmethod, LATERAL (VALUES
      ('type', format_type(opcintype, NULL)), ('default', CASE WHEN opcdefault THEN 'yes' END)) p (property, value)
    WHERE c.oid >= 16384 AND NOT EXISTS (SELECT FROM member WHERE classid = 'pg_opclass'::regclass AND objid = c.oid)
),
list (identity, property, value) AS (
  SELECT c.identity, 'inherits', (SELECT array_agg(rig_relation(inhparent) ORDER BY inhseqno) FROM pg_inherits WHERE inhrelid = c.oid) FROM relation c WHERE relkind IN ('r', 'f') AND NOT relispartition
  UNION ALL SELECT c.identity, CASE WHEN relkind IN ('v', 'm', 'c') THEN 'columns' ELSE 'order of columns' END,
      (SELECT array_agg(rig_name(attname) ORDER BY attnum) FROM pg_attribute WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped)
    FROM relation c WHERE relkind IN ('r', 'p', 'f', 'v', 'm', 'c')
  UNION ALL SELECT c.identity, 'include', (SELECT array_agg(rig_name(attname) ORDER BY n) FROM generate_series(indnkeyatts + 1, indnatts) n JOIN pg_attribute ON attrelid = indrelid AND attnum = indkey[n - 1])
    FROM pg_index JOIN relation c ON c.oid = indexrelid
  UNION ALL SELECT identity, 'columns', rig_columns(conrelid, conkey) FROM con WHERE contype NOT IN ('c', 'x')
  UNION ALL SELECT identity, 'referenced columns', rig_columns(confrelid, confkey) FROM con WHERE contype = 'f'
  UNION ALL SELECT identity, 'on delete columns', rig_columns(conrelid, confdelsetcols) FROM con WHERE contype = 'f'
  UNION ALL SELECT identity, 'events', array_remove(ARRAY[CASE WHEN tgtype & 8 > 0 THEN 'delete' END, CASE WHEN tgtype & 4 > 0 THEN 'insert' END, CASE WHEN tgtype & 32 > 0 THEN 'truncate' END,
      CASE WHEN tgtype & 16 > 0 THEN 'update' END], NULL) FROM trig
  UNION ALL SELECT identity, 'columns', rig_columns(tgrelid, tgattr::int2[]) FROM trig
  UNION ALL SELECT identity, 'arguments', (string_to_array(encode(tgargs, 'escape'), '\000'))[1:tgnargs] FROM trig WHERE tgnargs > 0
  UNION ALL SELECT identity, 'roles', (SELECT array_agg(name ORDER BY name COLLATE "C") FROM (SELECT CASE r WHEN 0 THEN 'public' ELSE pg_get_userbyid(r) END::text AS name FROM unnest(polroles) r) r) FROM policy
  UNION ALL SELECT identity, 'arguments', (SELECT array_agg(CASE coalesce(proargmodes[n], 'i') WHEN 'o' THEN 'OUT ' WHEN 'b' THEN 'INOUT ' WHEN 'v' THEN 'VARIADIC ' WHEN 't' THEN 'TABLE ' ELSE '' END
      || coalesce(rig_name(nullif(proargnames[n], '')) || ' ', '') || format_type(t, NULL) ORDER BY n) FROM unnest(coalesce(proallargtypes, proargtypes::oid[])) WITH ORDINALITY u (t, n)) FROM routine
  UNION ALL SELECT identity, 'transforms', (SELECT array_agg(format_type(t, NULL)) FROM unnest(protrftypes) t) FROM routine
  UNION ALL SELECT identity, 'object', ARRAY[probin, prosrc] FROM routine WHERE probin IS NOT NULL
  UNION ALL SELECT identity, 'labels', coalesce((SELECT array_agg(enumlabel::text ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = t.oid), ARRAY[]::text[]) FROM type t WHERE typtype = 'e'
  UNION ALL SELECT identity, 'columns', rig_columns(stxrelid, stxkeys::int2[]) FROM statistics
  UNION ALL SELECT identity, 'kinds', (SELECT array_agg(CASE k WHEN 'd' THEN 'ndistinct' WHEN 'f' THEN 'dependencies' WHEN 'm' THEN 'mcv' END ORDER BY CASE k WHEN 'd' THEN 'ndistinct' WHEN 'f' THEN 'dependencies' WHEN 'm' THEN 'mcv' END COLLATE "C")
      FROM unnest(stxkind) k WHERE k <> 'e') FROM statistics
  UNION ALL SELECT format('table %s in %s', rig_relation(prrelid), identity), 'columns', rig_columns(prrelid, prattrs::int2[]) FROM publication p JOIN pg_publication_rel ON prpubid = p.oid
  -- privileges
  UNION ALL SELECT 'schema ' || rig_name(nspname), 'privileges', rig_changed_privileges(nspacl, 'n', nspowner) FROM namespace
  UNION ALL SELECT identity, 'privileges', rig_changed_privileges(relacl, CASE relkind WHEN 'S' THEN 's'::"char" ELSE 'r' END, relowner) FROM relation
  UNION ALL SELECT a.identity, 'privileges', rig_privileges(attacl, 'c', relowner) FROM attribute a JOIN pg_class c ON c.oid = attrelid
  UNION ALL SELECT identity, 'privileges', rig_changed_privileges(proacl, 'f', proowner) FROM routine
  UNION ALL SELECT identity, 'privileges', rig_changed_privileges(typacl, 'T', typowner) FROM type
  UNION ALL SELECT identity, 'privileges', rig_changed_privileges(typacl, 'T', typowner) FROM relation c JOIN pg_type t ON t.oid = reltype WHERE relkind = 'c'
  UNION ALL SELECT identity, 'privileges', rig_changed_privileges(lanacl, 'l', lanowner) FROM language
  UNION ALL SELECT identity, 'privileges', rig_changed_privileges(fdwacl, 'F', fdwowner) FROM wrapper
  UNION ALL SELECT identity, 'privileges', rig_changed_privileges(srvacl, 'S', srvowner) FROM server
  UNION ALL SELECT 'default privileges for ' || CASE defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES' WHEN 'f' THEN 'FUNCTIONS' WHEN 'T' THEN 'TYPES' WHEN 'L' THEN 'LARGE OBJECTS' ELSE 'SCHEMAS' END
      || CASE WHEN defaclrole = 10 THEN '' ELSE ' of role ' || rig_name(pg_get_userbyid(defaclrole)) END
      || CASE WHEN defaclnamespace = 0 THEN '' ELSE ' in schema ' || rig_name(defaclnamespace::regnamespace::text) END,
      'privileges', coalesce(CASE defaclnamespace WHEN 0 THEN rig_privileges(defaclacl, CASE defaclobjtype WHEN 'S' THEN 's'::"char" ELSE defaclobjtype END, defaclrole)
      ELSE (SELECT array_agg(entry) FROM unnest(rig_privileges(defaclacl, 'r', defaclrole)) entry WHERE entry NOT LIKE 'owner lacks: %') END, ARRAY[]::text[]) FROM pg_default_acl
)
SELECT identity, property, sort, value FROM single WHERE value IS NOT NULL
UNION ALL SELECT identity, property, 'l', item FROM list CROSS JOIN LATERAL (SELECT NULL::text AS item UNION ALL SELECT * FROM unnest(value)) items WHERE value IS NOT NULL
