-- CREATE TABLE: names, persistence, columns, column constraints, options.
CREATE TABLE company (id integer);
CREATE TABLE marketing.company (company_unique_id text);
create table outreach.marketing.company (id int);
CREATE TABLE "Marketing"."Company Master" ("Unique Id" TEXT, "a""b" int);
CREATE TABLE Marketing.Company_Master (Company_Unique_ID TEXT);
CREATE TABLE nothing ();
CREATE TABLE marketing.nothing();
CREATE TABLE IF NOT EXISTS marketing.people (unique_id text);
CREATE TEMP TABLE scratch (id int);
CREATE TEMPORARY TABLE IF NOT EXISTS scratch (id int);
CREATE LOCAL TEMP TABLE scratch (id int);
CREATE LOCAL TEMPORARY TABLE scratch (id int);
CREATE GLOBAL TEMP TABLE scratch (id int);
CREATE GLOBAL TEMPORARY TABLE scratch (id int);
CREATE TEMP TABLE pg_temp.scratch (id int);
CREATE UNLOGGED TABLE intake.staging (row_no bigint, payload jsonb);
CREATE UNLOGGED TABLE IF NOT EXISTS intake.staging (row_no bigint);
CREATE TEMP TABLE a (id int) ON COMMIT DROP;
CREATE TEMP TABLE a (id int) ON COMMIT DELETE ROWS;
CREATE TEMP TABLE a (id int) ON COMMIT PRESERVE ROWS;
CREATE TABLE a (id int) TABLESPACE fast_disk;
CREATE TABLE a (id int) USING heap;
CREATE TABLE a (id int) USING "MyAm" WITH (fillfactor = 70) TABLESPACE "Fast";
CREATE TABLE a (id int) WITH (fillfactor = 70, autovacuum_enabled = false);
CREATE TABLE a (id int) WITH (fillfactor=70, toast.autovacuum_enabled=off, autovacuum_vacuum_scale_factor=0.05);
CREATE TABLE a (id int) WITH (autovacuum_enabled, "Weird Key" = 'x', toast_tuple_target = '128', user_catalog_table = true);
CREATE TABLE a (id int) WITH (autovacuum_enabled = on, parallel_workers = -1);
CREATE TABLE a (id int) WITH (n.o = none, k = int, j = default_text, l = +);
CREATE TABLE a (id int) WITHOUT OIDS;
CREATE TEMP TABLE a (id int) WITH (fillfactor = 50) ON COMMIT DROP TABLESPACE pg_default;
-- Types of columns
CREATE TABLE marketing.company_master (
    company_unique_id   TEXT          NOT NULL,
    company_name        VARCHAR(255)  NOT NULL,
    website_url         VARCHAR,
    employee_count      INTEGER       DEFAULT 0,
    annual_revenue      NUMERIC(15, 2),
    founded             DATE,
    is_active           BOOLEAN       NOT NULL DEFAULT TRUE,
    tags                TEXT[]        DEFAULT '{}',
    metadata            JSONB         DEFAULT '{}'::jsonb,
    created_at          TIMESTAMPTZ   NOT NULL DEFAULT now(),
    updated_at          TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT company_master_pkey PRIMARY KEY (company_unique_id)
);
CREATE TABLE a (b bit, c bit(3), d bit varying, e bit varying(5), f char, g char(7), h varchar(9), i character varying);
CREATE TABLE a (b timestamp, c timestamp(3), d timestamp with time zone, e timestamp(2) without time zone, f time, g time(4) with time zone);
CREATE TABLE a (b int[], c int[3], d int[][], e int ARRAY, f int ARRAY[4], g text[3][4][5], h marketing.slot[]);
CREATE TABLE a (b interval, c interval(3), d interval year, e interval year to month, f interval day to second(3), g interval second(2), h interval hour to minute);
CREATE TABLE a (id serial, b bigserial, c smallserial, d serial8);
CREATE TABLE a (b "char", c "int", d "Weird Type"(3), e pg_catalog.int4, f public.citext, g outreach.public.citext);
CREATE TABLE a (b geometry(Point, 4326), c geography(LineString), d vector(1536), e numeric(3, -2), f halfvec(16)[]);
CREATE TABLE a (b float, c float(1), d float(24), e float(25), f float(53), g double precision, h real, i dec(4), j decimal(3,1), k numeric);
CREATE TABLE a (b national character(3), c national char varying(4), d nchar(2), e nchar varying(5), f nchar);
CREATE TABLE a (b json, c jsonb, d xml, e uuid, f inet, g cidr, h macaddr, i money, j bytea, k oid, l regclass, m tsvector, n pg_lsn);
CREATE TABLE a (b int4range, c tstzmultirange, d point, e polygon, f xid8);
-- Column constraints
CREATE TABLE a (id int NOT NULL);
CREATE TABLE a (id int NULL);
CREATE TABLE a (id int CONSTRAINT id_there NOT NULL);
CREATE TABLE a (id int CONSTRAINT id_maybe NULL);
CREATE TABLE a (id int NOT NULL NO INHERIT);
CREATE TABLE a (id int PRIMARY KEY);
CREATE TABLE a (id int CONSTRAINT a_pk PRIMARY KEY);
CREATE TABLE a (id int PRIMARY KEY WITH (fillfactor = 90));
CREATE TABLE a (id int PRIMARY KEY USING INDEX TABLESPACE fast_disk);
CREATE TABLE a (id int PRIMARY KEY WITH (fillfactor = 90, deduplicate_items = off) USING INDEX TABLESPACE fast_disk DEFERRABLE);
CREATE TABLE a (id int UNIQUE);
CREATE TABLE a (id int UNIQUE NULLS NOT DISTINCT);
CREATE TABLE a (id int UNIQUE NULLS DISTINCT);
CREATE TABLE a (id int UNIQUE DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE a (id int UNIQUE INITIALLY DEFERRED);
CREATE TABLE a (id int UNIQUE DEFERRABLE INITIALLY IMMEDIATE);
CREATE TABLE a (id int UNIQUE NOT DEFERRABLE);
CREATE TABLE a (id int CONSTRAINT u UNIQUE NOT DEFERRABLE INITIALLY IMMEDIATE);
CREATE TABLE a (id int UNIQUE WITH (fillfactor = 80) USING INDEX TABLESPACE ts1 NOT NULL);
CREATE TABLE a (id int CHECK (id > 0));
CREATE TABLE a (id int CONSTRAINT positive CHECK (id > 0));
CREATE TABLE a (id int CHECK (id > 0) NO INHERIT);
CREATE TABLE a (id int CHECK (id > 0) NOT ENFORCED);
CREATE TABLE a (id int CONSTRAINT positive CHECK (id > 0) ENFORCED);
CREATE TABLE a (id int CHECK (id > 0) NO INHERIT NOT ENFORCED);
CREATE TABLE a (id int CHECK (id > 0) CHECK (id < 10) CONSTRAINT c3 CHECK (id <> 5));
CREATE TABLE a (id int DEFAULT 1);
CREATE TABLE a (id int DEFAULT -1);
CREATE TABLE a (id int DEFAULT 1 NOT NULL);
CREATE TABLE a (id int DEFAULT 1 + 2 * 3 NOT NULL);
CREATE TABLE a (id int CONSTRAINT d DEFAULT 1);
CREATE TABLE a (id int DEFAULT (1 IS NOT NULL)::int);
CREATE TABLE a (id uuid DEFAULT gen_random_uuid() PRIMARY KEY);
CREATE TABLE a (at timestamptz DEFAULT (now() AT TIME ZONE 'UTC') NOT NULL);
CREATE TABLE a (s text DEFAULT 'x' || 'y' COLLATE "C");
CREATE TABLE a (s text COLLATE "C");
CREATE TABLE a (s text COLLATE "de-x-icu" NOT NULL);
CREATE TABLE a (s text NOT NULL COLLATE pg_catalog."default" DEFAULT 'x');
CREATE TABLE a (s text DEFAULT NULL);
CREATE TABLE a (s text DEFAULT NULL::text, t int NULL DEFAULT NULL);
CREATE TABLE a (s text STORAGE EXTERNAL);
CREATE TABLE a (s text STORAGE DEFAULT, t text STORAGE main COMPRESSION pglz NOT NULL);
CREATE TABLE a (s text COMPRESSION lz4 COLLATE "C");
CREATE TABLE a (s text COMPRESSION default);
CREATE TABLE a (w int, h int, area int GENERATED ALWAYS AS (w * h) STORED);
CREATE TABLE a (w int, area int GENERATED ALWAYS AS (w * w) VIRTUAL);
CREATE TABLE a (w int, area int GENERATED ALWAYS AS (w * w));
CREATE TABLE a (w int, area int CONSTRAINT g GENERATED ALWAYS AS (w * w) STORED NOT NULL CHECK (area > 0));
CREATE TABLE a (id int GENERATED ALWAYS AS IDENTITY);
CREATE TABLE a (id int GENERATED BY DEFAULT AS IDENTITY);
CREATE TABLE a (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text);
CREATE TABLE a (id bigint GENERATED BY DEFAULT AS IDENTITY (START WITH 100 INCREMENT BY 5));
CREATE TABLE a (id bigint GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME marketing.a_seq MINVALUE 1 NO MAXVALUE CACHE 20 CYCLE) NOT NULL);
CREATE TABLE a (id bigint CONSTRAINT ident GENERATED ALWAYS AS IDENTITY (START 1 NO CYCLE) UNIQUE);
-- Foreign keys of columns
CREATE TABLE a (b int REFERENCES c);
CREATE TABLE a (b int REFERENCES c (id));
CREATE TABLE a (b int REFERENCES marketing.company (company_unique_id) ON DELETE CASCADE);
CREATE TABLE a (b int CONSTRAINT a_b_fkey REFERENCES c (id) ON UPDATE CASCADE ON DELETE SET NULL);
CREATE TABLE a (b int REFERENCES c ON DELETE RESTRICT ON UPDATE NO ACTION);
CREATE TABLE a (b int REFERENCES c ON UPDATE SET DEFAULT ON DELETE NO ACTION);
CREATE TABLE a (b int REFERENCES c MATCH FULL);
CREATE TABLE a (b int REFERENCES c (id) MATCH SIMPLE ON DELETE SET DEFAULT);
CREATE TABLE a (b int REFERENCES c ON DELETE SET NULL (b));
CREATE TABLE a (b int REFERENCES c ON DELETE SET DEFAULT (b) ON UPDATE RESTRICT);
CREATE TABLE a (b int REFERENCES c DEFERRABLE);
CREATE TABLE a (b int REFERENCES c DEFERRABLE INITIALLY DEFERRED NOT NULL);
CREATE TABLE a (b int REFERENCES c INITIALLY DEFERRED);
CREATE TABLE a (b int REFERENCES c NOT DEFERRABLE INITIALLY IMMEDIATE);
CREATE TABLE a (b int REFERENCES c NOT ENFORCED);
CREATE TABLE a (b int REFERENCES c ENFORCED DEFERRABLE);
CREATE TABLE a (b int NOT NULL REFERENCES c UNIQUE DEFAULT 3 CHECK (b > 0));
CREATE TABLE a (b int REFERENCES c REFERENCES d (id));
CREATE TABLE a (b int NOT NULL DEFERRABLE);
CREATE TABLE a (b int DEFERRABLE);
-- Table constraints
CREATE TABLE a (b int, c int, PRIMARY KEY (b, c));
CREATE TABLE a (b int, CONSTRAINT a_pkey PRIMARY KEY (b) INCLUDE (c, d), c int, d int);
CREATE TABLE a (b int, UNIQUE (b));
CREATE TABLE a (b int, c int, CONSTRAINT "Only One" UNIQUE (b, c) DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE a (b int, c int, UNIQUE NULLS NOT DISTINCT (b, c));
CREATE TABLE a (b int, c int, UNIQUE NULLS DISTINCT (b) INCLUDE (c));
CREATE TABLE a (b int, UNIQUE (b) WITH (fillfactor = 70) USING INDEX TABLESPACE ts);
CREATE TABLE a (b int, PRIMARY KEY (b) WITH (fillfactor = 70, vacuum_index_cleanup) NOT DEFERRABLE);
CREATE TABLE a (b int, CHECK (b > 0));
CREATE TABLE a (b int, CONSTRAINT b_positive CHECK (b > 0) NO INHERIT);
CREATE TABLE a (b int, CONSTRAINT b_positive CHECK (b > 0) NOT VALID);
CREATE TABLE a (b int, CHECK (b > 0) NOT ENFORCED);
CREATE TABLE a (b int, CHECK (b > 0) NOT VALID NO INHERIT);
CREATE TABLE a (b int, CHECK (b > 0) NOT VALID NOT ENFORCED);
CREATE TABLE a (b int, CHECK (b > 0) ENFORCED);
CREATE TABLE a (CHECK (true));
CREATE TABLE a (b int, NOT NULL b);
CREATE TABLE a (b int, CONSTRAINT b_there NOT NULL b NO INHERIT);
CREATE TABLE a (b int, c int, FOREIGN KEY (b) REFERENCES d);
CREATE TABLE a (b int, c int, FOREIGN KEY (b, c) REFERENCES marketing.d (x, y));
CREATE TABLE a (b int, CONSTRAINT fk_d FOREIGN KEY (b) REFERENCES d (x) MATCH FULL ON DELETE CASCADE ON UPDATE SET NULL DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE a (b int, c int, FOREIGN KEY (b, c) REFERENCES d ON DELETE SET NULL (c));
CREATE TABLE a (b int, c int, FOREIGN KEY (b, c) REFERENCES d (x, y) ON DELETE SET DEFAULT (b, c) ON UPDATE CASCADE);
CREATE TABLE a (b int, FOREIGN KEY (b) REFERENCES d NOT VALID);
CREATE TABLE a (b int, FOREIGN KEY (b) REFERENCES d NOT ENFORCED);
CREATE TABLE a (b int, FOREIGN KEY (b) REFERENCES d INITIALLY DEFERRED);
CREATE TABLE a (b int, FOREIGN KEY (b) REFERENCES d NOT DEFERRABLE NOT VALID);
CREATE TABLE a (room int, during tsrange, EXCLUDE USING gist (room WITH =, during WITH &&));
CREATE TABLE a (c circle, CONSTRAINT no_overlap EXCLUDE USING gist (c WITH &&) INCLUDE (id) WHERE (id > 0) DEFERRABLE, id int);
CREATE TABLE a (b int, EXCLUDE (b WITH =));
CREATE TABLE a (b int, EXCLUDE USING btree (b int4_ops DESC NULLS LAST WITH OPERATOR(pg_catalog.=)) WITH (fillfactor = 70) USING INDEX TABLESPACE ts WHERE (b > 0));
CREATE TABLE a (s text, EXCLUDE USING gist (lower(s) COLLATE "C" gist_trgm_ops (siglen = 32) WITH =, (s || 'x') WITH <>));
CREATE TABLE a (id int, valid_at daterange, PRIMARY KEY (id, valid_at WITHOUT OVERLAPS));
CREATE TABLE a (id int, valid_at daterange, CONSTRAINT uq UNIQUE (id, valid_at WITHOUT OVERLAPS) INCLUDE (x) DEFERRABLE, x int);
CREATE TABLE b (id int, valid_at daterange, FOREIGN KEY (id, PERIOD valid_at) REFERENCES a (id, PERIOD valid_at));
CREATE TABLE b (id int, valid_at daterange, CONSTRAINT fk FOREIGN KEY (id, PERIOD valid_at) REFERENCES a ON DELETE NO ACTION);
-- LIKE, INHERITS, OF
CREATE TABLE a (LIKE b);
CREATE TABLE a (LIKE marketing.b INCLUDING ALL);
CREATE TABLE a (LIKE b INCLUDING ALL EXCLUDING INDEXES EXCLUDING COMMENTS);
CREATE TABLE a (id int, LIKE b INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING INDEXES, extra text);
CREATE TABLE a (LIKE b INCLUDING IDENTITY INCLUDING GENERATED INCLUDING STATISTICS INCLUDING STORAGE INCLUDING COMMENTS INCLUDING COMPRESSION);
CREATE TABLE a (LIKE b EXCLUDING ALL INCLUDING STORAGE, LIKE c);
CREATE TABLE child (extra int) INHERITS (parent);
CREATE TABLE child () INHERITS (marketing.parent, other);
CREATE TABLE child (id int, CONSTRAINT k CHECK (id > 0)) INHERITS (parent) WITH (fillfactor = 10) TABLESPACE ts;
CREATE TABLE people OF person_type;
CREATE TABLE people OF marketing.person_type (unique_id WITH OPTIONS PRIMARY KEY, name NOT NULL DEFAULT 'x');
CREATE TABLE IF NOT EXISTS people OF person_type (PRIMARY KEY (unique_id), CHECK (unique_id <> ''));
CREATE TABLE people OF person_type (salary WITH OPTIONS DEFAULT 1000 CHECK (salary > 0)) WITH (fillfactor = 70);
-- Partitions
CREATE TABLE bit.events (id bigint, at timestamptz NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE a (b int, c text) PARTITION BY LIST (c);
CREATE TABLE a (b int, c text) PARTITION BY HASH (b, c);
CREATE TABLE a (b int, c text) PARTITION BY range (b, (b + 1), lower(c), c COLLATE "C" text_ops);
CREATE TABLE a (b int) PARTITION BY LIST ((b % 10)) WITH (fillfactor = 100);
CREATE TABLE a PARTITION OF b DEFAULT;
CREATE TABLE marketing.a_2026 PARTITION OF marketing.a FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE TABLE IF NOT EXISTS a1 PARTITION OF a FOR VALUES IN ('x', 'y', NULL);
CREATE TABLE a1 PARTITION OF a FOR VALUES WITH (MODULUS 4, REMAINDER 0);
CREATE TABLE a1 PARTITION OF a FOR VALUES WITH (remainder 3, modulus 4);
CREATE TABLE a1 PARTITION OF a FOR VALUES FROM (MINVALUE, 0) TO (MAXVALUE, 1 + 1);
CREATE TABLE a1 PARTITION OF a (b NOT NULL DEFAULT 1, PRIMARY KEY (b)) FOR VALUES IN (1) PARTITION BY RANGE (c);
CREATE TABLE a1 PARTITION OF a (b WITH OPTIONS CHECK (b > 0)) DEFAULT TABLESPACE ts;
CREATE UNLOGGED TABLE a1 PARTITION OF a FOR VALUES IN (1, 2) WITH (fillfactor = 10);
CREATE TEMP TABLE a1 PARTITION OF a FOR VALUES IN (1) ON COMMIT DROP;
CREATE TABLE t OF ty PARTITION BY RANGE (a);
-- What the grammar accepts though nobody should write it
CREATE TABLE a (id int, created_at timestamptz, created_at timestamptz);
CREATE TABLE a (id int, INDEX idx_x (10));
CREATE TABLE a (id int, index int, key text, type text, name text, value text, date date, "user" text);
CREATE TABLE if (id int);
CREATE TABLE a (id int, constraint_name text, unique_id text, check_in date, primary_email text, foreign_name text, like_count int);
CREATE TABLE a (action text, comment text, day int, domain text, enum text, format text, level int, role text, sequence int, status text, year int);
CREATE TABLE a (between int, bigint int, values int, coalesce text, row int, time time, timestamp timestamp, interval interval, xmlparse xml);
CREATE TABLE a -- a comment in between
(
    id int /* block /* nested */ comment */ NOT NULL, -- trailing
    b text
);
CREATE TABLE bit.events (bit bit, numeric numeric, "bit.enum" text);
-- rejected
CREATE TABLE;
-- rejected
CREATE TABLE a;
-- rejected
CREATE TABLE a (id int,);
-- rejected
CREATE TABLE a (, id int);
-- rejected
CREATE TABLE a (id int,, b int);
-- rejected
CREATE TABLE a (id int b int);
-- rejected
CREATE TABLE a (id);
-- rejected
CREATE TABLE a (id, name);
-- rejected
CREATE TABLE IF EXISTS a (id int);
-- rejected
CREATE TABLE NOT EXISTS a (id int);
-- rejected
CREATE IF NOT EXISTS TABLE a (id int);
-- rejected
CREATE TABLE a IF NOT EXISTS (id int);
-- rejected
CREATE OR REPLACE TABLE a (id int);
-- rejected
CREATE TABLE user (id int);
-- rejected
CREATE TABLE order (id int);
-- rejected
CREATE TABLE marketing.company (id int, user text);
-- rejected
CREATE TABLE a (id int, order int);
-- rejected
CREATE TABLE a (id int, group text);
-- rejected
CREATE TABLE a (id int, default text);
-- rejected
CREATE TABLE a (id int, check text);
-- rejected
CREATE TABLE a (id int, desc text);
-- rejected
CREATE TABLE a (from date, to date);
-- rejected
CREATE TABLE a (limit int);
-- rejected
CREATE TABLE a (left text, right text);
-- rejected
CREATE TABLE `company` (`id` int);
-- rejected
CREATE TABLE [company] ([id] int);
-- rejected
CREATE TABLE 'company' (id int);
-- rejected
CREATE TABLE marketing.(id int);
-- rejected
CREATE TABLE marketing..company (id int);
-- rejected
CREATE TABLE a.b.c.d (id int);
-- rejected
CREATE TABLE 2company (id int);
-- rejected
CREATE TABLE company-master (id int);
-- rejected
CREATE TABLE company master (id int);
-- rejected
CREATE TABLE a (first name text);
-- rejected
CREATE TABLE a (id int AUTO_INCREMENT PRIMARY KEY);
-- rejected
CREATE TABLE a (id INTEGER PRIMARY KEY AUTOINCREMENT);
-- rejected
CREATE TABLE a (id int IDENTITY(1,1));
-- rejected
CREATE TABLE a (id int UNSIGNED NOT NULL);
-- rejected
CREATE TABLE a (id int(11) NOT NULL);
-- rejected
CREATE TABLE a (id bigint(20));
-- rejected
CREATE TABLE a (s text CHARACTER SET utf8);
CREATE TABLE a (status ENUM('active', 'inactive'));
-- rejected
CREATE TABLE a (id int) ENGINE=InnoDB;
-- rejected
CREATE TABLE a (id int) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4;
-- rejected
CREATE TABLE a (id int) COMMENT 'people';
-- rejected
CREATE TABLE a (id int COMMENT 'the id');
-- rejected
CREATE TABLE a (at timestamp DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP);
-- rejected
CREATE TABLE a (id int) STRICT;
-- rejected
CREATE TABLE a (id int) WITHOUT ROWID;
CREATE TABLE a (id int, INDEX idx_ab (a, b));
-- rejected
CREATE TABLE a (id int, INDEX (id));
CREATE TABLE a (id int, KEY idx_id (id, b));
-- rejected
CREATE TABLE a (id int, UNIQUE KEY uq (id));
-- rejected
CREATE TABLE a (id int, UNIQUE INDEX uq (id));
-- rejected
CREATE TABLE a (id int, FULLTEXT (name));
-- rejected
CREATE TABLE a (id int, UNIQUE (id) WHERE id > 0);
-- rejected
CREATE TABLE a (id int, CONSTRAINT u UNIQUE (id) WHERE (id IS NOT NULL));
-- rejected
CREATE TABLE a (id int, UNIQUE (lower(name)));
-- rejected
CREATE TABLE a (id int, UNIQUE (id DESC));
-- rejected
CREATE TABLE a (id int, UNIQUE id);
-- rejected
CREATE TABLE a (id int, UNIQUE ());
-- rejected
CREATE TABLE a (id int, PRIMARY (id));
-- rejected
CREATE TABLE a (id int, PRIMARY KEY);
-- rejected
CREATE TABLE a (id int, PRIMARY KEY id);
-- rejected
CREATE TABLE a (id int, PRIMARY KEY (id,));
-- rejected
CREATE TABLE a (id int PRIMARY);
-- rejected
CREATE TABLE a (id int KEY PRIMARY);
-- rejected
CREATE TABLE a (id int PRIMARY KEY PRIMARY KEY KEY);
-- rejected
CREATE TABLE a (id int NOT NULL NOT);
-- rejected
CREATE TABLE a (id int NULL NOT);
-- rejected
CREATE TABLE a (id int NOTNULL);
-- rejected
CREATE TABLE a (id NOT NULL int);
-- rejected
CREATE TABLE a (NOT NULL id int);
-- rejected
CREATE TABLE a (id int DEFAULT);
-- rejected
CREATE TABLE a (id int DEFAULT NOT NULL);
-- rejected
CREATE TABLE a (id int DEFAULT a b);
-- rejected
CREATE TABLE a (id boolean DEFAULT 1 IN (1, 2));
-- rejected
CREATE TABLE a (id boolean DEFAULT a AND b);
-- rejected
CREATE TABLE a (id int = 1);
-- rejected
CREATE TABLE a (id int CHECK id > 0);
-- rejected
CREATE TABLE a (id int CHECK ());
-- rejected
CREATE TABLE a (id int CHECK (id > ));
-- rejected
CREATE TABLE a (status text CHECK (status IN ()));
-- rejected
CREATE TABLE a (status text CHECK (status IN ('a', 'b',)));
-- rejected
CREATE TABLE a (status text CHECK (status IN 'a', 'b'));
-- rejected
CREATE TABLE a (id int CONSTRAINT CHECK (id > 0));
-- rejected
CREATE TABLE a (id int, CONSTRAINT c);
-- rejected
CREATE TABLE a (id int, CONSTRAINT (id));
-- rejected
CREATE TABLE a (id int, CONSTRAINT IF NOT EXISTS c CHECK (id > 0));
-- rejected
CREATE TABLE a (b int REFERENCES);
-- rejected
CREATE TABLE a (b int REFERENCE c (id));
-- rejected
CREATE TABLE a (b int REFERENCES c ());
-- rejected
CREATE TABLE a (b int FOREIGN KEY REFERENCES c (id));
-- rejected
CREATE TABLE a (b int REFERENCES c.id ON DELETE);
-- rejected
CREATE TABLE a (b int REFERENCES c (id) ON CASCADE);
-- rejected
CREATE TABLE a (b int REFERENCES c (id) ON DELETE CASCADE ON DELETE CASCADE);
-- rejected
CREATE TABLE a (b int REFERENCES c (id) CASCADE ON DELETE);
-- rejected
CREATE TABLE a (b int REFERENCES c (id) ON DELETE DELETE);
-- rejected
CREATE TABLE a (b int REFERENCES c (id) ON DELETE NULL);
-- rejected
CREATE TABLE a (b int REFERENCES c (id) MATCH PARTIAL);
-- rejected
CREATE TABLE a (b int REFERENCES c (id) ON UPDATE SET NULL (b));
-- rejected
CREATE TABLE a (b int REFERENCES c (id) ON DELETE CASCADE (b));
-- rejected
CREATE TABLE a (b int REFERENCES c (id) ON DELETE CASCADE MATCH FULL);
-- rejected
CREATE TABLE a (b int REFERENCES c (id) NOT VALID);
-- rejected
CREATE TABLE a (b int, FOREIGN KEY b REFERENCES c (id));
-- rejected
CREATE TABLE a (b int, FOREIGN KEY (b) c (id));
-- rejected
CREATE TABLE a (b int, FOREIGN KEY fk_b (b) REFERENCES c (id));
-- rejected
CREATE TABLE a (b int, FOREIGN (b) REFERENCES c (id));
-- rejected
CREATE TABLE a (b int, FOREIGN KEY (b) REFERENCES c (id) ON DELETE CASCADE NO INHERIT);
-- rejected
CREATE TABLE a (b int, CHECK (b > 0) DEFERRABLE);
-- rejected
CREATE TABLE a (b int, UNIQUE (b) NOT VALID);
-- rejected
CREATE TABLE a (b int, UNIQUE (b) NOT ENFORCED);
-- rejected
CREATE TABLE a (b int, UNIQUE (b) NOT DEFERRABLE INITIALLY DEFERRED);
-- rejected
CREATE TABLE a (b int, PRIMARY KEY (b) DEFERRABLE NOT DEFERRABLE);
-- rejected
CREATE TABLE a (b int, EXCLUDE (b =));
-- rejected
CREATE TABLE a (b int, EXCLUDE gist (b WITH =));
-- rejected
CREATE TABLE a (b int, EXCLUDE USING gist (b));
-- rejected
CREATE TABLE a (w int GENERATED ALWAYS (w * 2) STORED);
-- rejected
CREATE TABLE a (w int GENERATED BY DEFAULT AS (w * 2) STORED);
-- rejected
CREATE TABLE a (w int GENERATED AS IDENTITY);
-- rejected
CREATE TABLE a (w int GENERATED ALWAYS AS w * 2 STORED);
-- rejected
CREATE TABLE a (w int AS (w * 2) STORED);
-- rejected
CREATE TABLE a (w int GENERATED ALWAYS AS (w * 2) PERSISTED);
-- rejected
CREATE TABLE a (s text COLLATE);
-- rejected
CREATE TABLE a (s text COLLATE "C" COLLATE "D");
-- rejected
CREATE TABLE a (s text COLLATE 'C');
-- rejected
CREATE TABLE a (s text NOT NULL STORAGE EXTERNAL);
-- rejected
CREATE TABLE a (LIKE);
-- rejected
CREATE TABLE a LIKE b;
-- rejected
CREATE TABLE a (LIKE b INCLUDING);
-- rejected
CREATE TABLE a (LIKE b INCLUDING EVERYTHING);
-- rejected
CREATE TABLE child () INHERITS parent;
-- rejected
CREATE TABLE child (id int) INHERIT (parent);
-- rejected
CREATE TABLE a (id int) PARTITION BY RANGE;
-- rejected
CREATE TABLE a (id int) PARTITION BY RANGE id;
-- rejected
CREATE TABLE a (id int) PARTITION BY KEY (id);
-- rejected
CREATE TABLE a (id int) PARTITION RANGE (id);
-- rejected
CREATE TABLE a (id int) PARTITION BY RANGE (id + 1);
-- rejected
CREATE TABLE a PARTITION OF b FOR VALUES FROM 1 TO 2;
-- rejected
CREATE TABLE a PARTITION OF b FOR VALUES FROM (1);
-- rejected
CREATE TABLE a PARTITION OF b FOR VALUES IN ();
-- rejected
CREATE TABLE a PARTITION OF b VALUES IN (1);
-- rejected
CREATE TABLE a PARTITION OF b;
-- rejected
CREATE TABLE a PARTITION OF b FOR VALUES WITH (MODULUS 4);
-- rejected
CREATE TABLE a PARTITION OF b FOR VALUES WITH (MODULUS 4, REMAINDER 1, MODULUS 3);
-- rejected
CREATE TABLE a PARTITION OF b FOR VALUES WITH (MODULUS = 4, REMAINDER = 1);
-- rejected
CREATE TABLE a PARTITION OF b (id int) DEFAULT;
-- rejected
CREATE TABLE a (id int) WITH fillfactor = 70;
-- rejected
CREATE TABLE a (id int) WITH (fillfactor 70);
-- rejected
CREATE TABLE a (id int) WITH ();
-- rejected
CREATE TABLE a (id int) WITH OIDS;
-- rejected
CREATE TABLE a (id int) TABLESPACE ts WITH (fillfactor = 70);
-- rejected
CREATE TABLE a (id int) ON COMMIT TRUNCATE;
-- rejected
CREATE UNLOGGED TEMP TABLE a (id int);
-- rejected
CREATE TABLE TEMP a (id int);
-- rejected
CREATE TABLE a OF ty (b int);
-- rejected
CREATE TABLE a (id int,
    -- the comma is in the comment: PRIMARY KEY (id),
    name text NOT NULL -- the name,
    email text
);
-- rejected
CREATE TABLE a (b int) AS SELECT 1;
-- rejected
CREATE TABLE a (b bit.enum);
-- rejected
CREATE TABLE a (b varchar(max));
-- rejected
CREATE TABLE a (b text(50) char);
-- rejected
CREATE TABLE a (b float(0));
-- rejected
CREATE TABLE a (b float(54));
-- rejected
CREATE TABLE a (id int, PRIMARY KEY (id WITHOUT OVERLAPS, b));
-- rejected
CREATE TABLE a (id int, FOREIGN KEY (PERIOD id) REFERENCES b (PERIOD id) PERIOD);
-- rejected
CREATE TABLE a (b other.table_name.col%TYPE, c people.unique_id%type);
-- rejected
CREATE TABLE a (at timestamptz DEFAULT now() AT TIME ZONE 'UTC' NOT NULL);
