-- Settings and what belongs to a session.
SET search_path = marketing, public;
SET search_path TO marketing, public;
SET search_path TO '';
SET search_path = "$user", public;
SET search_path TO DEFAULT;
SET LOCAL search_path = marketing;
SET SESSION search_path = 'marketing', "Public";
SET statement_timeout = 0;
SET statement_timeout = '5s';
SET LOCAL lock_timeout TO '2s';
SET lock_timeout TO 5000;
SET x = -1;
SET x = 1.5;
SET x = +2;
SET x TO on;
SET x TO off;
SET x TO true;
SET x TO false;
SET x = yes;
SET my.custom = 'x';
SET "My"."Custom" = y;
SET my.very.deep = 1, 'two', three;
SET x FROM CURRENT;
SET client_min_messages = warning;
SET check_function_bodies = false;
SET default_tablespace = '';
SET TIME ZONE 'UTC';
SET TIME ZONE LOCAL;
SET TIME ZONE DEFAULT;
SET TIME ZONE -7;
SET TIME ZONE 5.5;
SET TIME ZONE utc;
SET TIME ZONE "America/New_York";
SET TIME ZONE INTERVAL '-08:00' HOUR TO MINUTE;
SET TIME ZONE INTERVAL '1' HOUR;
SET timezone = 'UTC';
SET SCHEMA 'marketing';
SET NAMES 'UTF8';
SET NAMES;
SET NAMES DEFAULT;
SET ROLE bob;
SET ROLE 'bob';
SET ROLE NONE;
SET SESSION AUTHORIZATION bob;
SET SESSION AUTHORIZATION 'bob';
SET SESSION AUTHORIZATION DEFAULT;
SET LOCAL SESSION AUTHORIZATION bob;
SET LOCAL ROLE bob;
SET XML OPTION DOCUMENT;
SET XML OPTION CONTENT;
SET LOCAL TIME ZONE 'UTC';
RESET search_path;
RESET ALL;
RESET my.custom;
RESET TIME ZONE;
RESET TRANSACTION ISOLATION LEVEL;
RESET SESSION AUTHORIZATION;
RESET ROLE;
SHOW search_path;
SHOW ALL;
SHOW TIME ZONE;
SHOW TRANSACTION ISOLATION LEVEL;
SHOW SESSION AUTHORIZATION;
SHOW my.custom;
DISCARD ALL;
DISCARD TEMP;
DISCARD TEMPORARY;
DISCARD PLANS;
DISCARD SEQUENCES;
LISTEN channel;
LISTEN "Channel";
UNLISTEN channel;
UNLISTEN *;
NOTIFY channel;
NOTIFY channel, 'payload';
LOAD 'auto_explain';
LOCK a;
LOCK TABLE marketing.company;
LOCK TABLE ONLY a, b *;
LOCK TABLE a IN ACCESS SHARE MODE;
LOCK TABLE a IN ROW SHARE MODE;
LOCK TABLE a IN ROW EXCLUSIVE MODE NOWAIT;
LOCK TABLE a IN SHARE UPDATE EXCLUSIVE MODE;
LOCK a IN SHARE MODE;
LOCK a IN SHARE ROW EXCLUSIVE MODE;
LOCK a IN EXCLUSIVE MODE;
LOCK TABLE a IN ACCESS EXCLUSIVE MODE NOWAIT;
LOCK a NOWAIT;
-- rejected
SET;
-- rejected
SET search_path;
-- rejected
SET search_path marketing;
-- rejected
SET search_path =;
-- rejected
SET search_path = a b;
-- rejected
SET search_path = a,;
-- rejected
SET x := 1;
-- rejected
SET @x = 1;
-- rejected
SET x = 1 + 1;
-- rejected
SET x = now();
-- rejected
SET x = (SELECT 1);
-- rejected
SET x = NULL;
-- rejected
SET GLOBAL x = 1;
-- rejected
SET LOCAL SESSION x = 1;
-- rejected
SET TIME ZONE;
-- rejected
SET SCHEMA marketing;
-- rejected
SET FOREIGN_KEY_CHECKS 0;
-- rejected
SET IDENTITY_INSERT a ON;
-- rejected
SET ANSI_NULLS ON;
-- rejected
SET TIME ZONE INTERVAL '1' DAY;
-- rejected
SET CATALOG 'x';
-- rejected
RESET;
-- rejected
RESET LOCAL x;
-- rejected
SHOW;
-- rejected
SHOW TABLES FROM x;
-- rejected
DISCARD;
-- rejected
LISTEN 'channel';
-- rejected
NOTIFY channel 'payload';
-- rejected
NOTIFY channel, payload;
-- rejected
LOCK TABLE a IN EXCLUSIVE;
-- rejected
LOCK TABLE a EXCLUSIVE MODE;
-- rejected
LOCK TABLES a WRITE;
-- rejected
LOCK TABLE a IN UPDATE MODE;
-- rejected
LOAD auto_explain;
