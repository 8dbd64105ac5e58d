-- Migration: 001_a
-- Created: 2026-11-22
-- Barton Doctrine: Compliant
-- Schemas: marketing -- error: `Schemas` leaves out `bit`, which the migration changes
-- Purpose: x
CREATE TABLE marketing.a (a int);
CREATE TABLE bit.b (a int);
