package dev.errand.manage;

import dev.errand.api.NodeHealth;
import dev.errand.queue.HandlerStats;
import dev.errand.queue.NodeActivity;
import dev.errand.queue.ParkedAlarm;
import dev.errand.store.database.DatabaseMonitor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/**
 * The health of each part of the engine. No part asks the database for it: any client may ask for the health, so it must cost
 * nothing, and a caller must not wait for a connection.
 */
@ApplicationScoped
public class EngineHealth implements NodeHealth {
    @Inject
    DatabaseMonitor database;

    @Inject
    NodeActivity activity;

    @Inject
    HandlerStats stats;

    @Inject
    ParkedAlarm parked;

    @Override
    public List<Check> checks() {
        return List.of(
                new Check("database", database.answers(), null),
                new Check("heartbeat", activity.beats(), null),
                new Check("dueTasks", activity.looks(), null),
                // up: the tasks do run, so the node is of use
                new Check(
                        "sharedCommits",
                        true,
                        stats.runsAlone() ? "Short tasks run one by one; see ERRAND-0310 in the log." : null),
                new Check(
                        "parkedTasks",
                        true,
                        parked.rings()
                                ? "Tasks wait for a handler that no node has; see ERRAND-0308 in the log."
                                : null));
    }
}
