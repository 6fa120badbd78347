-- As V8 did with tokens.
SET lock_timeout = 0;
DROP INDEX CONCURRENTLY IF EXISTS workloads_by_id_alone;
CREATE INDEX CONCURRENTLY workloads_by_id_alone ON workloads USING hash (workload_id);
DROP INDEX CONCURRENTLY IF EXISTS workloads_by_id;
