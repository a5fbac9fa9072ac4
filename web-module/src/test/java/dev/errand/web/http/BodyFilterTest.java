package dev.errand.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyFilterTest {

    @Test
    void aBodyUpToTheLimitIsReadAndOneOfUnknownLengthIsTried() {
        assertThat(BodyFilter.problem(null, 10, 10)).isNull();
        assertThat(BodyFilter.problem(null, -1, 10)).isNull();
        assertThat(BodyFilter.problem("identity", 10, 10)).isNull();
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 90L << 20, Long.MAX_VALUE})
    void oneThatIsAnnouncedToBeLargerIsRefused(long length) {
        Problem problem = BodyFilter.problem(null, length, 10);

        assertThat(problem.status()).isEqualTo(413);
        assertThat(problem.detail()).contains("10 bytes", "errand.argument.max-bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "x-gzip", "br", "identity, gzip", "GZIP", "nonsense"})
    void oneThatIsCompressedIsRefused(String encoding) {
        Problem problem = BodyFilter.problem(encoding, 5, 10);

        assertThat(problem.status()).isEqualTo(415);
        assertThat(problem.detail()).contains(encoding);
    }
}
