package dev.jeton.domain.text;

/** A workload's name: 1 to 200 visible characters in Unicode NFC, no white space at either end. */
public final class WorkloadName extends Text {
    public static final int MAX_LENGTH = 200;

    public WorkloadName(String text) {
        super(PlainText.name(text, 1, MAX_LENGTH));
    }

    public WorkloadName(StoredText stored) {
        super(stored.value());
    }
}
