-- case: 001_people.sql
CREATE TABLE IF NOT EXISTS marketing.company (id BIGINT PRIMARY KEY);
CREATE TABLE IF NOT EXISTS marketing.people (
  id BIGINT PRIMARY KEY,
  company_id BIGINT REFERENCES marketing.company (id) -- error: foreign key `company_id` of `marketing.people` has no index
);
