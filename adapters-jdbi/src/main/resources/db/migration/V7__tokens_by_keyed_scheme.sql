-- Whether there are tokens left of a key; nothing where no keys are in use. It waits for transactions that are under way, and nobody waits for
-- it. What an earlier attempt may have left is of no use.
SET lock_timeout = 0;
DROP INDEX CONCURRENTLY IF EXISTS tokens_by_keyed_scheme;
CREATE INDEX CONCURRENTLY tokens_by_keyed_scheme ON tokens (secret_scheme) WHERE secret_scheme <> 'sha256';
