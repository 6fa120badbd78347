package dev.jeton.domain.error;

/**
 * One rule that one field breaks.
 *
 * @param field path in snake_case, such as {@code expiry_rule.default_lifetime}; empty while the field is not known yet
 * @param description the rule and what to do, as the rest of a sentence that begins with the field
 */
public record Violation(String field, ErrorReason reason, String description) {

    /** The same violation seen from the message that {@code parent} is a field of. */
    public Violation within(String parent) {
        return new Violation(field.isEmpty() ? parent : parent + "." + field, reason, description);
    }

    @Override
    public String toString() {
        return field.isEmpty() ? description : field + " " + description;
    }
}
