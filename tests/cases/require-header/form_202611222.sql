-- case: 012_add_notes.sql
-- Migration: 012_add_notes
-- Created: 2026-11-222 -- error: which is no date written as `YYYY-MM-DD`
-- Barton Doctrine: Compliant
-- Schemas: marketing
-- Purpose: Room for notes
SELECT 1;
