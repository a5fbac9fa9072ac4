package dev.errand.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.errand.json.Secrets;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StackTracesTest {
    private static StackTraceElement frame(String type, String method) {
        return new StackTraceElement(
                "app", "errand.ear", "1", type, method, type.substring(type.lastIndexOf('.') + 1) + ".java", 7);
    }

    private static <T extends Throwable> T at(T error, String... types) {
        error.setStackTrace(Arrays.stream(types).map(type -> frame(type, "run")).toArray(StackTraceElement[]::new));
        return error;
    }

    @Test
    void framesAreWrittenWithoutTheirModule() {
        assertThat(StackTraces.text(at(new RuntimeException("why"), "org.example.Order"), 1_000, Secrets.NONE))
                .isEqualTo("java.lang.RuntimeException: why\n\tat org.example.Order.run(Order.java:7)\n");
    }

    @Test
    void framesOfTheServerAreCounted() {
        RuntimeException error = at(
                new RuntimeException("why"),
                "org.example.A",
                "org.jboss.as.ee.X",
                "org.jboss.weld.Y",
                "org.example.B",
                "org.glassfish.Z");

        assertThat(StackTraces.text(error, 1_000, Secrets.NONE))
                .isEqualTo("java.lang.RuntimeException: why\n"
                        + "\tat org.example.A.run(A.java:7)\n"
                        + "\t… 2 of the server\n"
                        + "\tat org.example.B.run(B.java:7)\n"
                        + "\t… 1 of the server\n");
    }

    @Test
    void fromTheEngineDownItIsAlwaysTheSameAndLeftOut() {
        RuntimeException error =
                at(new RuntimeException("why"), "org.example.A", "dev.errand.run.HandlerInvoker", "org.example.Below");

        assertThat(StackTraces.text(error, 1_000, Secrets.NONE))
                .contains("org.example.A")
                .doesNotContain("HandlerInvoker", "Below");
    }

    @Test
    void theFramesOfOurOwnTasksAreKept() {
        assertThat(StackTraces.text(
                        at(new RuntimeException("why"), "dev.errand.tasks.WebhookTask"), 1_000, Secrets.NONE))
                .contains("dev.errand.tasks.WebhookTask");
    }

    @Test
    void causesAndSuppressedAreKept() {
        RuntimeException error =
                at(new RuntimeException("outer", at(new IllegalStateException("cause"), "org.example.C")));
        error.addSuppressed(at(new IllegalArgumentException("closing"), "org.example.S"));

        assertThat(StackTraces.text(error, 1_000, Secrets.NONE))
                .isEqualTo("java.lang.RuntimeException: outer\n"
                        + "\tSuppressed: java.lang.IllegalArgumentException: closing\n"
                        + "\t\tat org.example.S.run(S.java:7)\n"
                        + "Caused by: java.lang.IllegalStateException: cause\n"
                        + "\tat org.example.C.run(C.java:7)\n");
    }

    @Test
    void aLongTraceIsCutAndSaysSo() {
        String[] deep = new String[10_000];
        Arrays.fill(deep, "org.example.Recursion");

        assertThat(StackTraces.text(at(new RuntimeException("why"), deep), 500, Secrets.NONE))
                .hasSizeLessThan(520)
                .endsWith("… cut");
    }

    @Test
    void aTraceThatJustFitsIsNotCut() {
        String whole = StackTraces.text(at(new RuntimeException("why"), "org.example.A"), 1_000, Secrets.NONE);

        assertThat(StackTraces.text(at(new RuntimeException("why"), "org.example.A"), whole.length(), Secrets.NONE))
                .isEqualTo(whole);
    }

    @Test
    void aCircleOfCausesEnds() {
        RuntimeException first = at(new RuntimeException("first"));
        RuntimeException second = at(new RuntimeException("second", first));
        first.initCause(second);

        assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertThat(StackTraces.text(first, 10_000, Secrets.NONE))
                        .containsOnlyOnce("first")
                        .containsOnlyOnce("second"));
    }

    @Test
    void aVeryLongRowOfCausesIsCutToo() {
        Throwable error = at(new RuntimeException("0"));
        for (int i = 1; i < 10_000; i++) {
            error = at(new RuntimeException(Integer.toString(i), error));
        }

        assertThat(StackTraces.text(error, 16_384, Secrets.NONE))
                .contains("Caused by")
                .endsWith("… cut");
    }

    /** An error that cannot be written must not prevent the record of the outcome: the task would run again without end. */
    @Test
    void anExceptionThatCannotEvenTellItsMessageIsKeptAllTheSame() {
        RuntimeException broken = new RuntimeException() {
            private static final long serialVersionUID = 1L;

            @Override
            public String getMessage() {
                throw new IllegalStateException("no message");
            }
        };

        assertThat(ErrorReport.text(broken, 1_000, Secrets.NONE).type())
                .isEqualTo(broken.getClass().getName());
    }
}
