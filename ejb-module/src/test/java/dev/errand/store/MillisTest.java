package dev.errand.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MillisTest {
    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "999999, 1", "1000000, 1", "1000001, 2", "-1, 0", "-1000001, -1"})
    void isTheFirstThatIsNotBefore(long nanos, long millis) {
        assertThat(Millis.notBefore(Instant.EPOCH.plusNanos(nanos))).isEqualTo(millis);
    }

    @Test
    void staysWhereThereIsNoLaterOne() {
        Instant last = Instant.ofEpochMilli(Long.MAX_VALUE).plusNanos(1);
        assertThat(Millis.notBefore(last)).isEqualTo(Long.MAX_VALUE);
    }
}
