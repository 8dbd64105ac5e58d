-- migration: rows of which something is not known
create table v1 (id bigserial primary key, name text);
create table v2 (a bigint, p bigint references v1 (id), v text not null, primary key (a, p), constraint v2u unique (a, p));
insert into v1 (name) values ('x'), ('y');
insert into v2 values (1, 1, '1 day'), (1, 2, 'forever'), (2, 1, '3 months'), (2, 2, '5');
-- migration: changed, nobody knows which
update v2 set v = extract(epoch from v::interval)::bigint where a = 1 and v <> 'forever';
update v2 set v = '0' where a in (1, 2) and v = 'forever';
update v2 set v = '0' where v = '86400';
-- migration: keys are still known
insert into v2 select 3, id, false from v1;
insert into v2 values (1, 2, 'again');
with new as (insert into v1 (name) values ('z') returning id) insert into v2 select 4, v1.id, false from v1, new;
insert into v1 (name) values ('u');
-- migration: a function makes tables whose names it computes
create function split(t text, n int) returns int language plpgsql as $$
declare part text;
begin
    for i in 0 .. n - 1 loop
        part := format('%s_%s', t, i);
        execute format('create table %s (like %s)', part, t);
    end loop;
    return n;
end $$;
select split('v1', 2);
alter table v1_0 add column more int;
alter table v1_2 add column more int;
-- migration: names that code computes before it runs them
do $$
declare s text := (select setting from pg_settings where name = 'block_size'); said text;
begin
    said := 'create table blocks_' || s || ' (a int)';
    execute said;
end $$;
alter table blocks_8192 add column more int;
