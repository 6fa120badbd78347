package dev.jeton.domain.error;

import java.util.Map;

/** The caller is authenticated but may not make this call. */
public final class PermissionDenied extends JetonException {
    public PermissionDenied(String message) {
        super(Category.PERMISSION_DENIED, ErrorReason.PERMISSION_DENIED, message, Map.of());
    }
}
