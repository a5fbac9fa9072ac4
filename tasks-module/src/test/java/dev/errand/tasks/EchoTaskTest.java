package dev.errand.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class EchoTaskTest {

    @Test
    void printsTheMessage() {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = System.out;
        System.setOut(new PrintStream(printed, true));
        try {
            assertThat(new EchoTask().handle("hello", new FakeTaskContext())).isNull();
        } finally {
            System.setOut(out);
        }
        assertThat(printed.toString()).isEqualTo("hello" + System.lineSeparator());
    }
}
