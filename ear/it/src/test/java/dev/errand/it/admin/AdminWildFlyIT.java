package dev.errand.it.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.it.server.WildFlyAdmin;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** On WildFly, which can be suspended, and whose management knows roles: {@code watcher} is a Monitor. */
class AdminWildFlyIT extends AdminContract {
    @Test
    void aSuspendedServerEndsItsRunsAndStartsNothing() throws Exception {
        List<String> running = send(16, task("it.outside", "graceful", "sleep 8000"));
        await().until(() -> running.stream().map(this::state).allMatch("STARTED"::equals));
        List<String> waiting = send(3, task("it.scripted", "graceful", "ok"));
        Map<String, Object> later = task("it.scripted", "graceful", "ok");
        later.put("countdown", 3);
        waiting = Stream.concat(waiting.stream(), Stream.of(rest.send(later))).toList();

        ((WildFlyAdmin) admin).suspend();
        try {
            rest.get("/queues").expect(503);
            rest.post("/tasks", later).expect(503);
            for (String id : running) {
                await().until(() -> find(id).contains("\"SUCCESS\""));
            }
            for (String id : waiting) {
                assertThat(find(id)).contains("\"PENDING\"");
            }
        } finally {
            ((WildFlyAdmin) admin).resume();
        }
        server.awaitHealth();
        for (String id : waiting) {
            rest.awaitState(id, "SUCCESS");
            assertThat(ledger(id)).hasSize(1);
        }
        // the lease is two seconds, so the node must have renewed it
        assertThat(running).allSatisfy(id -> assertThat(ledger(id)).hasSize(1));
    }

    @Test
    void aMonitorMayLookAndMayNotChange() throws Exception {
        ObjectName tasks = new ObjectName(TASKS);
        String[] string = {"java.lang.String"};
        try (JMXConnector watcher = admin.jmx("watcher", "watcher-password")) {
            MBeanServerConnection mbeans = watcher.getMBeanServerConnection();

            assertThat(mbeans.getAttribute(tasks, "Handlers"))
                    .asInstanceOf(InstanceOfAssertFactories.ARRAY)
                    .isNotEmpty();
            for (String operation : new String[] {"pause", "resume", "retry", "revoke"}) {
                assertThatThrownBy(() -> mbeans.invoke(tasks, operation, new Object[] {"watched"}, string))
                        .hasStackTraceContaining("Unauthorized access");
            }
        }
    }
}
