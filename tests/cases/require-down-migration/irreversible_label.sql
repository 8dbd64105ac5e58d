-- UP MIGRATION
ALTER TYPE marketing.kind ADD VALUE IF NOT EXISTS 'new';

-- DOWN MIGRATION -- error: the down migration does not take back label 'new' of `marketing.kind`
