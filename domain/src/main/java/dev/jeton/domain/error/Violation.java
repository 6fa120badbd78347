package dev.jeton.domain.error;

/**
 * One field that breaks one rule.
 *
 * @param field its path in snake_case, such as {@code expiry_rule.default_lifetime}; empty while the field is not known yet
 * @param description the rule and the remedy, worded to follow the field's name
 */
public record Violation(String field, ErrorReason reason, String description) {

    /** Returns this violation with {@code parent} prepended to its path. */
    public Violation within(String parent) {
        return new Violation(field.isEmpty() ? parent : parent + "." + field, reason, description);
    }

    @Override
    public String toString() {
        return field.isEmpty() ? description : field + " " + description;
    }
}
