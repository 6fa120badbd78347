package dev.jeton.domain.error;

import java.util.Map;

/** The caller is known, and may not do this whatever the values. */
public final class PermissionDenied extends JetonException {
    public PermissionDenied(String message) {
        super(Category.PERMISSION_DENIED, ErrorReason.PERMISSION_DENIED, message, Map.of());
    }
}
