package dev.jeton.domain.error;

import java.util.Map;

/** A limit in the tenant's policy is reached. */
public final class QuotaExceeded extends JetonException {
    public QuotaExceeded(ErrorReason reason, String message, Map<String, String> metadata) {
        super(Category.QUOTA_EXCEEDED, reason, message, metadata);
    }
}
