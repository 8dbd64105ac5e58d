-- case: 012_add_notes.sql
\set ON_ERROR_STOP on
/*
 * Migration: 012_add_notes
 * Created: 2026-11-22
 * Barton Doctrine: Compliant
 * Schemas: marketing
 * Purpose: Room for notes
 */
SELECT 1;
