package dev.errand.store;

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
import javax.sql.DataSource;

/**
 * Whether the database answers, as far as this node knows. While it does not, one thread asks it, once a second, and nobody
 * else tries in vain: who can wait waits here, who cannot is refused at once. So an outage is one line a minute in the log,
 * and over for everybody in the second in which the database is back. Thread-safe.
 */
@ApplicationScoped
public class DatabaseMonitor {
    private static final int ANSWER_WITHIN_SECONDS = 3;
    private static final int MOST_TRIES = 5;
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    @Inject
    @TaskDatabase
    DataSource database;

    @Inject
    ErrandConfig config;

    /** Of its own, and no synchronized method: CDI's proxies are locked by such ones, too, and who waits lets go of one only. */
    private final Object state = new Object();

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

    /** Returns the number of outages so far. A higher number later means that there was one in between. */
    public int outages() {
        synchronized (state) {
            return outages;
        }
    }

    /** Returns whether something failed because the database is down. Asks the database, unless the answer is known. */
    public boolean isCauseOf(Throwable error) {
        return isDown() || !(error instanceof InterruptedException) && isAway();
    }

    /** To be called once a second. */
    public void watch() {
        if (isDown()) {
            isAway();
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
     * Does what must not be lost: when the database goes away meanwhile, again as soon as it is back; when it is there, and
     * has only cut the connection or chosen the victim of a deadlock, a few times more.
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

    /** The node stops: nobody waits any longer. */
    public void stop() {
        synchronized (state) {
            stopped = true;
            state.notifyAll();
        }
    }

    /**
     * After a power cut the server is often up before its database: the start waits for it, but not for ever.
     *
     * @throws IllegalStateException if it does not answer in time
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
            return connection.isValid(ANSWER_WITHIN_SECONDS) ? null : new SQLException("The connection is of no use.");
        } catch (SQLException e) {
            return e;
        }
    }

    /** What the driver says, out of what the pool makes of it. */
    private static String reason(SQLException away) {
        return Causes.of(away)
                .filter(SQLException.class::isInstance)
                .map(Throwable::getMessage)
                .reduce((outer, inner) -> inner)
                .orElse(null);
    }
}
