package dev.jeton.campaigns.faults;

/** An operation of a client. All but the last are changes. */
enum TokenOperation {
    CREATE("CreateToken"),
    CANCEL("CancelToken"),
    REACTIVATE("ReactivateToken"),
    RENEW("RenewToken"),
    DELETE("DeleteToken"),
    VERIFY("VerifyToken");

    /** Its name in the audit trail. */
    final String action;

    TokenOperation(String action) {
        this.action = action;
    }

    boolean isChange() {
        return this != VERIFY;
    }
}
