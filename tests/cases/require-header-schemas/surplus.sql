-- Migration: 001_a
-- Created: 2026-11-22
-- Barton Doctrine: Compliant
-- Schemas: marketing, bit -- error: `Schemas` lists `bit`, which nothing in the migration names
-- Purpose: x
-- bit is only spoken of here
CREATE TABLE marketing.a (created_at timestamptz DEFAULT now());
CREATE TEMP TABLE scratch (a int);
INSERT INTO scratch VALUES (1);
