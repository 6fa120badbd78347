-- Where each tenant stands: every change that can turn a verdict or a permission moves its tenant's position on by one, in its own
-- transaction and as its last lock, so that the order of the numbers is the order of the commits. Servers that hold what they have read
-- ask for the position before they use it. The tag is drawn at random at each step and tells two histories apart that reached the same
-- number: after a failover that lost changes, or a restore. Rows are small and leave room to be changed in place. No foreign keys: both
-- tables outlive the tenants they speak of.
CREATE TABLE tenant_positions (
    tenant_id uuid NOT NULL,
    number bigint NOT NULL,
    tag uuid NOT NULL,
    previous_tag uuid NOT NULL,
    CONSTRAINT tenant_positions_pk PRIMARY KEY (tenant_id)
) WITH (fillfactor = 25);

INSERT INTO tenant_positions (tenant_id, number, tag, previous_tag)
SELECT tenant_id, 0, gen_random_uuid(), gen_random_uuid() FROM tenants;

-- What was changed at each step. A server that finds no gap between what it holds and the present forgets just these.
CREATE TABLE tenant_changes (
    tenant_id uuid NOT NULL,
    number bigint NOT NULL,
    tag uuid NOT NULL,
    previous_tag uuid NOT NULL,
    everything boolean NOT NULL,
    token_ids uuid[] NOT NULL,
    user_ids uuid[] NOT NULL,
    workload_ids uuid[] NOT NULL,
    create_time timestamptz NOT NULL,
    CONSTRAINT tenant_changes_pk PRIMARY KEY (tenant_id, number)
);
COMMENT ON COLUMN tenant_changes.everything IS 'the tenant itself was changed, or too much to list';
CREATE INDEX tenant_changes_by_time ON tenant_changes (create_time);

ALTER TABLE tenant_positions ENABLE ROW LEVEL SECURITY;
ALTER TABLE tenant_changes ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant_positions_of_one_tenant ON tenant_positions TO jeton_management USING (tenant_id = jeton_tenant_id());
CREATE POLICY tenant_changes_of_one_tenant ON tenant_changes TO jeton_management USING (tenant_id = jeton_tenant_id());
CREATE POLICY tenant_positions_across_tenants ON tenant_positions TO jeton_verification, jeton_housekeeping USING (true);
CREATE POLICY tenant_changes_across_tenants ON tenant_changes TO jeton_verification, jeton_housekeeping USING (true);

GRANT SELECT, INSERT, UPDATE (number, tag, previous_tag) ON tenant_positions TO jeton_management;
GRANT INSERT ON tenant_changes TO jeton_management;
GRANT SELECT ON tenant_positions, tenant_changes TO jeton_verification;
GRANT SELECT, UPDATE (create_time), DELETE ON tenant_changes TO jeton_housekeeping;
