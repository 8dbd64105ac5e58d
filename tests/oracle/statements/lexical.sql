-- What the scanner does: strings, numbers, comments, operators, parameters.
SELECT 'a''b', '', 'two
lines; and a -- comment /* that is none';
SELECT 'one'
    'two'   -- a comment between
    'three';
SELECT E'a\'b\\c\n\t\x41\101\u0041\U00000041', e'\'', E'\
';
SELECT E'a\'b'
    'c\'d';
SELECT U&'d\0061t\+000061', U&'d!0061' UESCAPE '!', u&'\\', U&'\D83D\DE00';
SELECT B'101', b'', X'1F', x'ff', B'1'
'0';
SELECT N'national', n'x';
SELECT $$a$$, $$it's $1 ; -- /* $$, $a$ $$ $b$ $a$, $_1$x$_1$, $ä$x$ä$, $A$ $a$ $A$;
SELECT $$
multi;
line
$$;
SELECT 1, 1.5, .5, 5., 1e10, 1.5e-3, .5E+2, 0x1F, 0o17, 0b101, 1_000_000, 1_000.000_1, 0xFF_FF, 1.e5;
SELECT 9223372036854775807, 9223372036854775808, 0xFFFFFFFFFFFFFFFFFF, 00012, -0;
SELECT a[1:2], a[1 :2], a[b:c], a[b::int:c];
SELECT a /* x */ , /* /* nested */ ; */ b -- ; c
, d;
SELECT 1--2
+ 3;
SELECT 1 - -2, 1 -(-2), 1+-2, a@-1, a<-1, a <-1, a>-1, a=-1;
SELECT a *- b, a @-@ b, a <-> b, a |/ b, a ~- b, a !=- b, a ?- b, a #- b;
SELECT a<=b, a>=b, a<>b, a!=b;
SELECT f(a=>1), f(a =>1), f(a:=1), f(a := 1);
SELECT a+/* comment right after an operator */b, a-- and another
+ b, a */**/ b;
SELECT a::int, a :: int, a
::
int;
SELECT a||b, a||-b, a||'x', 'x'||a, a->'b', a->>'b'||'c', a#>>'{b}', a@>'{}';
SELECT $1, $2 + $10, $1::text;
SELECT "a", "a""b", "A b;c -- d /* e", U&"\0061", u&"d!0061" UESCAPE '!';
SELECT"a"FROM"b"WHERE"c"='d'AND(1=1)OR'x'='y';
SELECT(1)+(2),(a)FROM(b CROSS JOIN c)WHERE(d);
SELECT*FROM a;
SELECT a.b,c . d, "e"."f", "g" . h, i.*, j . *;
select Case When TRUE then FALSE else NULL end;
SELECT	'tab',
	'form feed','vertical tab';
SELECT 'a\', 'b\\', '\'' ';
;;
; ; /* nothing */ ;
-- nothing
SELECT 'after nothing';
SELECT 'ünïcödé', '日本語', '😀', ünï, "日本" -- 😀
, 'x';
SELECT a ? b, a ?| b, a ?& b, a @? b, a ~ b, a ^@ b, a <@ b, a `` b, a ## b, a !~~* b, a |&> b;
SELECT atomic_begin, begin_atomic FROM atomic;
SELECT 1 AS begin, 2 AS atomic, 3 AS "end";
CREATE TABLE atomic (begin int, atomic int);
SELECT 1; SELECT 2;SELECT 3
;
SELECT 'a' /* the continuation needs a line break */ , 'b';
SELECT 1 AS "a;b", $$;$$, ';', E';', U&';', B'', $x$;$x$, /* ; */ 2; -- ;
CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT ';'; SELECT 1 AS "end;"; /* END; */ SELECT CASE WHEN a THEN 1 END FROM b; END;
SELECT case when a then 1 end;
CREATE RULE r AS ON INSERT TO a DO (SELECT ';'; SELECT 2;);
SELECT 1 WHERE a !~ '^[a-z;]+$' AND b <> $q$;$q$;
-- rejected
SELECT 'a' 'b';
-- rejected
SELECT 'a' /* no line break: */ 'b';
-- rejected
SELECT 1a;
-- rejected
SELECT 123abc FROM a;
-- rejected
SELECT 0x;
-- rejected
SELECT 0b2;
-- rejected
SELECT 0o8;
-- rejected
SELECT 1_;
-- rejected
SELECT 1__000;
-- rejected
SELECT 1e;
-- rejected
SELECT 1.5e+;
-- rejected
SELECT 1.5.5;
-- rejected
SELECT 1..2;
-- rejected
SELECT a: :int;
-- rejected
SELECT a=>b;
-- rejected
SELECT $a;
-- rejected
SELECT #;
-- rejected
SELECT a ! b !;
-- rejected
SELECT {1};
-- rejected
SELECT [1];
-- rejected
SELECT a ` b `;
-- rejected
SELECT E'\u00zz';
-- rejected
SELECT E'\ud800';
-- rejected
SELECT U&'\00zz';
-- rejected
SELECT U&'x' UESCAPE 'aa';
-- rejected
SELECT U&'x' UESCAPE '+';
-- rejected
SELECT "";
-- rejected
SELECT =>;
-- rejected
SELECT :=;
-- rejected
SELECT a := 1;
-- rejected
SELECT 1 ::: int;
-- rejected
SELECT a . . b;
-- rejected
SELECT ..;
-- rejected
SELECT X'1G' 'x';
-- rejected
SELECT (1;);
-- rejected
SELECT 1);
-- rejected
);
-- rejected
,;
-- rejected
#!/bin/sh;
-- rejected
// a comment of another language
SELECT 1;
-- rejected
# a comment of another dialect
SELECT 1;
-- rejected
people/*.tsx and hubs/*.ts are globs, not comments;  */ ;
*/;
-- rejected
x;
-- rejected
hello world;
-- rejected
1;
-- rejected
'x';
-- rejected
"x";
-- rejected
$$x$$;
-- rejected
END IF;
-- rejected
GO;
-- rejected
<<<<<<< HEAD;
-- rejected
>>>>>>> branch;
-- rejected
ELSE;
-- rejected
*;
