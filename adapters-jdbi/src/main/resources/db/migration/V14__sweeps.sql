-- Deleting a user, workload or tenant removes its own row at once. The rows below it are hidden from then on, and a sweeper removes them in
-- slices. Foreign keys would not allow that, so locks replace them: a transaction that adds a row locks the row above it FOR KEY SHARE, and
-- so waits for a deletion, or the deletion for it.
ALTER TABLE users DROP CONSTRAINT users_tenant_fk;
ALTER TABLE workloads DROP CONSTRAINT workloads_tenant_fk;
ALTER TABLE tokens DROP CONSTRAINT tokens_owner_fk;
ALTER TABLE token_workloads DROP CONSTRAINT token_workloads_workload_fk;

-- What is deleted and not swept yet, and the call that did it, for the audit events of what is swept.
CREATE TABLE sweeps (
    tenant_id uuid NOT NULL,
    resource_id uuid NOT NULL,
    kind text COLLATE "C" NOT NULL,
    action text COLLATE "C" NOT NULL,
    actor_user_id uuid,
    actor_token_id uuid,
    acting_user_id uuid,
    call_id uuid NOT NULL,
    create_time timestamptz NOT NULL,
    CONSTRAINT sweeps_pk PRIMARY KEY (tenant_id, resource_id),
    CONSTRAINT sweeps_kind_known CHECK (kind IN ('USER', 'WORKLOAD', 'TENANT'))
);
COMMENT ON COLUMN sweeps.create_time IS 'when the resource was deleted';
COMMENT ON COLUMN sweeps.actor_user_id IS 'null: done on the machine itself';
COMMENT ON COLUMN sweeps.acting_user_id IS 'null: the actor acted as itself';

ALTER TABLE sweeps ENABLE ROW LEVEL SECURITY;
CREATE POLICY sweeps_of_one_tenant ON sweeps TO jeton_management USING (tenant_id = jeton_tenant_id());
CREATE POLICY sweeps_across_tenants ON sweeps TO jeton_directory USING (true);

-- To lock a sweep takes the right to update something of it.
GRANT SELECT, INSERT, UPDATE (create_time), DELETE ON sweeps TO jeton_management;
GRANT SELECT (tenant_id, resource_id) ON sweeps TO jeton_directory;
