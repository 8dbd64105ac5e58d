-- UP MIGRATION
UPDATE marketing.a SET id = 1;

-- DOWN MIGRATION: none
