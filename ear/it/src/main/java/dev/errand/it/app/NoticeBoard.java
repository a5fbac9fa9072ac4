package dev.errand.it.app;

import dev.errand.tasks.webhook.Webhooks;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Map;

/** Writes to the application's table and tells the subscribers, in one transaction. */
@Stateless
public class NoticeBoard {
    @Inject
    private Ledger ledger;

    @Inject
    private Webhooks webhooks;

    public void post(String id, boolean fail) {
        ledger.write(id, "posted");
        webhooks.publish("notice/posted", Map.of("id", id));
        if (fail) {
            throw new IllegalStateException("after the publication");
        }
    }
}
