package dev.errand.docs.timers;

import dev.errand.api.TaskOptions;
import dev.errand.api.TaskSender;
import jakarta.jms.JMSContext;
import jakarta.jms.Queue;

/** How both send. */
final class Sends {
    private Sends() {}

    static void jms(JMSContext jms, Queue orders, String address) {
        jms.createProducer().setPriority(7).send(orders, address);
    }

    static void errand(TaskSender tasks, String address) {
        tasks.send("reminder.send", address, TaskOptions.none().priority(7));
    }
}
