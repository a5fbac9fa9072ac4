package dev.errand.it.app;

import dev.errand.api.TaskOptions;
import dev.errand.api.TaskSender;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;

/** Writes to the application's table and sends, in one transaction. */
@Stateless
public class OrderDesk {
    @Inject
    private Ledger ledger;

    @Inject
    private TaskSender tasks;

    public void order(String id, String step, boolean fail) {
        ledger.write(id, "ordered");
        tasks.send("it.scripted", new Script(List.of(step)), TaskOptions.none().id(id));
        if (fail) {
            throw new IllegalStateException("after the send");
        }
    }
}
