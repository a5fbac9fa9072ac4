package dev.errand.it.app;

import dev.errand.api.Task;
import dev.errand.api.TaskContext;
import dev.errand.api.TaskHandler;
import dev.errand.api.TaskOptions;
import dev.errand.api.TaskSender;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;

/** Sends a follow-up task; "fail" fails after it has, so that it was never sent. */
@Stateless
@Task("it.chain")
public class ChainTask implements TaskHandler<String, String> {
    @Inject
    private TaskSender tasks;

    @Override
    public String handle(String how, TaskContext task) {
        String next = tasks.send(
                "example.echo", "from " + task.id(), TaskOptions.none().id(task.id() + "-next"));
        if (how.equals("fail")) {
            throw new IllegalStateException("after the send");
        }
        return next;
    }
}
