package dev.errand.manage;

import dev.errand.api.HandlerHold;
import dev.errand.api.HandlerInfo;
import dev.errand.api.NotFoundException;
import dev.errand.config.EngineClock;
import dev.errand.log.LogMessage;
import dev.errand.queue.Switches;
import dev.errand.store.HandlerRecords;
import dev.errand.store.HandlerRecords.Hold;
import dev.errand.store.NodeRecords;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The actions that pause and resume task names. Thread-safe. */
@ApplicationScoped
public class HandlerControl {
    @Inject
    private HandlerRecords records;

    @Inject
    private NodeRecords nodes;

    @Inject
    private Switches switches;

    @Inject
    @EngineClock
    private Clock clock;

    /** Adds to each handler whether its tasks wait. */
    List<HandlerInfo> withHolds(List<HandlerInfo> handlers) {
        Map<String, Hold> holds = records.holds().stream().collect(Collectors.toMap(Hold::task, Function.identity()));
        return handlers.stream()
                .map(handler -> holds.containsKey(handler.task())
                        ? handler.hold(holds.get(handler.task()).info())
                        : handler)
                .toList();
    }

    /** Pauses a name. After this call, no task of it starts on any node. */
    HandlerHold pause(String task, String by) {
        known(task);
        if (records.pause(task, by, clock.millis())) {
            LogMessage.HANDLER_BY.log(task, "paused", LogMessage.nameOf(by));
        }
        switches.refresh();
        // even if it was paused already: another caller may have paused it at this moment
        Switches.awaitEverywhere();
        return known(task);
    }

    HandlerHold resume(String task, String by) {
        known(task);
        if (records.resume(task, by, clock.millis())) {
            LogMessage.HANDLER_BY.log(task, "resumed", LogMessage.nameOf(by));
        }
        switches.refresh();
        return known(task);
    }

    private HandlerHold known(String task) {
        return records.find(task).map(Hold::info).orElseThrow(() -> {
            Set<String> names = new TreeSet<>(nodes.claims().keySet());
            return new NotFoundException("No handler of the task \"" + task + "\" was ever deployed. There are: "
                    + QueueNames.instead(task, names, names) + ".");
        });
    }
}
