-- case: 012_add_notes.sql
-- Migration: 012_add_notes
-- Created: 2026-11-22
-- Created: 2026-11-23 -- error: `Created` stands in the header more than once
-- Barton Doctrine: Compliant
-- Schemas: marketing
-- Purpose: Room for notes
-- Purpose: And for more notes -- error: `Purpose` stands in the header more than once
SELECT 1;
