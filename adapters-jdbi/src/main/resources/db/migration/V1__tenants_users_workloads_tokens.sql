-- Every primary key, foreign key and unique index of a tenant's data starts with tenant_id, so that the data can be spread over nodes by
-- tenant. Look-ups by id alone, for operators, have plain indexes. Texts that are compared are COLLATE "C": byte by byte, the same on
-- every system. Constraints are named, because the server's answers go by their names.

CREATE TABLE installation_keys (
    name text COLLATE "C" NOT NULL,
    key bytea NOT NULL,
    CONSTRAINT installation_keys_pk PRIMARY KEY (name)
);

CREATE TABLE tenants (
    tenant_id uuid NOT NULL,
    display_name text NOT NULL,
    state text COLLATE "C" NOT NULL,
    policy_name_max_length integer NOT NULL,
    policy_name_allowed_characters text[] NOT NULL,
    policy_name_uniqueness text COLLATE "C" NOT NULL,
    policy_expiry_default_lifetime_micros bigint,
    policy_expiry_allowed_lifetimes_micros bigint[] NOT NULL,
    policy_expiry_max_lifetime_micros bigint,
    policy_expiry_forbid_never boolean NOT NULL,
    policy_expiry_fixed boolean NOT NULL,
    policy_workload_max integer NOT NULL,
    policy_workload_required_for_use boolean NOT NULL,
    policy_workload_required_at_creation boolean NOT NULL,
    policy_allowed_scopes text[] NOT NULL,
    policy_default_scopes text[] NOT NULL,
    policy_max_tokens_per_user integer NOT NULL,
    create_time timestamptz NOT NULL,
    update_time timestamptz NOT NULL,
    version bigint NOT NULL,
    CONSTRAINT tenants_pk PRIMARY KEY (tenant_id),
    CONSTRAINT tenants_state_known CHECK (state IN ('ACTIVE', 'SUSPENDED')),
    CONSTRAINT tenants_name_characters_known CHECK (
        policy_name_allowed_characters
            <@ ARRAY['LOWERCASE', 'UPPERCASE', 'DIGIT', 'UNDERSCORE', 'HYPHEN', 'SPACE', 'DOT']),
    CONSTRAINT tenants_name_uniqueness_known CHECK (
        policy_name_uniqueness IN ('NOT_REQUIRED', 'PER_USER', 'PER_TENANT'))
);

CREATE TABLE users (
    tenant_id uuid NOT NULL,
    user_id uuid NOT NULL,
    email text NOT NULL,
    email_key text COLLATE "C" NOT NULL,
    display_name text NOT NULL,
    role text COLLATE "C" NOT NULL,
    state text COLLATE "C" NOT NULL,
    create_time timestamptz NOT NULL,
    update_time timestamptz NOT NULL,
    version bigint NOT NULL,
    CONSTRAINT users_pk PRIMARY KEY (tenant_id, user_id),
    CONSTRAINT users_tenant_fk FOREIGN KEY (tenant_id) REFERENCES tenants (tenant_id),
    CONSTRAINT users_email_unique UNIQUE (tenant_id, email_key),
    CONSTRAINT users_role_known CHECK (role IN ('MEMBER', 'TENANT_ADMIN', 'OPERATOR')),
    CONSTRAINT users_state_known CHECK (state IN ('ACTIVE', 'DISABLED'))
);
CREATE INDEX users_by_id ON users (user_id);
CREATE INDEX users_active_operators ON users (tenant_id, user_id) WHERE role = 'OPERATOR' AND state = 'ACTIVE';

CREATE TABLE workloads (
    tenant_id uuid NOT NULL,
    workload_id uuid NOT NULL,
    name text COLLATE "C" NOT NULL,
    kind text COLLATE "C" NOT NULL,
    state text COLLATE "C" NOT NULL,
    create_time timestamptz NOT NULL,
    update_time timestamptz NOT NULL,
    version bigint NOT NULL,
    CONSTRAINT workloads_pk PRIMARY KEY (tenant_id, workload_id),
    CONSTRAINT workloads_tenant_fk FOREIGN KEY (tenant_id) REFERENCES tenants (tenant_id),
    CONSTRAINT workloads_name_unique UNIQUE (tenant_id, name),
    CONSTRAINT workloads_kind_known CHECK (kind IN ('MODEL', 'ENDPOINT', 'SERVICE')),
    CONSTRAINT workloads_state_known CHECK (state IN ('ACTIVE', 'DISABLED'))
);
CREATE INDEX workloads_by_id ON workloads (workload_id);
CREATE INDEX workloads_by_kind ON workloads (tenant_id, kind, workload_id);

CREATE TABLE tokens (
    tenant_id uuid NOT NULL,
    token_id uuid NOT NULL,
    user_id uuid NOT NULL,
    tenant_wide boolean NOT NULL,
    name text COLLATE "C" NOT NULL,
    name_uniqueness text COLLATE "C" NOT NULL,
    description text NOT NULL,
    scopes text[] NOT NULL,
    secret_scheme text NOT NULL,
    secret_digest bytea NOT NULL,
    secret_hint text NOT NULL,
    expire_time timestamptz,
    cancel_reason text,
    create_time timestamptz NOT NULL,
    update_time timestamptz NOT NULL,
    version bigint NOT NULL,
    CONSTRAINT tokens_pk PRIMARY KEY (tenant_id, token_id),
    CONSTRAINT tokens_owner_fk FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, user_id),
    CONSTRAINT tokens_name_uniqueness_known CHECK (name_uniqueness IN ('NOT_REQUIRED', 'PER_USER', 'PER_TENANT'))
);
COMMENT ON COLUMN tokens.name_uniqueness IS 'what the policy demanded of the name when it was given';
COMMENT ON COLUMN tokens.expire_time IS 'null: never';
COMMENT ON COLUMN tokens.cancel_reason IS 'null: not cancelled; may be empty when it is';
CREATE INDEX tokens_by_id ON tokens (token_id);
CREATE INDEX tokens_by_owner ON tokens (tenant_id, user_id, token_id);
-- What must be unique in the tenant must be so among the owner's tokens too, whatever the policy said when the others were named.
CREATE UNIQUE INDEX tokens_name_per_tenant ON tokens (tenant_id, name) WHERE name_uniqueness = 'PER_TENANT';
CREATE UNIQUE INDEX tokens_name_per_user ON tokens (tenant_id, user_id, name) WHERE name_uniqueness <> 'NOT_REQUIRED';

CREATE TABLE token_workloads (
    tenant_id uuid NOT NULL,
    token_id uuid NOT NULL,
    workload_id uuid NOT NULL,
    CONSTRAINT token_workloads_pk PRIMARY KEY (tenant_id, token_id, workload_id),
    CONSTRAINT token_workloads_token_fk FOREIGN KEY (tenant_id, token_id)
        REFERENCES tokens (tenant_id, token_id) ON DELETE CASCADE,
    CONSTRAINT token_workloads_workload_fk FOREIGN KEY (tenant_id, workload_id)
        REFERENCES workloads (tenant_id, workload_id)
);
CREATE INDEX token_workloads_by_workload ON token_workloads (tenant_id, workload_id, token_id);

-- Apart from tokens, because it changes all the time: a row is made at first use, is small, and leaves room to be changed in place.
CREATE TABLE token_usage (
    tenant_id uuid NOT NULL,
    token_id uuid NOT NULL,
    last_used_time timestamptz NOT NULL,
    CONSTRAINT token_usage_pk PRIMARY KEY (tenant_id, token_id),
    CONSTRAINT token_usage_token_fk FOREIGN KEY (tenant_id, token_id)
        REFERENCES tokens (tenant_id, token_id) ON DELETE CASCADE
) WITH (fillfactor = 50);

CREATE TABLE deleted_tokens (
    tenant_id uuid NOT NULL,
    token_id uuid NOT NULL,
    user_id uuid NOT NULL,
    delete_time timestamptz NOT NULL,
    CONSTRAINT deleted_tokens_pk PRIMARY KEY (tenant_id, token_id)
);
CREATE INDEX deleted_tokens_by_id ON deleted_tokens (token_id);
CREATE INDEX deleted_tokens_by_time ON deleted_tokens (delete_time);
