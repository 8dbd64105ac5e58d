-- case: 012_add_notes.sql
-- Migration: 012_add_notes
-- Created: 2026-11-22

-- Barton Doctrine: Compliant
-- Schemas: marketing
-- Purpose: Room for notes

-- Table: notes
-- Purpose: What the first table is for
-- Schemas: what is said of this one
CREATE TABLE marketing.notes (a int);
