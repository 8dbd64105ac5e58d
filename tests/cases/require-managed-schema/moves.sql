ALTER TABLE marketing.company_master SET SCHEMA
  archive; -- error: `archive` is not a managed schema, and table `marketing.company_master` is moved to it
ALTER TABLE archive.company_master SET SCHEMA marketing;
ALTER EXTENSION citext SET SCHEMA extensions;
