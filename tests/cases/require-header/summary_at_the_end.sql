-- case: 012_add_notes.sql
-- Migration: 013_add_notes -- error: `Migration` is `013_add_notes`, and the file is called `012_add_notes`
-- Created: 2026-11-22
-- Created: 2026-11-23 -- error: `Created` stands in the header more than once
-- Barton Doctrine: Compliant
-- Schemas: -- error: `Schemas` says nothing
-- Purpose: Notes
SELECT 1;
-- Created: one column
-- Migration: done
