package dev.errand.run;

import dev.errand.config.EngineClock;
import dev.errand.queue.BatchMessage;
import dev.errand.queue.BatchRunners;
import dev.errand.queue.Concurrency;
import dev.errand.queue.InFlight;
import dev.errand.queue.MessageReceiver;
import dev.errand.queue.QueueMessage;
import dev.errand.queue.TaskMessage;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;

/** Runs the task or the batches of a message, as soon as the node has a place for one more. Thread-safe. */
@ApplicationScoped
public class MessageRunner implements MessageReceiver {
    @Inject
    BatchRunner batchRunner;

    @Inject
    TaskRunner taskRunner;

    @Inject
    BatchRunners runners;

    @Inject
    InFlight inFlight;

    @Inject
    Concurrency concurrency;

    @Inject
    @EngineClock
    Clock clock;

    @Override
    public void receive(QueueMessage message) {
        try {
            // after its lease, the sweep looks at the tasks again
            if (!concurrency.enter(Duration.ofMillis(message.leaseEnd() - clock.millis()))) {
                giveUp(message);
                return;
            }
        } catch (InterruptedException e) {
            giveUp(message);
            Thread.currentThread().interrupt();
            return;
        }
        try {
            if (message instanceof BatchMessage batch) {
                batchRunner.run(batch);
            } else {
                taskRunner.run((TaskMessage) message);
            }
        } finally {
            concurrency.leave();
        }
    }

    private void giveUp(QueueMessage message) {
        if (message instanceof BatchMessage batch) {
            runners.ended(batch, false);
        } else {
            inFlight.release(((TaskMessage) message).id());
        }
    }
}
