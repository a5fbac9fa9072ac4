package dev.errand.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.api.InvalidDeploymentException;
import dev.errand.fuzz.OddTexts;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ConfigPropertyTest {
    private static final List<String> KEYS = List.of(
            "errand.dispatch",
            "errand.concurrency",
            "errand.node",
            "errand.application",
            "errand.role",
            "errand.datasource",
            "errand.url",
            "errand.first-login",
            "errand.start.wait",
            "errand.argument.max-bytes",
            "errand.trace.max-chars",
            "errand.lease",
            "errand.batch.max",
            "errand.keep.success",
            "errand.keep.failure",
            "errand.keep.revoked",
            "errand.keep.parked",
            "errand.table-prefix",
            "errand.mask");

    @Property
    void anyTextIsASettingOrIsRefusedByItsKey(@ForAll("keys") String key, @ForAll("texts") String text) {
        try {
            ErrandConfig config =
                    new ConfigReader(asked -> asked.equals(key) ? Optional.of(text) : Optional.empty()).read();
            assertThat(config.lease()).isBetween(Duration.ofSeconds(2), Duration.ofHours(1));
            assertThat(config.argumentMaxBytes()).isBetween(1024, 64 << 20);
        } catch (InvalidDeploymentException e) {
            assertThat(e).hasMessageContaining(key).hasMessageContaining("Allowed: ");
        }
    }

    @Provide
    Arbitrary<String> keys() {
        return Arbitraries.of(KEYS);
    }

    /** Durations and numbers too, near their limits and past them. */
    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                OddTexts.any(),
                Arbitraries.longs().map(String::valueOf),
                Arbitraries.longs().map(seconds -> "PT" + seconds + "S"),
                Arbitraries.integers().between(-10, 4000).map(days -> "P" + days + "DT0.5S"));
    }
}
