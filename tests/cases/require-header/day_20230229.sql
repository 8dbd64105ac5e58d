-- case: 012_add_notes.sql
-- Migration: 012_add_notes
-- Created: 2023-02-29 -- error: there is no such day
-- Barton Doctrine: Compliant
-- Schemas: marketing
-- Purpose: Room for notes
SELECT 1;
