package dev.errand.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LogMessageTest {
    private final Logger logger = Logger.getLogger("dev.errand");
    private final List<LogRecord> logged = new ArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord record) {
            logged.add(record);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
    }

    @AfterEach
    void stopListening() {
        logger.removeHandler(handler);
        logger.setUseParentHandlers(true);
    }

    @Test
    void noNumberIsUsedTwice() {
        assertThat(Arrays.stream(LogMessage.values()).map(LogMessage::code)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource
    void eachHasACodeOfFourDigits(LogMessage message) {
        assertThat(message.code()).matches("ERRAND-0[1-7][0-9]{2}");
    }

    /** An operator searches the log for ERRAND-0302, wherever in the world the server stands. */
    @Test
    void theCodeIsTheSameInEveryLanguage() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG"));
        try {
            assertThat(LogMessage.FAILED.code()).isEqualTo("ERRAND-0302");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void aLineIsTheCodeAndTheText() {
        LogMessage.FAILED.log("example.echo", "order-1", new IllegalStateException("100% full {0} %s"));

        assertThat(logged).singleElement().satisfies(record -> {
            assertThat(record.getLevel()).isEqualTo(Level.WARNING);
            assertThat(record.getMessage())
                    .isEqualTo("ERRAND-0302 Task example.echo[order-1] failed:"
                            + " java.lang.IllegalStateException: 100% full {0} %s");
            assertThat(record.getParameters()).isNull();
        });
    }

    @Test
    void noValueCanBeginALineOfItsOwn() {
        LogMessage.REVOKED_BY.log(
                "order-1", "ann.\r\nERRAND-0512 Task x was retried by bob\u001b[2K\u2028\u0085\u202e");

        assertThat(logged).singleElement().satisfies(record -> {
            assertThat(record.getLoggerName()).isEqualTo("dev.errand.audit");
            assertThat(record.getMessage())
                    .isEqualTo("ERRAND-0511 Task order-1 was revoked by ann.\\u000d\\u000aERRAND-0512"
                            + " Task x was retried by bob\\u001b[2K\\u2028\\u0085\\u202e.");
        });
    }

    @Test
    void theSameTroubleIsSaidOnceAMinute() {
        LogMessage.PRUNE_FAILED.logAtMostOnceAMinute("first");
        LogMessage.PRUNE_FAILED.logAtMostOnceAMinute("second");

        assertThat(logged)
                .extracting(LogRecord::getMessage)
                .singleElement()
                .asString()
                .contains("(first)");
    }

    @Test
    void nullsAreNoTrouble() {
        assertThatCode(() -> LogMessage.LOST.log("example.echo", "order-1", null))
                .doesNotThrowAnyException();
        assertThat(logged)
                .singleElement()
                .extracting(LogRecord::getMessage)
                .asString()
                .contains("Node null went away");
    }
}
