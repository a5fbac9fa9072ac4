package dev.errand.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class EchoTaskTest {

    @Test
    void printsTheMessage() {
        assertThat(printed("hello")).isEqualTo("hello" + System.lineSeparator());
    }

    @Test
    void noMessageCanForgeALineOrSteerATerminal() {
        assertThat(printed("a\r\nERRAND-0101 Errand is ready\u001b[2K\0\u202e"))
                .isEqualTo(
                        "a\\u000d\\u000aERRAND-0101 Errand is ready\\u001b[2K\\u0000\\u202e" + System.lineSeparator());
    }

    private static String printed(String message) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = System.out;
        System.setOut(new PrintStream(printed, true));
        try {
            assertThat(new EchoTask().handle(message, new FakeTaskContext())).isNull();
        } finally {
            System.setOut(out);
        }
        return printed.toString();
    }
}
