package dev.jeton.domain.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.jeton.domain.error.Conflict;
import dev.jeton.domain.error.ErrorReason;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RevisionTest {
    private static final Instant CREATED = Instant.parse("2026-03-05T10:15:30.123456Z");
    private static final Instant LATER = Instant.parse("2026-03-06T10:15:30.000001Z");

    @Test
    void startsAtVersionOne() {
        assertThat(Revision.first(CREATED)).isEqualTo(new Revision(CREATED, CREATED, 1));
    }

    @Test
    void keepsTheCreateTimeAndIncrementsTheVersion() {
        Revision second = Revision.first(CREATED).next(LATER);
        assertThat(second).isEqualTo(new Revision(CREATED, LATER, 2));
        assertThat(second.next(LATER).version()).isEqualTo(3);
    }

    @Test
    void truncatesTimesToMicroseconds() {
        Revision first = Revision.first(CREATED.plusNanos(999));
        assertThat(first).isEqualTo(Revision.first(CREATED));
        assertThat(first.next(LATER.plusNanos(1)))
                .isEqualTo(Revision.first(CREATED).next(LATER));
    }

    @Test
    void changesTheEtagEvenWithinOneInstant() {
        Revision first = Revision.first(CREATED);
        assertThat(first.next(CREATED).etag()).isNotEqualTo(first.etag());
        assertThat(first.etag()).isEqualTo(new Revision(CREATED, CREATED, 1).etag());
    }

    @Test
    void rejectsTheEtagOfAChangeThatARestoreHasLost() {
        Revision restored = Revision.first(CREATED);
        Etag lost = restored.next(LATER).etag();
        Revision changedAgain = restored.next(LATER.plusNanos(1_000));
        assertThat(catchThrowableOfType(Conflict.class, () -> changedAgain.requireEtag(lost)))
                .isNotNull();
    }

    @Test
    void acceptsItsOwnEtagAndNone() {
        Revision revision = Revision.first(CREATED);
        assertThatCode(() -> revision.requireEtag(revision.etag())).doesNotThrowAnyException();
        assertThatCode(() -> revision.requireEtag(null)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "1", "2", "01", " 1", "1 ", "W/\"1\"", "null"})
    void rejectsAnyOtherEtag(String etag) {
        Conflict conflict = catchThrowableOfType(
                Conflict.class, () -> Revision.first(CREATED).requireEtag(new Etag(etag)));
        assertThat(conflict.reason()).isEqualTo(ErrorReason.ETAG_MISMATCH);
    }

    @Test
    void rejectsTheEtagOfThePreviousVersion() {
        Revision first = Revision.first(CREATED);
        assertThat(catchThrowableOfType(Conflict.class, () -> first.next(LATER).requireEtag(first.etag())))
                .isNotNull();
    }
}
