-- Names: folding, quoting, keywords of each class, truncation.
CREATE TABLE Marketing.Company (Id int, NAME text);
CREATE TABLE "Marketing"."Company" ("Id" int, "NAME" text);
CREATE TABLE marketing . company (id int);
CREATE TABLE marketing /* here */ . -- and here
    company (id int);
CREATE TABLE "a""b".c (d int);
CREATE TABLE "a.b"."c d" ("e,f" int);
CREATE TABLE U&"d\0061ta" (U&"\0441\043B\043E\043D" int);
CREATE TABLE U&"d!0061ta" UESCAPE '!' (a int);
CREATE TABLE ünïcöde (ÄÖÜ int, "ÄÖÜ" int);
CREATE TABLE 日本 (会社 text);
CREATE TABLE _a (_ int, x_$ int);
CREATE TABLE a$b (c$1 int, d_$ int);
CREATE TABLE this_name_is_longer_than_sixty_three_bytes_and_so_postgresql_will_cut_it (a int);
CREATE TABLE "This Name Is Longer Than Sixty Three Bytes, And So PostgreSQL Will Cut It" (a int);
CREATE TABLE ten_chars_äöüäöüäöüäöüäöüäöüäöüäöüäöüäöü_and_more (a int);
CREATE TABLE a (this_column_name_is_longer_than_sixty_three_bytes_and_so_postgresql_will_cut_it int);
CREATE TABLE a1 (b2 int);
-- rejected
CREATE TABLE "" (a int);
-- Unreserved keywords are names of anything.
CREATE TABLE abort (absolute int, access int, action int, add int, admin int, after int, aggregate int, also int, alter int, always int, assertion int, assignment int, at int, atomic int, attach int, attribute int);
CREATE TABLE backward (before int, begin int, breadth int, by int, cache int, call int, called int, cascade int, cascaded int, catalog int, chain int, characteristics int, checkpoint int, class int, close int, cluster int, columns int, comment int, comments int, commit int, committed int);
CREATE TABLE compression (conditional int, configuration int, conflict int, connection int, constraints int, content int, continue int, conversion int, copy int, cost int, csv int, cube int, current int, cursor int, cycle int, data int, database int, day int, deallocate int, declare int, defaults int, deferred int, definer int, delete int, delimiter int);
CREATE TABLE delimiters (depends int, depth int, detach int, dictionary int, disable int, discard int, document int, domain int, double int, drop int, each int, empty int, enable int, encoding int, encrypted int, enforced int, enum int, error int, escape int, event int, exclude int, excluding int, exclusive int, execute int, explain int, expression int, extension int, external int);
CREATE TABLE family (filter int, finalize int, first int, following int, force int, format int, forward int, function int, functions int, generated int, global int, granted int, groups int, handler int, header int, hold int, hour int, identity int, if int, immediate int, immutable int, implicit int, import int, include int, including int, increment int, indent int, index int, indexes int, inherit int, inherits int, inline int, input int, insensitive int, insert int, instead int, invoker int, isolation int);
CREATE TABLE keep (key int, keys int, label int, language int, large int, last int, leakproof int, level int, listen int, load int, local int, location int, lock int, locked int, logged int, mapping int, match int, matched int, materialized int, maxvalue int, merge int, method int, minute int, minvalue int, mode int, month int, move int);
CREATE TABLE name (names int, nested int, new int, next int, nfc int, nfd int, nfkc int, nfkd int, no int, normalized int, nothing int, notify int, nowait int, nulls int, object int, objects int, of int, off int, oids int, old int, omit int, operator int, option int, options int, ordinality int, others int, over int, overriding int, owned int, owner int);
CREATE TABLE parallel (parameter int, parser int, partial int, partition int, passing int, password int, path int, period int, plan int, plans int, policy int, preceding int, prepare int, prepared int, preserve int, prior int, privileges int, procedural int, procedure int, procedures int, program int, publication int, quote int, quotes int);
CREATE TABLE range (read int, reassign int, recursive int, ref int, referencing int, refresh int, reindex int, relative int, release int, rename int, repeatable int, replace int, replica int, reset int, restart int, restrict int, return int, returns int, revoke int, role int, rollback int, rollup int, routine int, routines int, rows int, rule int);
CREATE TABLE savepoint (scalar int, schema int, schemas int, scroll int, search int, second int, security int, sequence int, sequences int, serializable int, server int, session int, set int, sets int, share int, show int, simple int, skip int, snapshot int, source int, sql int, stable int, standalone int, start int, statement int, statistics int, stdin int, stdout int, storage int, stored int, strict int, string int, strip int, subscription int, support int, sysid int, system int);
CREATE TABLE tables (tablespace int, target int, temp int, template int, temporary int, text int, ties int, transaction int, transform int, trigger int, truncate int, trusted int, type int, types int, uescape int, unbounded int, uncommitted int, unconditional int, unencrypted int, unknown int, unlisten int, unlogged int, until int, update int);
CREATE TABLE vacuum (valid int, validate int, validator int, value int, varying int, version int, view int, views int, virtual int, volatile int, whitespace int, within int, without int, work int, wrapper int, write int, xml int, year int, yes int, zone int);
-- Keywords that are names of columns and tables, not of functions or types.
CREATE TABLE between (bigint int, bit int, boolean int, char int, character int, coalesce int, dec int, decimal int, exists int, extract int, float int, greatest int, grouping int, inout int, int int, integer int, interval int, json int, json_array int, json_table int, least int, merge_action int, national int, nchar int, none int, normalize int, nullif int, numeric int, out int, overlay int, position int, precision int, real int, row int, setof int, smallint int, substring int, time int, timestamp int, treat int, trim int, values int, varchar int, xmlattributes int, xmltable int);
CREATE FUNCTION authorization() RETURNS left LANGUAGE sql AS '';
CREATE FUNCTION marketing.select() RETURNS int LANGUAGE sql AS '';
CREATE TABLE marketing.select (a int);
CREATE TABLE marketing.user.table (a int);
SELECT a.select, a.user, marketing.order.group FROM marketing.table AS a;
ALTER TABLE marketing.order RENAME TO orders;
CREATE INDEX i ON marketing.order (id);
GRANT SELECT ON marketing.user TO bob;
COMMENT ON COLUMN marketing.user.order IS 'x';
SELECT 1 AS select;
DROP TABLE IF EXISTS "select", "Table";
SET "Custom"."Name" = 1;
-- rejected
CREATE ROLE "none";
-- rejected
CREATE TABLE all (a int);
-- rejected
CREATE TABLE analyse (a int);
-- rejected
CREATE TABLE and (a int);
-- rejected
CREATE TABLE any (a int);
-- rejected
CREATE TABLE array (a int);
-- rejected
CREATE TABLE as (a int);
-- rejected
CREATE TABLE asymmetric (a int);
-- rejected
CREATE TABLE both (a int);
-- rejected
CREATE TABLE case (a int);
-- rejected
CREATE TABLE cast (a int);
-- rejected
CREATE TABLE collate (a int);
-- rejected
CREATE TABLE column (a int);
-- rejected
CREATE TABLE constraint (a int);
-- rejected
CREATE TABLE current_date (a int);
-- rejected
CREATE TABLE distinct (a int);
-- rejected
CREATE TABLE do (a int);
-- rejected
CREATE TABLE end (a int);
-- rejected
CREATE TABLE except (a int);
-- rejected
CREATE TABLE false (a int);
-- rejected
CREATE TABLE fetch (a int);
-- rejected
CREATE TABLE foreign (a int);
-- rejected
CREATE TABLE grant (a int);
-- rejected
CREATE TABLE group (a int);
-- rejected
CREATE TABLE having (a int);
-- rejected
CREATE TABLE in (a int);
-- rejected
CREATE TABLE initially (a int);
-- rejected
CREATE TABLE intersect (a int);
-- rejected
CREATE TABLE into (a int);
-- rejected
CREATE TABLE lateral (a int);
-- rejected
CREATE TABLE leading (a int);
-- rejected
CREATE TABLE localtime (a int);
-- rejected
CREATE TABLE not (a int);
-- rejected
CREATE TABLE null (a int);
-- rejected
CREATE TABLE offset (a int);
-- rejected
CREATE TABLE on (a int);
-- rejected
CREATE TABLE only (a int);
-- rejected
CREATE TABLE or (a int);
-- rejected
CREATE TABLE placing (a int);
-- rejected
CREATE TABLE primary (a int);
-- rejected
CREATE TABLE references (a int);
-- rejected
CREATE TABLE returning (a int);
-- rejected
CREATE TABLE session_user (a int);
-- rejected
CREATE TABLE some (a int);
-- rejected
CREATE TABLE symmetric (a int);
-- rejected
CREATE TABLE system_user (a int);
-- rejected
CREATE TABLE table (a int);
-- rejected
CREATE TABLE then (a int);
-- rejected
CREATE TABLE trailing (a int);
-- rejected
CREATE TABLE true (a int);
-- rejected
CREATE TABLE union (a int);
-- rejected
CREATE TABLE unique (a int);
-- rejected
CREATE TABLE using (a int);
-- rejected
CREATE TABLE variadic (a int);
-- rejected
CREATE TABLE when (a int);
-- rejected
CREATE TABLE where (a int);
-- rejected
CREATE TABLE window (a int);
-- rejected
CREATE TABLE with (a int);
-- rejected
CREATE TABLE authorization (a int);
-- rejected
CREATE TABLE binary (a int);
-- rejected
CREATE TABLE collation (a int);
-- rejected
CREATE TABLE concurrently (a int);
-- rejected
CREATE TABLE cross (a int);
-- rejected
CREATE TABLE freeze (a int);
-- rejected
CREATE TABLE ilike (a int);
-- rejected
CREATE TABLE inner (a int);
-- rejected
CREATE TABLE is (a int);
-- rejected
CREATE TABLE join (a int);
-- rejected
CREATE TABLE like (a int);
-- rejected
CREATE TABLE natural (a int);
-- rejected
CREATE TABLE outer (a int);
-- rejected
CREATE TABLE overlaps (a int);
-- rejected
CREATE TABLE similar (a int);
-- rejected
CREATE TABLE tablesample (a int);
-- rejected
CREATE TABLE verbose (a int);
-- rejected
CREATE TABLE a ("" int);
-- rejected
CREATE FUNCTION between() RETURNS int LANGUAGE sql AS '';
-- rejected
CREATE FUNCTION coalesce() RETURNS int LANGUAGE sql AS '';
-- rejected
CREATE INDEX order ON a (b);
-- rejected
ALTER TABLE a ADD COLUMN end timestamptz;
-- rejected
ALTER TABLE a RENAME COLUMN b TO order;
-- rejected
ALTER TABLE order ADD COLUMN b int;
-- rejected
DROP TABLE user;
-- rejected
SELECT user.name FROM user;
-- rejected
SELECT * FROM order;
-- rejected
SELECT 1 over;
-- rejected
SELECT 1 within;
-- rejected
CREATE TABLE a.b. (c int);
-- rejected
CREATE TABLE .a (c int);
-- rejected
CREATE TABLE a b.c (d int);
-- rejected
CREATE TABLE a.* (d int);
-- rejected
CREATE TABLE a[1] (d int);
-- rejected
CREATE TABLE 1a (d int);
-- rejected
CREATE TABLE a@b (d int);
-- rejected
CREATE TABLE a-b (d int);
-- rejected
CREATE TABLE $a (d int);
-- rejected
CREATE TABLE #temp (d int);
-- rejected
CREATE TABLE @t (d int);
-- rejected
CREATE TABLE a (b-c int);
-- rejected
CREATE TABLE a (b.c int);
-- rejected
CREATE TABLE a ('b' int);
-- rejected
CREATE TABLE U&"\00zz" (a int);
-- rejected
CREATE TABLE U&"\0000" (a int);
