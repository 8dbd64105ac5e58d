-- Migration: 001_a
-- Created: 2026-11-22
-- Barton Doctrine: Compliant
-- Schemas: bit -- error: `Schemas` leaves out `marketing`, which the migration changes, and lists `bit`, which nothing in the migration names
-- Purpose: x
CREATE TABLE marketing.a (a int);
