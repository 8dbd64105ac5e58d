-- case: 001_a.sql, isolated
CREATE TABLE p (id int PRIMARY KEY);
CREATE TABLE t (id int PRIMARY KEY, p_id int, a_id int REFERENCES accounts (id));
-- case: 002_b.sql, isolated
DO $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 't_p_fkey') THEN
    ALTER TABLE t ADD CONSTRAINT t_p_fkey FOREIGN KEY (p_id) REFERENCES p (id);
  END IF;
END $$;
-- case: 003_c.sql, isolated
ALTER TABLE t ADD COLUMN n int;
DO $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM information_schema.table_constraints WHERE constraint_name = 't_n_check') THEN
    ALTER TABLE t ADD CONSTRAINT t_n_check CHECK (n > 0);
  END IF;
END $$;
ALTER TABLE t DROP CONSTRAINT t_n_check;
-- case: 004_d.sql, isolated
DO $$ BEGIN
  IF EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'nobody_makes_it') THEN -- info: whether this holds can't be told
    ALTER TABLE t DROP CONSTRAINT nobody_makes_it;
  END IF;
END $$;
