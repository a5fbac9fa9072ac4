package dev.errand.start;

import dev.errand.config.EngineClock;
import dev.errand.config.ErrandConfig;
import dev.errand.handler.Handler;
import dev.errand.handler.HandlerRegistry;
import dev.errand.log.LogMessage;
import dev.errand.manage.jmx.MBeans;
import dev.errand.queue.KnownQueues;
import dev.errand.queue.TaskPublisher;
import dev.errand.queue.Transports;
import dev.errand.queue.WorkerThreads;
import dev.errand.schedule.CodeSchedules;
import dev.errand.store.IntegrityCheck;
import dev.errand.store.NodeRelease;
import dev.errand.store.database.DataSourceRules;
import dev.errand.store.database.DatabaseMonitor;
import dev.errand.store.database.TaskTables;
import dev.errand.store.schema.Schema;
import dev.errand.timer.DueTaskSweep;
import dev.errand.timer.DueTasks;
import dev.errand.timer.Heartbeat;
import dev.errand.timer.Membership;
import dev.errand.timer.NodeRestart;
import dev.errand.timer.Pruner;
import dev.errand.timer.Watchdog;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;
import java.sql.SQLException;
import java.time.Clock;
import java.util.function.IntSupplier;
import javax.sql.DataSource;

/**
 * The start and the stop of the engine. The start makes the tables, then releases the tasks that the node held before it went
 * down, then begins the work. The stop releases the tasks that the node holds.
 */
@Singleton
@jakarta.ejb.Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class EngineLifecycle {
    private static final int CHUNK = 500;

    @Inject
    @TaskTables
    private DataSource dataSource;

    @Inject
    private DatabaseMonitor monitor;

    @Inject
    private IntegrityCheck integrity;

    @Resource
    private UserTransaction transaction;

    @Inject
    private NodeRestart node;

    @Inject
    private DueTasks dueTasks;

    @Inject
    private DueTaskSweep sweep;

    @Inject
    private Heartbeat heartbeat;

    @Inject
    private Membership membership;

    @Inject
    private Pruner pruner;

    @Inject
    private Watchdog watchdog;

    @Inject
    private Transports transports;

    @Inject
    private WorkerThreads workers;

    @Inject
    private TaskPublisher publisher;

    @Inject
    private KnownQueues queues;

    @Inject
    private HandlerRegistry handlers;

    @Inject
    private CodeSchedules schedules;

    @Inject
    private MBeans mbeans;

    @Inject
    private Banner banner;

    @Inject
    private ErrandConfig config;

    @Inject
    @EngineClock
    private Clock clock;

    @PostConstruct
    void start() {
        try {
            begin();
        } catch (RuntimeException e) {
            // the server may log much about a failed deployment without this message
            LogMessage.START_FAILED.log(e.getMessage());
            throw e;
        }
    }

    private void begin() {
        transports.choose();
        monitor.awaitDatabase();
        makeTables();
        int released = untilFewerThan(1, node::release);
        if (released > 0) {
            LogMessage.RELEASED.log(config.node(), released);
        }
        queues.refresh();
        membership.join();
        if (!config.sender()) {
            beginRuns();
        }
        publisher.start();
        heartbeat.start();
        mbeans.register();
        banner.showSoon();
    }

    private void beginRuns() {
        handlers.all().stream().map(Handler::queue).forEach(queues::register);
        // not until none is left: another node, which lacks a handler, may park them again at the same time
        int unparked = untilFewerThan(CHUNK, () -> dueTasks.unpark(CHUNK));
        if (unparked > 0) {
            LogMessage.UNPARKED.log(unparked);
        }
        schedules.apply();
        sweep.start();
        pruner.start();
        watchdog.start();
    }

    private void makeTables() {
        try {
            DataSourceRules.isolates(dataSource, config.datasource());
            Schema.migrate(dataSource, config.tablePrefix());
            DataSourceRules.joins(transaction, dataSource, config.datasource());
            integrity.log();
        } catch (SQLException | SystemException | NotSupportedException e) {
            throw new IllegalStateException("Errand's tables could not be created: " + e.getMessage(), e);
        }
    }

    static int untilFewerThan(int few, IntSupplier chunk) {
        int all = 0;
        int some;
        do {
            some = chunk.getAsInt();
            all += some;
        } while (some >= few);
        return all;
    }

    @PreDestroy
    void stop() {
        workers.stop();
        monitor.stop();
        membership.leave();
        try {
            LogMessage.STOPPED.log(config.node(), NodeRelease.all(dataSource, config.node(), clock.millis()));
        } catch (SQLException | RuntimeException e) {
            LogMessage.RELEASE_FAILED.log(e);
        }
        LoaderRelease.of(getClass().getClassLoader());
    }
}
