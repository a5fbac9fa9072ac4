package dev.errand.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.api.InvalidDeploymentException;
import dev.errand.config.ConfigReader;
import dev.errand.config.ErrandConfig;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TransportsTest {
    private static final Optional<Transport> NO_MODULE = Optional.empty();
    private static final Optional<Transport> JMS = Optional.of(new Fake(Optional.empty()));
    private static final Optional<Transport> NO_BROKER = Optional.of(new Fake(Optional.of("there is no broker")));

    private final Transport threads = new Fake(Optional.empty());

    private record Fake(Optional<String> missing) implements Transport {
        @Override
        public Connection connect() {
            throw new UnsupportedOperationException();
        }
    }

    private Transports choose(String dispatch, Optional<Transport> jms) {
        ErrandConfig config =
                new ConfigReader(key -> Optional.ofNullable(key.equals("errand.dispatch") ? dispatch : null)).read();
        Transports transports = new Transports(threads, config, jms);
        transports.choose();
        return transports;
    }

    @Test
    void withoutASettingItIsJmsWhereTheServerHasIt() {
        assertThat(choose(null, JMS).chosen()).isSameAs(JMS.orElseThrow());
        assertThat(choose(null, JMS).jms()).isTrue();
        assertThat(choose(null, NO_BROKER).chosen()).isSameAs(threads);
        assertThat(choose(null, NO_MODULE).chosen()).isSameAs(threads);
        assertThat(choose(null, NO_MODULE).jms()).isFalse();
    }

    @Test
    void aQueueThatAnotherApplicationUsesIsRefusedWithItsName() {
        Transport shared = new Transport() {
            @Override
            public Optional<String> missing() {
                return Optional.empty();
            }

            @Override
            public Optional<String> conflict() {
                return Optional.of("shop");
            }

            @Override
            public Connection connect() {
                throw new UnsupportedOperationException();
            }
        };
        for (String dispatch : new String[] {null, "jms", "threads"}) {
            assertThatThrownBy(() -> choose(dispatch, Optional.of(shared)))
                    .isInstanceOf(InvalidDeploymentException.class)
                    .hasMessageContaining("\"shop\"")
                    .hasMessageContaining("errand-jms.jar");
        }
    }

    @Test
    void threadsNeedNothing() {
        assertThat(choose("threads", JMS).chosen()).isSameAs(threads);
    }

    @Test
    void jmsThatIsMissingIsRefusedWithTheRemedy() {
        assertThat(choose("jms", JMS).chosen()).isSameAs(JMS.orElseThrow());
        assertThatThrownBy(() -> choose("jms", NO_BROKER))
                .isInstanceOf(InvalidDeploymentException.class)
                .hasMessage("The configuration key errand.dispatch has the value \"jms\", but there is no broker."
                        + " Add what is missing, or set errand.dispatch to threads.");
        assertThatThrownBy(() -> choose("jms", NO_MODULE)).hasMessageContaining("errand-jms.jar");
    }
}
