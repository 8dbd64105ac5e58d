-- Migration: 001_a
-- Created: 2026-11-22
-- Barton Doctrine: Compliant
-- Schemas: marketing -- error: `Schemas` leaves out `bit` and `intake`, which the migration changes
-- Purpose: x
ALTER TABLE bit.b ADD COLUMN c int;
INSERT INTO intake.rows VALUES (1);
DROP VIEW marketing.v;
