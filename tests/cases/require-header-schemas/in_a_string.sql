-- Schemas: marketing, bit
ALTER TABLE marketing.a ADD COLUMN b regclass DEFAULT 'bit.events'::regclass;
