package dev.errand.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.errand.api.TaskState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Users read these messages in the errors of their tasks; the library's own parts mean nothing to them. */
class MisfitTest {
    record Order(int number, List<String> lines, Instant at) {}

    interface Shape {}

    public static class Closed {
        private Closed(int a, int b) {}
    }

    @Test
    void anErrorNamesAValueThatDoesNotFitWithoutThePartsOfTheLibrary() {
        assertThat(said(() -> Json.read("{\"number\":{}}", Order.class)))
                .isEqualTo("an object does not fit `int` (at " + Order.class.getName() + "[\"number\"])");
        assertThat(said(() -> Json.read("[1]", String.class))).startsWith("a list does not fit `java.lang.String`");
        assertThat(said(() -> Json.read("{\"number\":\"abc\"}", Order.class)))
                .startsWith("the string \"abc\" does not fit `int`; ");
        assertThat(said(() -> Json.read("{\"at\":\"soon\"}", Order.class)))
                .startsWith("the string \"soon\" does not fit `java.time.Instant`");
        assertThat(said(() -> Json.read("\"LOST\"", TaskState.class)))
                .contains("the string \"LOST\" does not fit", "PENDING");
        assertThat(said(() -> Json.read("{}", Shape.class))).contains("Shape` cannot be made from it");
        assertThat(said(() -> Json.read("{}", Closed.class))).contains("Closed` cannot be made from it");
        assertThat(said(() -> Json.read("true", Order.class))).contains("Order");
        assertThat(said(() -> Json.read("1", List.class))).contains("does not fit");
        assertThat(said(() -> Json.read("\"text\"", Map.class))).contains("Map");
        assertThat(said(() -> Json.read("1e2147483648", Object.class))).contains("exponent");
        assertThat(said(() -> Json.write(new Object()))).isEqualTo("java.lang.Object has no properties to write");
        Object deep = "leaf";
        for (int i = 0; i < 1_001; i++) {
            deep = List.of(deep);
        }
        Object tooDeep = deep;
        assertThat(said(() -> Json.write(tooDeep))).contains("depth");
    }

    private static String said(ThrowingCallable call) {
        Throwable thrown = catchThrowable(call);
        assertThat(thrown).isInstanceOf(NotJsonException.class);
        assertThat(thrown.getMessage())
                .doesNotContain(
                        "JsonToken", "Creator", "Feature", "erializ", "Constraints", "jackson", "START_", "BeanDes");
        return thrown.getMessage();
    }
}
