-- Schemas: marketing, bit
CREATE TABLE marketing.a AS SELECT * FROM events;
