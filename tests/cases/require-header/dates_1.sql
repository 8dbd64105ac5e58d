-- case: 012_add_notes.sql
-- Migration: 012_add_notes.sql -- error: `Migration` is `012_add_notes.sql`, and the file is called `012_add_notes`
-- Created: November 22, 2026 -- error: `Created` is `November 22, 2026`, which is no date written as `YYYY-MM-DD`
-- Barton Doctrine: Compliant
-- Schemas: marketing
-- Purpose: Room for notes
SELECT 1;
