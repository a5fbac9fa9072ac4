package dev.errand.it.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.it.server.PayaraAdmin;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** On Payara, which is drained in two steps, as it cannot be suspended. */
class AdminPayaraIT extends AdminContract {
    @Test
    void aDrainedServerEndsItsRunsAndStartsNothing() throws Exception {
        PayaraAdmin payara = (PayaraAdmin) admin;
        List<String> running = send(16, task("it.outside", "drain", "sleep 8000"));
        await().until(() -> running.stream().map(this::state).allMatch("STARTED"::equals));
        // the broker may have given it to the bean, which is busy
        String handedOver = rest.send(task("it.scripted", "drain", "ok"));
        List<String> waiting = new ArrayList<>();

        payara.stopDelivery();
        try {
            Map<String, Object> later = task("it.scripted", "drain", "ok");
            waiting.addAll(send(3, later));
            later.put("countdown", 3);
            waiting.add(rest.send(later));
            payara.refuseRequests();
            rest.get("/queues").expect(403);
            rest.post("/tasks", later).expect(403);

            await().until(() -> running().length == 0);
            for (String id : running) {
                assertThat(find(id)).contains("\"SUCCESS\"");
            }
            for (String id : waiting) {
                assertThat(find(id)).contains("\"PENDING\"");
            }
        } finally {
            payara.takeRequests();
            payara.startDelivery();
        }
        waiting.add(handedOver);
        for (String id : waiting) {
            rest.awaitState(id, "SUCCESS");
            assertThat(ledger(id)).hasSize(1);
        }
        // the lease is two seconds, so the node must have renewed it
        assertThat(running).allSatisfy(id -> assertThat(ledger(id)).hasSize(1));
    }
}
