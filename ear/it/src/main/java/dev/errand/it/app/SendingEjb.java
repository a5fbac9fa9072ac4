package dev.errand.it.app;

import dev.errand.api.TaskOptions;
import dev.errand.api.TaskSender;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;

/** Sends in the transaction that every EJB has. */
@Stateless
public class SendingEjb {
    @Inject
    private TaskSender tasks;

    public String send(String text) {
        return tasks.send("example.echo", text);
    }

    public void sendAndFail(String id) {
        tasks.send("example.echo", "never", TaskOptions.none().id(id));
        throw new IllegalStateException("after the send");
    }
}
