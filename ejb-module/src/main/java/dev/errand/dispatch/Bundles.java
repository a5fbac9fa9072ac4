package dev.errand.dispatch;

import dev.errand.dispatch.BundledRun.Ready;
import dev.errand.dispatch.BundledRun.Result;
import dev.errand.handler.Handler;
import dev.errand.handler.HandlerRegistry;
import dev.errand.queue.InFlight;
import dev.errand.queue.TaskMessage;
import dev.errand.store.Outage;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs the tasks of a bundle in as few transactions as they allow. */
@ApplicationScoped
public class Bundles {
    @Inject
    private HandlerRegistry handlers;

    @Inject
    private BundledRun bundledRun;

    @Inject
    private InFlight inFlight;

    @Inject
    private Outage outage;

    /** Never throws. @return those that have to run alone, and are still in flight */
    List<TaskMessage> run(List<TaskMessage> messages) {
        if (messages.size() == 1) {
            return messages;
        }
        List<TaskMessage> alone = new ArrayList<>();
        List<Ready> together = new ArrayList<>();
        for (TaskMessage message : messages) {
            Optional<Handler> handler = handlers.find(message.task()).filter(Handler::transactional);
            if (handler.isPresent()) {
                together.add(new Ready(message, handler.get()));
            } else {
                alone.add(message);
            }
        }
        while (together.size() > 1 && !outage.lasts()) {
            Result result = runTogether(together);
            result.done().forEach(task -> inFlight.done(task.message().id()));
            result.alone().forEach(task -> alone.add(task.message()));
            together = result.together();
        }
        together.forEach(task -> alone.add(task.message()));
        return alone;
    }

    private Result runTogether(List<Ready> tasks) {
        try {
            return bundledRun.run(tasks);
        } catch (Exception e) {
            // the claim, the commit, or the database: whom it is to blame for shows when each runs alone
            return new Result(List.of(), List.of(), tasks);
        }
    }
}
