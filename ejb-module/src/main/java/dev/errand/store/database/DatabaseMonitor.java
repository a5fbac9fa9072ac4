package dev.errand.store.database;

import dev.errand.api.TaskDatabase;
import dev.errand.config.ErrandConfig;
import dev.errand.log.LogMessage;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import javax.sql.DataSource;

/**
 * The knowledge of this node about whether the database answers. One thread asks it once a second, and while the
 * database is down no other thread tries in vain: callers that can wait do so here, all others are refused at once. So an
 * outage is one line per minute in the log, and ends for all callers in the second in which the database is back.
 * Thread-safe.
 */
@ApplicationScoped
public class DatabaseMonitor {
    private static final int ANSWER_WITHIN_SECONDS = 3;
    private static final int MOST_TRIES = 5;
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** The age of the last answer from which the database counts as away, though no question to it has failed yet. */
    private static final Duration LATE = Duration.ofSeconds(10);

    @Inject
    @TaskDatabase
    DataSource database;

    @Inject
    ErrandConfig config;

    /**
     * A monitor of its own instead of synchronized methods: CDI's proxies are locked by such methods as well, and a
     * waiting thread releases only one of the two locks.
     */
    private final Object state = new Object();

    LongSupplier nanoTime = System::nanoTime;

    /** The time of the last answer; null before the first one. */
    private Long answered;

    private int outages;
    private boolean down;
    private boolean stopped;
    private long began;

    /** An action that must not be lost. */
    @FunctionalInterface
    public interface Action {
        void run() throws Exception;
    }

    public boolean isDown() {
        synchronized (state) {
            return down;
        }
    }

    /** Returns the number of outages so far. A higher number later shows that an outage has begun in between. */
    public int outages() {
        synchronized (state) {
            return outages;
        }
    }

    /** Returns whether a failure is due to an outage. Asks the database, unless the answer is known. */
    public boolean isCauseOf(Throwable error) {
        return isDown() || !(error instanceof InterruptedException) && isAway();
    }

    /** Asks the database. To be called once a second. */
    public void watch() {
        isAway();
    }

    /**
     * Returns whether the database answers, without asking it: {@link #watch} does so once a second. A question that a pool
     * without a free connection, or a network that swallows it, keeps waiting counts as no answer after ten seconds.
     */
    public boolean answers() {
        synchronized (state) {
            return !down && (answered == null || nanoTime.getAsLong() - answered < LATE.toNanos());
        }
    }

    /**
     * Waits until the database is up.
     *
     * @return false if it is still down after that time, or the node stops
     */
    public boolean awaitUp(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        synchronized (state) {
            try {
                for (long left = end - System.nanoTime();
                        down && !stopped && left > 0;
                        left = end - System.nanoTime()) {
                    TimeUnit.NANOSECONDS.timedWait(state, left);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return !down;
        }
    }

    /**
     * Performs an action that must not be lost. After an outage, it is repeated as soon as the database is back. If the
     * database is up, and only cut the connection or chose the transaction as the victim of a deadlock, it is repeated
     * a few times.
     */
    public void retryUntilUp(Action action) throws Exception {
        for (int tries = 1; ; ) {
            try {
                action.run();
                return;
            } catch (Exception e) {
                boolean again = isCauseOf(e) ? awaitUp(Duration.ofDays(1)) : tries++ < MOST_TRIES;
                if (!again) {
                    throw e;
                }
            }
        }
    }

    /** Ends all waiting, because the node stops. */
    public void stop() {
        synchronized (state) {
            stopped = true;
            state.notifyAll();
        }
    }

    /**
     * Waits for the database at the start, but not without end: after a power cut, the server is often up before its
     * database.
     *
     * @throws IllegalStateException if the database does not answer in time
     */
    public void awaitDatabase() {
        awaitDatabase(database, config);
    }

    static void awaitDatabase(DataSource database, ErrandConfig config) {
        long start = System.nanoTime();
        for (SQLException away = ask(database); away != null; away = ask(database)) {
            if (System.nanoTime() - start >= config.startWait().toNanos()) {
                throw new IllegalStateException(
                        "The database of the datasource " + config.datasource()
                                + " (errand.datasource) did not answer within " + config.startWait()
                                + " (errand.start.wait): " + reason(away)
                                + " Start it, or correct the datasource; then deploy Errand again.",
                        away);
            }
            LogMessage.WAITING_FOR_DATABASE.logAtMostOnceAMinute(config.datasource(), config.startWait(), reason(away));
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private boolean isAway() {
        SQLException away = ask(database);
        synchronized (state) {
            if (away == null) {
                answered = nanoTime.getAsLong();
            }
            if (away != null) {
                if (!down) {
                    down = true;
                    outages++;
                    began = System.nanoTime();
                }
                LogMessage.DATABASE_AWAY.logAtMostOnceAMinute(config.datasource(), reason(away));
            } else if (down) {
                down = false;
                LogMessage.DATABASE_BACK.log(
                        Duration.ofNanos(System.nanoTime() - began).truncatedTo(ChronoUnit.SECONDS));
                state.notifyAll();
            }
            return down;
        }
    }

    private static SQLException ask(DataSource database) {
        try (Connection connection = database.getConnection()) {
            return connection.isValid(ANSWER_WITHIN_SECONDS)
                    ? null
                    : new SQLException("The connection cannot be used.");
        } catch (SQLException e) {
            return e;
        }
    }

    /** Returns the driver's message, which may be inside the pool's exception. */
    private static String reason(SQLException away) {
        return Causes.of(away)
                .filter(SQLException.class::isInstance)
                .map(Throwable::getMessage)
                .reduce((outer, inner) -> inner)
                .orElse(null);
    }
}
