package dev.errand.api;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.util.Nonbinding;
import jakarta.inject.Qualifier;
import java.lang.reflect.Method;
import org.junit.jupiter.api.Test;

class TaskLiteralTest {
    @Task("example.echo")
    private static final class Echo {}

    @Test
    void itEqualsTheAnnotationOfThatName() {
        Task annotation = Echo.class.getAnnotation(Task.class);

        assertThat(Task.Literal.of("example.echo")).isEqualTo(annotation).hasSameHashCodeAs(annotation);
        assertThat(annotation).isEqualTo(Task.Literal.of("example.echo"));
        assertThat(Task.Literal.of("example.other")).isNotEqualTo(annotation);
    }

    @Test
    void itsSettingsAreTheDefaultsOfTheAnnotation() {
        Task literal = Task.Literal.of("example.echo");

        assertThat(literal.queue()).isEqualTo("default");
        assertThat(literal.priority()).isEqualTo(4);
        assertThat(literal.timeLimit()).isEmpty();
        assertThat(literal.annotationType()).isEqualTo(Task.class);
    }

    /** A look-up by name must find the handler whatever its queue. */
    @Test
    void onlyTheNameIsBinding() {
        assertThat(Task.class).hasAnnotation(Qualifier.class);
        assertThat(Task.class.getDeclaredMethods())
                .filteredOn(member -> !member.isAnnotationPresent(Nonbinding.class))
                .extracting(Method::getName)
                .containsExactly("value");
    }
}
