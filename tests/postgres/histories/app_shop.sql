-- migration: 001 extensions
CREATE EXTENSION IF NOT EXISTS citext;
CREATE EXTENSION IF NOT EXISTS pgcrypto;
-- down
DROP EXTENSION IF EXISTS pgcrypto;
DROP EXTENSION IF EXISTS citext;
-- migration: 002 updated_at
CREATE OR REPLACE FUNCTION set_updated_at() RETURNS trigger AS $$
BEGIN
  NEW.updated_at = now();
  RETURN NEW;
END;
$$ LANGUAGE plpgsql;
-- down
DROP FUNCTION set_updated_at();
-- migration: 003 customers
CREATE TABLE IF NOT EXISTS customers (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  email citext NOT NULL UNIQUE,
  full_name text,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE TRIGGER customers_updated_at BEFORE UPDATE ON customers FOR EACH ROW EXECUTE FUNCTION set_updated_at();
-- down
DROP TABLE customers;
-- migration: 004 addresses
CREATE TABLE addresses (
  id bigserial PRIMARY KEY,
  customer_id uuid NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
  line1 varchar(200) NOT NULL,
  city varchar(100) NOT NULL,
  country char(2) NOT NULL DEFAULT 'DE' CHECK (country = upper(country))
);
CREATE INDEX addresses_customer_id_idx ON addresses (customer_id);
-- down
DROP TABLE addresses;
-- migration: 005 products
CREATE TABLE products (
  id serial PRIMARY KEY,
  sku text NOT NULL,
  name text NOT NULL,
  price numeric(10, 2) NOT NULL CHECK (price >= 0),
  tags text[] NOT NULL DEFAULT '{}',
  attributes jsonb NOT NULL DEFAULT '{}'::jsonb,
  CONSTRAINT products_sku_key UNIQUE (sku)
);
CREATE INDEX products_tags ON products USING gin (tags);
CREATE INDEX products_attributes ON products USING gin (attributes jsonb_path_ops);
-- down
DROP INDEX products_tags;
DROP TABLE products;
-- migration: 006 order status
CREATE TYPE order_status AS ENUM ('draft', 'placed', 'shipped');
-- down
DROP TYPE order_status;
-- migration: 007 orders
CREATE TABLE orders (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer_id uuid NOT NULL REFERENCES customers,
  status order_status NOT NULL DEFAULT 'draft',
  placed_at timestamp,
  total numeric(12, 2) NOT NULL DEFAULT 0,
  CONSTRAINT placed_has_time CHECK (status = 'draft' OR placed_at IS NOT NULL)
);
CREATE INDEX ON orders (customer_id, placed_at DESC);
CREATE INDEX ON orders (status) WHERE status <> 'shipped';
-- down
DROP TABLE orders;
-- migration: 008 order items
CREATE TABLE order_items (
  order_id bigint NOT NULL,
  product_id integer NOT NULL,
  quantity integer NOT NULL DEFAULT 1,
  unit_price numeric(10, 2) NOT NULL,
  amount numeric(12, 2) GENERATED ALWAYS AS (quantity * unit_price) STORED,
  PRIMARY KEY (order_id, product_id)
);
ALTER TABLE order_items ADD CONSTRAINT order_items_order_fk FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE CASCADE;
ALTER TABLE order_items ADD CONSTRAINT order_items_product_fk FOREIGN KEY (product_id) REFERENCES products (id) ON DELETE RESTRICT ON UPDATE CASCADE;
-- down
ALTER TABLE order_items DROP CONSTRAINT order_items_order_fk;
DROP TABLE order_items;
-- migration: 009 cancelled
ALTER TYPE order_status ADD VALUE 'cancelled';
-- migration: 010 customer phone
ALTER TABLE customers ADD COLUMN phone varchar(20);
-- down
ALTER TABLE customers DROP COLUMN phone;
-- migration: 011 default country dropped
ALTER TABLE addresses ALTER COLUMN country DROP DEFAULT;
-- down
ALTER TABLE addresses ALTER COLUMN country SET DEFAULT 'DE';
-- migration: 012 forgets the default
ALTER TABLE addresses ALTER COLUMN city SET DEFAULT '';
-- down
ALTER TABLE addresses ALTER COLUMN city DROP NOT NULL;
-- migration: 013 product view
CREATE VIEW cheap_products AS SELECT id, name, price FROM products WHERE price < 10;
-- down
DROP VIEW cheap_products;
-- migration: 014 wider names fail under the view
ALTER TABLE products ALTER COLUMN name TYPE varchar(300);
-- migration: 015 wider price
DROP VIEW cheap_products;
ALTER TABLE products ALTER COLUMN price TYPE numeric(12, 2);
CREATE VIEW cheap_products AS SELECT id, name, price FROM products WHERE price < 10;
-- down
DROP VIEW cheap_products;
ALTER TABLE products ALTER COLUMN price TYPE numeric(10, 2);
CREATE VIEW cheap_products AS SELECT id, name, price FROM products WHERE (price < 10);
-- migration: 016 slug
ALTER TABLE products ADD COLUMN slug text;
UPDATE products SET slug = lower(name);
ALTER TABLE products ALTER COLUMN slug SET NOT NULL;
CREATE UNIQUE INDEX products_slug_key ON products (slug);
-- down
ALTER TABLE products DROP COLUMN slug;
-- migration: 017 rename
ALTER TABLE customers RENAME COLUMN full_name TO name;
-- down
ALTER TABLE customers RENAME COLUMN name TO full_name;
-- migration: 018 reviews
CREATE TABLE reviews (
  id bigserial PRIMARY KEY,
  product_id integer REFERENCES products ON DELETE CASCADE,
  customer_id uuid REFERENCES customers ON DELETE SET NULL,
  stars smallint NOT NULL CHECK (stars BETWEEN 1 AND 5),
  body text,
  UNIQUE (product_id, customer_id)
);
COMMENT ON TABLE reviews IS 'What customers say';
COMMENT ON COLUMN reviews.stars IS '1 to 5';
-- down
DROP TABLE reviews;
-- migration: 019 review index
CREATE INDEX CONCURRENTLY reviews_customer_id_idx ON reviews (customer_id);
-- down
DROP INDEX CONCURRENTLY reviews_customer_id_idx;
-- migration: 020 half stars
ALTER TABLE reviews DROP CONSTRAINT reviews_stars_check;
ALTER TABLE reviews ALTER COLUMN stars TYPE numeric(2, 1), ADD CHECK (stars >= 0.5 AND stars <= 5);
-- down
ALTER TABLE reviews DROP CONSTRAINT reviews_stars_check;
ALTER TABLE reviews ALTER COLUMN stars TYPE smallint;
ALTER TABLE reviews ADD CHECK (stars BETWEEN 1 AND 5);
-- migration: 021 average
CREATE MATERIALIZED VIEW product_ratings AS SELECT product_id, avg(stars) AS average, count(*) AS n FROM reviews GROUP BY product_id;
CREATE UNIQUE INDEX ON product_ratings (product_id);
-- down
DROP MATERIALIZED VIEW product_ratings;
-- migration: 022 statistics by function
CREATE FUNCTION refresh_ratings() RETURNS void LANGUAGE sql AS 'REFRESH MATERIALIZED VIEW product_ratings';
-- down
DROP FUNCTION refresh_ratings;
-- migration: 023 schema
CREATE SCHEMA IF NOT EXISTS audit;
CREATE TABLE audit.log (id bigserial PRIMARY KEY, table_name text NOT NULL, row_data jsonb, at timestamptz DEFAULT now());
-- down
DROP SCHEMA audit CASCADE;
-- migration: 024 audit trigger
CREATE FUNCTION audit.log_change() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = audit, pg_temp AS $$
BEGIN
  INSERT INTO audit.log (table_name, row_data) VALUES (TG_TABLE_NAME, to_jsonb(NEW));
  RETURN NULL;
END $$;
CREATE TRIGGER orders_audit AFTER INSERT OR UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION audit.log_change();
-- down
DROP TRIGGER orders_audit ON orders;
DROP FUNCTION audit.log_change();
-- migration: 025 forgets the function
CREATE FUNCTION audit.purge() RETURNS void LANGUAGE sql AS 'DELETE FROM audit.log';
CREATE TABLE audit.purges (at timestamptz);
-- down
DROP TABLE audit.purges;
-- migration: 026 currency
CREATE DOMAIN currency AS char(3) CHECK (VALUE ~ '^[A-Z]{3}$');
ALTER TABLE orders ADD COLUMN currency currency NOT NULL DEFAULT 'EUR';
-- down
ALTER TABLE orders DROP COLUMN currency;
DROP DOMAIN currency;
-- migration: 027 discount
ALTER TABLE orders ADD COLUMN discount numeric(5, 2) DEFAULT 0 NOT NULL, ADD CONSTRAINT discount_range CHECK (discount >= 0 AND discount <= 100);
-- down
ALTER TABLE orders DROP CONSTRAINT discount_range, DROP COLUMN discount;
-- migration: 028 coupon
CREATE TABLE coupons (code text PRIMARY KEY, percent integer NOT NULL);
ALTER TABLE orders ADD COLUMN coupon_code text REFERENCES coupons (code);
INSERT INTO coupons VALUES ('WELCOME', 10), ('SUMMER', 20);
-- down
ALTER TABLE orders DROP COLUMN coupon_code;
DROP TABLE coupons;
-- migration: 029 coupon again
INSERT INTO coupons VALUES ('WINTER', 30) ON CONFLICT DO NOTHING;
-- migration: 030 coupon twice
INSERT INTO coupons VALUES ('WELCOME', 15);
-- migration: 031 row security
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_orders ON orders FOR SELECT USING (customer_id = current_setting('app.customer')::uuid);
-- down
DROP POLICY own_orders ON orders;
ALTER TABLE orders DISABLE ROW LEVEL SECURITY;
-- migration: 032 forgets to disable
ALTER TABLE reviews ENABLE ROW LEVEL SECURITY;
CREATE POLICY all_reviews ON reviews USING (true);
-- down
DROP POLICY all_reviews ON reviews;
-- migration: 033 quantity check not valid
ALTER TABLE order_items ADD CONSTRAINT quantity_positive CHECK (quantity > 0) NOT VALID;
-- down
ALTER TABLE order_items DROP CONSTRAINT quantity_positive;
-- migration: 034 validate
ALTER TABLE order_items VALIDATE CONSTRAINT quantity_positive;
-- migration: 035 drop view column
ALTER TABLE products DROP COLUMN price;
-- migration: 036 sku case
ALTER TABLE products DROP CONSTRAINT products_sku_key;
CREATE UNIQUE INDEX products_sku_lower ON products (lower(sku));
-- down
DROP INDEX products_sku_lower;
ALTER TABLE products ADD CONSTRAINT products_sku_key UNIQUE (sku);
-- migration: 037 reordered enum
ALTER TABLE orders ALTER COLUMN status DROP DEFAULT;
ALTER TYPE order_status RENAME TO order_status_old;
CREATE TYPE order_status AS ENUM ('draft', 'placed', 'paid', 'shipped', 'cancelled');
ALTER TABLE orders ALTER COLUMN status TYPE order_status USING status::text::order_status;
-- migration: 038 reordered enum, all of it
ALTER TABLE orders DROP CONSTRAINT placed_has_time;
DROP INDEX orders_status_idx;
ALTER TABLE orders ALTER COLUMN status DROP DEFAULT;
ALTER TYPE order_status RENAME TO order_status_old2;
CREATE TYPE order_status AS ENUM ('draft', 'placed', 'paid', 'shipped', 'cancelled');
ALTER TABLE orders ALTER COLUMN status TYPE order_status USING status::text::order_status;
ALTER TABLE orders ALTER COLUMN status SET DEFAULT 'draft';
DROP TYPE order_status_old2;
-- migration: 039 partitioned events
CREATE TABLE events (id bigserial, at timestamptz NOT NULL, kind text NOT NULL, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE events_default PARTITION OF events DEFAULT;
CREATE INDEX events_kind ON events (kind);
-- down
DROP TABLE events;
-- migration: 040 more partitions
CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01 00:00:00+00') TO ('2026-01-01 00:00:00+00');
-- down
DROP TABLE events_2025;
-- migration: 041 index on order items
CREATE INDEX IF NOT EXISTS order_items_product_id_idx ON order_items (product_id) INCLUDE (quantity);
-- down
DROP INDEX IF EXISTS order_items_product_id_idx;
-- migration: 042 grants
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'shop_reader') THEN CREATE ROLE shop_reader NOLOGIN; END IF; END $$;
GRANT USAGE ON SCHEMA public TO shop_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO shop_reader;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO shop_reader;
-- down
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE SELECT ON TABLES FROM shop_reader;
REVOKE SELECT ON ALL TABLES IN SCHEMA public FROM shop_reader;
REVOKE USAGE ON SCHEMA public FROM shop_reader;
-- migration: 043 table under default privileges
CREATE TABLE wishlists (customer_id uuid REFERENCES customers, product_id integer REFERENCES products, PRIMARY KEY (customer_id, product_id));
-- down
DROP TABLE wishlists;
-- migration: 044 wishlists moved
ALTER TABLE wishlists SET SCHEMA audit;
-- down
ALTER TABLE audit.wishlists SET SCHEMA public;
-- migration: 045 wrong schema
DROP TABLE wishlists;
-- migration: 046 name parts
ALTER TABLE customers ADD COLUMN first_name text, ADD COLUMN last_name text;
UPDATE customers SET first_name = split_part(name, ' ', 1), last_name = split_part(name, ' ', 2);
ALTER TABLE customers DROP COLUMN name;
-- down
ALTER TABLE customers ADD COLUMN name text;
ALTER TABLE customers DROP COLUMN first_name, DROP COLUMN last_name;
-- migration: 047 composite function
CREATE FUNCTION order_total(o orders) RETURNS numeric LANGUAGE sql STABLE AS $$ SELECT sum(amount) FROM order_items WHERE order_id = o.id $$;
-- down
DROP FUNCTION order_total(orders);
-- migration: 048 drops a table with a function on it
DROP TABLE orders CASCADE;
-- migration: 049 what is left
ALTER TABLE order_items ADD COLUMN note text;
-- down
ALTER TABLE order_items DROP COLUMN note;
-- migration: 050 gone
SELECT order_total(NULL);
