-- Rows are inserted with the change that they tell of, in its transaction, and never altered. No foreign keys: a trail outlives what it
-- tells of.
CREATE TABLE audit_events (
    tenant_id uuid NOT NULL,
    event_id uuid NOT NULL,
    create_time timestamptz NOT NULL,
    actor_user_id uuid,
    actor_token_id uuid,
    acting_user_id uuid,
    action text COLLATE "C" NOT NULL,
    resource_type text COLLATE "C" NOT NULL,
    resource_id uuid NOT NULL,
    change_fields text[] NOT NULL,
    change_old_values text[] NOT NULL,
    change_new_values text[] NOT NULL,
    call_id uuid NOT NULL,
    CONSTRAINT audit_events_pk PRIMARY KEY (tenant_id, event_id),
    CONSTRAINT audit_events_resource_type_known CHECK (resource_type IN ('TENANT', 'USER', 'WORKLOAD', 'TOKEN')),
    CONSTRAINT audit_events_changes_complete CHECK (
        cardinality(change_fields) = cardinality(change_old_values)
        AND cardinality(change_fields) = cardinality(change_new_values))
);
COMMENT ON COLUMN audit_events.actor_user_id IS 'null: done on the machine itself';
COMMENT ON COLUMN audit_events.acting_user_id IS 'null: the actor acted as itself';
CREATE INDEX audit_events_by_resource ON audit_events (tenant_id, resource_id, event_id);
CREATE INDEX audit_events_by_actor ON audit_events (tenant_id, actor_user_id, event_id);
CREATE INDEX audit_events_by_acting_user ON audit_events (tenant_id, acting_user_id, event_id)
    WHERE acting_user_id IS NOT NULL;
CREATE INDEX audit_events_by_action ON audit_events (tenant_id, action, event_id);

-- Events that are not in the chain yet: written with the event, removed when it is chained a moment later. So no transaction waits for
-- the head of its tenant's chain.
CREATE TABLE audit_pending (
    tenant_id uuid NOT NULL,
    event_id uuid NOT NULL,
    CONSTRAINT audit_pending_pk PRIMARY KEY (tenant_id, event_id)
);

CREATE TABLE audit_chain (
    tenant_id uuid NOT NULL,
    position bigint NOT NULL,
    event_id uuid NOT NULL,
    hash bytea NOT NULL,
    CONSTRAINT audit_chain_pk PRIMARY KEY (tenant_id, position),
    CONSTRAINT audit_chain_event_once UNIQUE (tenant_id, event_id),
    CONSTRAINT audit_chain_hash_complete CHECK (octet_length(hash) = 32)
);
COMMENT ON COLUMN audit_chain.position IS 'from 1, without gaps';
COMMENT ON COLUMN audit_chain.hash IS 'of the event and the hash before it';

CREATE TABLE request_ids (
    tenant_id uuid NOT NULL,
    user_id uuid NOT NULL,
    operation text COLLATE "C" NOT NULL,
    request_id uuid NOT NULL,
    body_digest text COLLATE "C" NOT NULL,
    resource_id uuid NOT NULL,
    create_time timestamptz NOT NULL,
    CONSTRAINT request_ids_pk PRIMARY KEY (tenant_id, user_id, operation, request_id)
);
COMMENT ON COLUMN request_ids.tenant_id IS 'of the caller';
CREATE INDEX request_ids_by_time ON request_ids (create_time);
