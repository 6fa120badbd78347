package dev.jeton.campaigns.faults;

/** What a client asks for; all but the last are changes. */
enum Deed {
    CREATE("CreateToken"),
    CANCEL("CancelToken"),
    REACTIVATE("ReactivateToken"),
    RENEW("RenewToken"),
    DELETE("DeleteToken"),
    VERIFY("VerifyToken");

    /** As the audit trail calls it. */
    final String action;

    Deed(String action) {
        this.action = action;
    }

    boolean isChange() {
        return this != VERIFY;
    }
}
