-- case: 012_add_notes.sql
-- Migration: 011_add_notes -- error: `Migration` is `011_add_notes`, and the file is called `012_add_notes`
-- Created: 2026-02-30 -- error: `Created` is `2026-02-30`: there is no such day
-- Barton Doctrine: yes -- error: `Barton Doctrine` is `yes`, and must be `Compliant`
-- Schemas: -- error: `Schemas` says nothing
-- Purpose: Room for notes
SELECT 1;
