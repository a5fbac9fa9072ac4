package dev.errand.store.database;

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
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DatabaseMonitorTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final Switched database = new Switched();
    private final DatabaseMonitor monitor = new DatabaseMonitor();
    private final AtomicLong now = new AtomicLong();

    @BeforeEach
    void wire() {
        wire("PT0S");
    }

    private void wire(String startWait) {
        Map<String, String> keys = Map.of("errand.start.wait", startWait, "errand.datasource", "java:/its/name");
        monitor.config = new ConfigReader(key -> Optional.ofNullable(keys.get(key))).read();
        monitor.database = database;
        monitor.nanoTime = now::get;
    }

    @Test
    void anErrorWithTheDatabaseThereIsNoOutage() {
        assertThat(monitor.isCauseOf(new IllegalStateException())).isFalse();
        assertThat(monitor.isDown()).isFalse();
    }

    @Test
    void anErrorWithTheDatabaseAwayIsOneUntilItAnswers() {
        database.away = true;
        assertThat(monitor.isCauseOf(new IllegalStateException())).isTrue();
        assertThat(monitor.isDown()).isTrue();
        assertThat(monitor.outages()).isEqualTo(1);
        monitor.watch();
        assertThat(monitor.isDown()).isTrue();

        database.away = false;
        monitor.watch();
        assertThat(monitor.isDown()).isFalse();
        assertThat(monitor.outages()).isEqualTo(1);
    }

    @Test
    void whileItIsKnownOnlyTheWatchAsks() {
        database.away = true;
        monitor.isCauseOf(new IllegalStateException());
        int asked = database.asked.get();

        monitor.isCauseOf(new IllegalStateException());
        assertThat(database.asked).hasValue(asked);
        monitor.watch();
        assertThat(database.asked).hasValue(asked + 1);
    }

    @Test
    void theWatchFindsAnOutageThatNoCallerHasMet() {
        monitor.watch();
        assertThat(monitor.answers()).isTrue();
        database.away = true;
        monitor.watch();
        assertThat(monitor.answers()).isFalse();
    }

    /** A pool without a free connection keeps the question waiting: it has neither failed nor been answered. */
    @Test
    void aQuestionThatWaitsForLongIsNoAnswer() {
        monitor.watch();
        now.addAndGet(Duration.ofSeconds(9).toNanos());
        assertThat(monitor.answers()).isTrue();
        now.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThat(monitor.answers()).isFalse();
        monitor.watch();
        assertThat(monitor.answers()).isTrue();
    }

    @Test
    void theEndOfAnOutageWakesWaiters() throws Exception {
        database.away = true;
        monitor.isCauseOf(new IllegalStateException());
        CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> monitor.awaitUp(LONG));
        database.away = false;
        monitor.watch();
        assertThat(waiting.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void theStopOfTheNodeWakesWaiters() throws Exception {
        database.away = true;
        monitor.isCauseOf(new IllegalStateException());
        CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> monitor.awaitUp(LONG));
        monitor.stop();
        assertThat(waiting.get(10, TimeUnit.SECONDS)).isFalse();
    }

    @Test
    void noWaiterWaitsLongerThanItWants() {
        database.away = true;
        monitor.isCauseOf(new IllegalStateException());
        assertThat(monitor.awaitUp(Duration.ofMillis(10))).isFalse();
        assertThat(monitor.awaitUp(Duration.ofMillis(-10))).isFalse();
    }

    @Test
    void workThatMustNotBeLostIsRepeatedWhenTheDatabaseIsBack() throws Exception {
        database.away = true;
        AtomicInteger done = new AtomicInteger();
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> {
            assertThatCode(() -> monitor.retryUntilUp(() -> {
                        database.getConnection();
                        done.incrementAndGet();
                    }))
                    .doesNotThrowAnyException();
        });
        while (!monitor.isDown()) {
            Thread.onSpinWait();
        }
        database.away = false;
        monitor.watch();
        waiting.get(10, TimeUnit.SECONDS);
        assertThat(done).hasValue(1);
    }

    @Test
    void workThatMustNotBeLostIsRepeatedAfterACutConnection() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        monitor.retryUntilUp(() -> {
            if (tries.incrementAndGet() < 4) {
                throw new SQLException("terminating connection", "57P01");
            }
        });
        assertThat(tries).hasValue(4);
        assertThat(monitor.outages()).isZero();
    }

    @Test
    void anotherErrorIsNotOutlasted() {
        assertThatThrownBy(() -> monitor.retryUntilUp(() -> {
                    throw new IllegalArgumentException("mine");
                }))
                .hasMessage("mine");
    }

    @Test
    void aStartThatWaitsInVainNamesTheDatasourceTheReasonAndTheWayOut() {
        database.away = true;
        assertThatThrownBy(monitor::awaitDatabase)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll(
                        "java:/its/name", "PT0S", "errand.start.wait", "Connection refused", "deploy Errand again");
    }

    @Test
    void aStartGoesOnWhenTheDatabaseIsThere() throws Exception {
        wire("PT1M");
        database.away = true;
        CompletableFuture<Void> start = CompletableFuture.runAsync(monitor::awaitDatabase);
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
                    DatabaseMonitorTest.class.getClassLoader(),
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
