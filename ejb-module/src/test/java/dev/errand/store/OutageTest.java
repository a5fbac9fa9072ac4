package dev.errand.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.config.ConfigReader;
import java.io.PrintWriter;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class OutageTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final Switched database = new Switched();
    private final Outage outage = new Outage();

    @BeforeEach
    void wire() {
        wire("PT0S");
    }

    private void wire(String startWait) {
        Map<String, String> keys = Map.of("errand.start.wait", startWait, "errand.datasource", "java:/its/name");
        outage.config = new ConfigReader(key -> Optional.ofNullable(keys.get(key))).read();
        outage.database = database;
    }

    @Test
    void anErrorWithTheDatabaseThereIsNoOutage() {
        assertThat(outage.explains(new IllegalStateException())).isFalse();
        assertThat(outage.lasts()).isFalse();
    }

    @Test
    void anErrorWithTheDatabaseAwayIsOneUntilItAnswers() {
        database.away = true;
        assertThat(outage.explains(new IllegalStateException())).isTrue();
        assertThat(outage.lasts()).isTrue();
        assertThat(outage.count()).isEqualTo(1);
        outage.watch();
        assertThat(outage.lasts()).isTrue();

        database.away = false;
        outage.watch();
        assertThat(outage.lasts()).isFalse();
        assertThat(outage.count()).isEqualTo(1);
    }

    @Test
    void whileItIsKnownOnlyTheWatchAsks() {
        database.away = true;
        outage.explains(new IllegalStateException());
        int asked = database.asked.get();

        outage.explains(new IllegalStateException());
        assertThat(database.asked).hasValue(asked);
        outage.watch();
        assertThat(database.asked).hasValue(asked + 1);
    }

    @Test
    void whileAllIsWellNobodyAsks() {
        outage.watch();
        assertThat(database.asked).hasValue(0);
    }

    @Test
    void whoWaitsIsWokenByItsEnd() throws Exception {
        database.away = true;
        outage.explains(new IllegalStateException());
        CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> outage.awaitEnd(LONG));
        database.away = false;
        outage.watch();
        assertThat(waiting.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whoWaitsIsWokenByTheStopOfTheNode() throws Exception {
        database.away = true;
        outage.explains(new IllegalStateException());
        CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> outage.awaitEnd(LONG));
        outage.stop();
        assertThat(waiting.get(10, TimeUnit.SECONDS)).isFalse();
    }

    @Test
    void nobodyWaitsLongerThanHeWants() {
        database.away = true;
        outage.explains(new IllegalStateException());
        assertThat(outage.awaitEnd(Duration.ofMillis(10))).isFalse();
        assertThat(outage.awaitEnd(Duration.ofMillis(-10))).isFalse();
    }

    @Test
    void whatMustNotBeLostIsDoneAgainWhenTheDatabaseIsBack() throws Exception {
        database.away = true;
        AtomicInteger done = new AtomicInteger();
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> {
            assertThatCode(() -> outage.outlast(() -> {
                        database.getConnection();
                        done.incrementAndGet();
                    }))
                    .doesNotThrowAnyException();
        });
        while (!outage.lasts()) {
            Thread.onSpinWait();
        }
        database.away = false;
        outage.watch();
        waiting.get(10, TimeUnit.SECONDS);
        assertThat(done).hasValue(1);
    }

    @Test
    void whatMustNotBeLostIsTriedAgainWhereOnlyAConnectionWasCut() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        outage.outlast(() -> {
            if (tries.incrementAndGet() < 4) {
                throw new SQLException("terminating connection", "57P01");
            }
        });
        assertThat(tries).hasValue(4);
        assertThat(outage.count()).isZero();
    }

    @Test
    void anotherErrorIsNotOutlasted() {
        assertThatThrownBy(() -> outage.outlast(() -> {
                    throw new IllegalArgumentException("mine");
                }))
                .hasMessage("mine");
    }

    @Test
    void aStartThatWaitsInVainNamesTheDatasourceTheReasonAndTheWayOut() {
        database.away = true;
        assertThatThrownBy(outage::awaitDatabase)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll(
                        "java:/its/name", "PT0S", "errand.start.wait", "Connection refused", "deploy Errand again");
    }

    @Test
    void aStartGoesOnWhenTheDatabaseIsThere() throws Exception {
        wire("PT1M");
        database.away = true;
        CompletableFuture<Void> start = CompletableFuture.runAsync(outage::awaitDatabase);
        while (database.asked.get() < 2) {
            Thread.onSpinWait();
        }
        database.away = false;
        start.get(20, TimeUnit.SECONDS);
    }

    /** A pool, whose words hide the driver's. */
    private static final class Switched implements DataSource {
        private final AtomicInteger asked = new AtomicInteger();
        private volatile boolean away;

        @Override
        public Connection getConnection() throws SQLException {
            asked.incrementAndGet();
            if (away) {
                throw new SQLException(
                        "no managed connection", new IllegalStateException(new SQLException("Connection refused")));
            }
            return (Connection) Proxy.newProxyInstance(
                    OutageTest.class.getClassLoader(),
                    new Class<?>[] {Connection.class},
                    (proxy, method, arguments) -> method.getName().equals("isValid") ? true : null);
        }

        @Override
        public Connection getConnection(String user, String password) throws SQLException {
            return getConnection();
        }

        @Override
        public PrintWriter getLogWriter() {
            return null;
        }

        @Override
        public void setLogWriter(PrintWriter out) {}

        @Override
        public void setLoginTimeout(int seconds) {}

        @Override
        public int getLoginTimeout() {
            return 0;
        }

        @Override
        public Logger getParentLogger() {
            return null;
        }

        @Override
        public <T> T unwrap(Class<T> type) {
            return null;
        }

        @Override
        public boolean isWrapperFor(Class<?> type) {
            return false;
        }
    }
}
