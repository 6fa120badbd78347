-- It began with the tenant, and so could stand in for the primary key where a token's workloads are looked up: a planner with statistics of
-- an emptier table did that, and read all of a tenant's assignments for one token. Workload ids are unique by themselves.
DROP INDEX token_workloads_by_workload;
CREATE INDEX token_workloads_by_workload ON token_workloads (workload_id, token_id);
