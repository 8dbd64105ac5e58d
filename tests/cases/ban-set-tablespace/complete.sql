-- case: db/migration/V1__a.sql
CREATE TABLESPACE slow LOCATION '/slow';
-- case: db/migration/V2__b.sql
CREATE TABLESPACE fast LOCATION '/fast';
-- case: db/migration/V3__c.sql
ALTER TABLE ALL IN TABLESPACE slow SET TABLESPACE fast;
-- case: db/migration/V4__d.sql
CREATE TABLE a (id bigint PRIMARY KEY) TABLESPACE slow;
-- case: db/migration/V5__e.sql
ALTER TABLE ALL IN TABLESPACE slow SET TABLESPACE fast; -- error: all of `a` is copied, and nobody can use the table meanwhile
