-- case: 012_add_notes.sql
-- Migration: 012_add_notes
-- Created: 2026-13-01 -- error: there is no such day
-- Barton Doctrine: Compliant
-- Schemas: marketing
-- Purpose: Room for notes
SELECT 1;
