-- It waits for transactions that are under way, and nobody waits for it. What an earlier attempt may have left is of no use.
SET lock_timeout = 0;
DROP INDEX CONCURRENTLY IF EXISTS tokens_by_remark;
CREATE INDEX CONCURRENTLY tokens_by_remark ON tokens (tenant_id, remark);
