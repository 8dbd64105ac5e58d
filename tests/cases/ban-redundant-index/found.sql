CREATE TABLE t (id bigint PRIMARY KEY, a int, b int, c text);
CREATE INDEX a ON t (a); -- warning: index `a` of `t` is of no use beside index `ab`, which begins with the same columns
CREATE INDEX ab ON t (a, b);
CREATE INDEX ab_down ON t (a DESC, b DESC); -- warning: index `ab_down` of `t` is of no use beside index `ab`, which has the same columns
CREATE INDEX lower_c ON t (lower(c)) INCLUDE (a); -- warning: `lower_c`
CREATE INDEX lower_cb ON t (LOWER(c), b) INCLUDE (a);
CREATE INDEX small ON t (c);
CREATE INDEX large ON t (c, a) INCLUDE (b);
DO $$ BEGIN -- warning: `few`
  CREATE INDEX few ON t (b) WHERE a > 1;
END $$;
CREATE INDEX few_more ON t (b, c) WHERE (a > 1);
CREATE TABLE p (a int, b int, PRIMARY KEY (a, b)) PARTITION BY LIST (a);
CREATE INDEX p_a ON p (a); -- warning: index `p_a` of `p` is of no use beside the primary key `p_pkey`
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
