package dev.errand.web.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.errand.api.ArgumentTooLargeException;
import dev.errand.api.DuplicateTaskException;
import dev.errand.api.InvalidValueException;
import dev.errand.api.NotFoundException;
import dev.errand.api.TaskStateException;
import jakarta.ejb.EJBAccessException;
import jakarta.ejb.EJBException;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemsTest {

    static Stream<Arguments> known() {
        return Stream.of(
                arguments(new InvalidValueException("task", "why"), 400, "task"),
                arguments(new InvalidValueException("id", "why"), 400, "id"),
                arguments(new InvalidValueException("argument", "why"), 400, "argument"),
                arguments(new InvalidValueException("expires", "why"), 400, "expires"),
                arguments(new InvalidValueException(null, "why"), 400, null),
                arguments(new InvalidValueException("limit", "why"), 400, "limit"),
                arguments(new NotFoundException("why"), 404, null),
                arguments(new DuplicateTaskException("why"), 409, null),
                arguments(new TaskStateException("why"), 409, null),
                arguments(new ArgumentTooLargeException("why"), 413, "argument"),
                arguments(new BodyTooLargeException("why"), 413, null));
    }

    @ParameterizedTest
    @MethodSource("known")
    void aKnownErrorKeepsItsMessage(Exception thrown, int status, String field) {
        assertThat(Problems.of(thrown)).isEqualTo(new Problem(status, "why", field, null));
    }

    @ParameterizedTest
    @MethodSource("known")
    void anErrorThatTheContainerHasWrappedIsFound(Exception thrown, int status, String field) {
        Throwable wrapped = new RuntimeException(new EJBException(thrown));

        assertThat(Problems.of(wrapped)).isEqualTo(new Problem(status, "why", field, null));
    }

    @Test
    void anErrorInAListHasItsPlace() {
        InvalidValueException thrown = new InvalidValueException("queue", "why");
        thrown.index(3);

        Problem problem = Problems.of(thrown);
        assertThat(problem).isEqualTo(new Problem(400, "tasks[3]: why", "tasks[3].queue", null, 3));
        assertThat(problem.toJson().path("index").asInt()).isEqualTo(3);
        assertThat(Problems.of(new InvalidValueException("queue", "why"))
                        .toJson()
                        .has("index"))
                .isFalse();
    }

    @Test
    void aMissingRoleTellsNothingOfTheBean() {
        Problem problem = Problems.of(new EJBAccessException("WFLYEJB0364: … SomeBean"));

        assertThat(problem.status()).isEqualTo(403);
        assertThat(problem.detail()).doesNotContain("SomeBean").contains("errand-admin");
    }

    @Test
    void anUnforeseenErrorShowsItsReferenceOnly() {
        Problem problem = Problems.of(new IllegalStateException("jdbc:h2:/home/secret"));

        assertThat(problem.status()).isEqualTo(500);
        assertThat(problem.instance()).startsWith("urn:uuid:");
        assertThat(problem.detail())
                .contains(problem.instance().substring("urn:uuid:".length()))
                .doesNotContain("secret")
                .doesNotContain("IllegalState");
    }

    @Test
    void theTraceHasNoLineThatTheRequestWrote() {
        Exception thrown = new IllegalStateException(
                "a\r\nERRAND-0512 Task x was retried by bob\u001b[2K", new IOException("why"));

        assertThat(Problems.trace(thrown).lines())
                .contains(
                        "java.lang.IllegalStateException: a\\u000d\\u000aERRAND-0512 Task x was retried by bob\\u001b[2K")
                .contains("Caused by: java.io.IOException: why")
                .allMatch(line -> line.startsWith("\tat ") || line.contains("Exception: "));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 405, 406, 413, 415, 418, 500, 503})
    void everyStatusHasItsProblem(int status) {
        Problem problem = Problems.ofStatus(status);

        assertThat(problem.status()).isEqualTo(status);
        assertThat(problem.title()).isNotBlank();
        assertThat(problem.detail()).endsWith(".");
    }

    @Test
    void theFormIsTheRfcs() {
        assertThat(new Problem(400, "why", "limit", null).toJson()).hasToString("""
                {"type":"about:blank","title":"Bad Request","status":400,"detail":"why","field":"limit"}""");
    }
}
