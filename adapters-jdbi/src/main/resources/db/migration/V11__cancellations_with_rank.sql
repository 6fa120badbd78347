-- Who cancelled a token, when and with which role. Null for tokens cancelled before, which any role may reactivate. What the columns hold
-- means nothing unless cancel_reason is set: the previous version clears only that. NOT VALID spares a scan; older rows have no role.
ALTER TABLE tokens
    ADD COLUMN cancel_time timestamptz,
    ADD COLUMN cancel_user_id uuid,
    ADD COLUMN cancel_role text COLLATE "C",
    ADD COLUMN cancel_leaked boolean NOT NULL DEFAULT false,
    ADD CONSTRAINT tokens_cancel_role_known CHECK (cancel_role IN ('MEMBER', 'TENANT_ADMIN', 'OPERATOR')) NOT VALID;
COMMENT ON COLUMN tokens.cancel_user_id IS 'may have been deleted since';
COMMENT ON COLUMN tokens.cancel_role IS 'null: any role may reactivate the token';
