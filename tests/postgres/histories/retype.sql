-- migration: expressions on columns of several types
create type grade as enum ('a', 'b');
create function plain(varchar) returns varchar language sql immutable as $$ select lower($1) $$;
create table r1 (s grade, check (s = 'a'));
create table r2 (s grade, n int);
create index r2i on r2 (n) where s = 'a';
create table r3 (s grade, n int);
create index r3i on r3 (n) where s in ('a', 'b');
create table r4 (s uuid check (s <> '00000000-0000-0000-0000-000000000000'));
create table r5 (s varchar(10) check (s <> 'a' and length(s) > 2), n int check (n > 0));
create table r6 (s text, check (s in ('a', 'b')));
create table r7 (s int, check (s in (1, 2)));
create table r8 (s varchar(10) not null);
create unique index r8i on r8 (plain(s));
create table r9 (s timestamp, d date, check (s > d), check (d < '2020-01-01'));
-- migration: an enum becomes text
alter table r1 alter s type text;
alter table r2 alter s type text using s::text;
alter table r3 alter s type text using s::text;
alter table r4 alter s type text;
alter table r6 alter s type grade using s::grade;
alter table r7 alter s type text;
-- migration: casts that were not written are asked for now
alter table r5 alter s type text;
alter table r6 alter s type varchar(20);
alter table r7 alter s type bigint;
alter table r8 alter s type text;
alter table r9 alter d type timestamptz;
-- down
alter table r5 alter s type varchar(10);
alter table r6 alter s type text;
alter table r7 alter s type int;
alter table r8 alter s type varchar(10);
alter table r9 alter d type date;
-- migration: lower than it was
alter table r5 alter n type numeric;
-- down
alter table r5 alter n type int;
-- migration: names that have changed since
alter table r5 rename s to s2;
alter table r5 alter s2 type text;
alter table r5 alter s2 type varchar(5);
alter table r2 rename column s to kind;
alter type grade rename to grades;
alter table r2 alter kind type text;
drop index r2i;
alter table r2 alter kind type text;
-- migration: what has several operands agrees on a type again
create table r10 (id int not null, again int, n smallint);
create index r10i on r10 (coalesce(again, id) desc, id) where case when n > 1 then id else n end > 0;
-- migration: wider
alter table r10 alter id type bigint;
-- down
alter table r10 alter id type int;
-- migration: parentheses to the right stay
create table r11 (a bool, b bool, c bool, constraint three check (a and (b and c)));
-- down
drop table r11;
-- migration: without them
alter table r11 drop constraint three, add constraint three check (a and b and c);
-- down
alter table r11 drop constraint three, add constraint three check (a and (b and c));
-- migration: to the left they go
alter table r11 drop constraint three, add constraint three check ((a and b) and c);
