-- Types wherever a type is written.
ALTER TABLE a ADD b int;
ALTER TABLE a ADD b integer;
ALTER TABLE a ADD b INT4;
ALTER TABLE a ADD b smallint;
ALTER TABLE a ADD b bigint;
ALTER TABLE a ADD b real;
ALTER TABLE a ADD b float;
ALTER TABLE a ADD b float(24);
ALTER TABLE a ADD b float(25);
ALTER TABLE a ADD b double precision;
ALTER TABLE a ADD b DOUBLE  PRECISION [ ];
ALTER TABLE a ADD b decimal;
ALTER TABLE a ADD b decimal(5);
ALTER TABLE a ADD b dec(5, 2);
ALTER TABLE a ADD b numeric(1_0, 0x2);
ALTER TABLE a ADD b numeric(10, -2);
ALTER TABLE a ADD b boolean;
ALTER TABLE a ADD b bool;
ALTER TABLE a ADD b bit;
ALTER TABLE a ADD b bit(8);
ALTER TABLE a ADD b bit varying;
ALTER TABLE a ADD b bit varying(8);
ALTER TABLE a ADD b varbit(8);
ALTER TABLE a ADD b char;
ALTER TABLE a ADD b char(3);
ALTER TABLE a ADD b character;
ALTER TABLE a ADD b character(3);
ALTER TABLE a ADD b char varying;
ALTER TABLE a ADD b char varying(3);
ALTER TABLE a ADD b character varying(3);
ALTER TABLE a ADD b varchar;
ALTER TABLE a ADD b varchar(255);
ALTER TABLE a ADD b VARCHAR (255) [];
ALTER TABLE a ADD b nchar(3);
ALTER TABLE a ADD b nchar varying(3);
ALTER TABLE a ADD b national char;
ALTER TABLE a ADD b national character(3);
ALTER TABLE a ADD b national character varying(3);
ALTER TABLE a ADD b bpchar;
ALTER TABLE a ADD b "char";
ALTER TABLE a ADD b "varchar"(3);
ALTER TABLE a ADD b timestamp;
ALTER TABLE a ADD b timestamp(0);
ALTER TABLE a ADD b timestamp with time zone;
ALTER TABLE a ADD b timestamp(6) with time zone;
ALTER TABLE a ADD b timestamp without time zone;
ALTER TABLE a ADD b timestamp(6) without time zone[];
ALTER TABLE a ADD b timestamptz(3);
ALTER TABLE a ADD b time;
ALTER TABLE a ADD b time(3);
ALTER TABLE a ADD b time with time zone;
ALTER TABLE a ADD b time(3) without time zone;
ALTER TABLE a ADD b timetz;
ALTER TABLE a ADD b date;
ALTER TABLE a ADD b interval;
ALTER TABLE a ADD b interval(6);
ALTER TABLE a ADD b interval year;
ALTER TABLE a ADD b interval month;
ALTER TABLE a ADD b interval day;
ALTER TABLE a ADD b interval hour;
ALTER TABLE a ADD b interval minute;
ALTER TABLE a ADD b interval second;
ALTER TABLE a ADD b interval second(3);
ALTER TABLE a ADD b interval year to month;
ALTER TABLE a ADD b interval day to hour;
ALTER TABLE a ADD b interval day to minute;
ALTER TABLE a ADD b interval day to second;
ALTER TABLE a ADD b interval hour to minute;
ALTER TABLE a ADD b interval hour to second(0);
ALTER TABLE a ADD b interval minute to second[];
ALTER TABLE a ADD b json;
ALTER TABLE a ADD b json[];
ALTER TABLE a ADD b jsonb;
ALTER TABLE a ADD b uuid;
ALTER TABLE a ADD b xml;
ALTER TABLE a ADD b text[];
ALTER TABLE a ADD b text[][];
ALTER TABLE a ADD b text[3][];
ALTER TABLE a ADD b text array;
ALTER TABLE a ADD b text ARRAY[5];
ALTER TABLE a ADD b setof text;
ALTER TABLE a ADD b setof text[];
ALTER TABLE a ADD b setof text array[2];
ALTER TABLE a ADD b marketing.kind;
ALTER TABLE a ADD b "Marketing"."Kind"(1)[];
ALTER TABLE a ADD b pg_catalog.int4;
ALTER TABLE a ADD b pg_catalog."char";
ALTER TABLE a ADD b marketing.kind(1, 'two', three, a.b, 4.5);
ALTER TABLE a ADD b kind(1 + 1, f(x), NULL);
ALTER TABLE a ADD b geometry(MultiPolygonZ, 4326) NOT NULL;
ALTER TABLE a ADD b serial;
ALTER TABLE a ADD b serial[];
ALTER TABLE a ADD b name;
ALTER TABLE a ADD b type;
ALTER TABLE a ADD b enum;
ALTER TABLE a ADD b text collate "C" not null;
ALTER TABLE a ADD b left;
ALTER TABLE a ADD b over;
ALTER TABLE a ADD b year;
CREATE FUNCTION f(a int[], b text array, c bit varying(3), d interval hour) RETURNS SETOF timestamp(3) with time zone[] LANGUAGE sql AS '';
SELECT '1'::int4[], x::interval second(3), y::bit(3), z::national character varying(5)[];
SELECT CAST(a AS double precision), CAST(b AS interval(3)), CAST(c AS setof int);
PREPARE p (bit, char, varchar(3), timestamp with time zone, marketing.t[]) AS SELECT 1;
DROP FUNCTION f(bit, char, time with time zone, "char", national character(3));
COMMENT ON TYPE bool IS 'x';
COMMENT ON TYPE boolean IS 'x';
DROP TYPE marketing.kind[];
-- rejected
ALTER TABLE a ADD b int unsigned;
-- rejected
ALTER TABLE a ADD b int(11);
-- rejected
ALTER TABLE a ADD b boolean(1);
ALTER TABLE a ADD b double;

-- rejected
ALTER TABLE a ADD b double(10, 2) precision;
-- rejected
ALTER TABLE a ADD b long varchar;
-- rejected
ALTER TABLE a ADD b varchar(10) varying;
-- rejected
ALTER TABLE a ADD b varchar 10;
-- rejected
ALTER TABLE a ADD b varchar();
-- rejected
ALTER TABLE a ADD b varchar(max) (3);
-- rejected
ALTER TABLE a ADD b varchar(10, );
-- rejected
ALTER TABLE a ADD b char(1, 2);
-- rejected
ALTER TABLE a ADD b timestamp with timezone;
-- rejected
ALTER TABLE a ADD b timestamp with time zone (3);
-- rejected
ALTER TABLE a ADD b timestamp(3, 4);
-- rejected
ALTER TABLE a ADD b time zone;
-- rejected
ALTER TABLE a ADD b interval second to minute;
-- rejected
ALTER TABLE a ADD b interval day(3);
-- rejected
ALTER TABLE a ADD b interval '1';
-- rejected
ALTER TABLE a ADD b []int;
-- rejected
ALTER TABLE a ADD b array[int];
-- rejected
ALTER TABLE a ADD b int[1:2];
-- rejected
ALTER TABLE a ADD b int[x];
-- rejected
ALTER TABLE a ADD b array<int>;
-- rejected
ALTER TABLE a ADD b int[;
-- rejected
ALTER TABLE a ADD b bit.kind;
-- rejected
ALTER TABLE a ADD b public.bit varying;
-- rejected
ALTER TABLE a ADD b json.x;
-- rejected
ALTER TABLE a ADD b numeric.x;
-- rejected
ALTER TABLE a ADD b select;
-- rejected
ALTER TABLE a ADD b user;
-- rejected
ALTER TABLE a ADD b 'text';
-- rejected
ALTER TABLE a ADD b setof;
-- rejected
ALTER TABLE a ADD b int setof;
-- rejected
ALTER TABLE a ADD b a.b.c%type;
-- rejected
ALTER TABLE a ADD b marketing.;
ALTER TABLE a ADD b "marketing"."kind;
";
-- rejected
ALTER TABLE a ADD b between;
-- rejected
ALTER TABLE a ADD b float(x);
-- rejected
ALTER TABLE a ADD b national text;
