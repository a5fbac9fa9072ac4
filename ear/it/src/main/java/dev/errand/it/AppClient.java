package dev.errand.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.it.client.Rest;
import dev.errand.it.server.ServerProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/** The client of the test application ({@link AppIT#withApp}). */
public final class AppClient {
    private final Rest rest;
    private final String url;

    public AppClient(Rest rest, String url) {
        this.rest = rest;
        this.url = url;
    }

    /** On a server that a test starts by itself. */
    public AppClient(ServerProcess server) {
        this(server.rest(), "http://localhost:" + server.port() + "/app/");
    }

    /** A scripted task, to send as it is or with more options put into it. */
    public static Map<String, Object> script(String task, String... steps) {
        Map<String, Object> body = new HashMap<>();
        body.put("task", task);
        body.put("argument", Map.of("steps", List.of(steps)));
        return body;
    }

    /** Waits for a fact while servers and databases start, on a machine that may be slow. */
    public static void await(Callable<Boolean> fact) {
        Awaitility.await().atMost(Duration.ofMinutes(5)).until(fact);
    }

    public String url() {
        return url;
    }

    public void awaitStarted(String id) {
        await(() -> rest.task(id).state().equals("STARTED"));
    }

    /** Returns the notes of handlers for ids with this beginning. */
    public List<String> ledger(String idStart) {
        String text = rest.get(url + "?ledger=" + idStart).expect(200).text();
        return text.isEmpty() ? List.of() : text.lines().toList();
    }

    public void haveRunOnce(Collection<String> ids, int retries) {
        haveRunOnce(ids, retries, "");
    }

    /** Asserts that each task ends in SUCCESS after so many retries, and that only the note of its last run is there. */
    public void haveRunOnce(Collection<String> ids, int retries, String context) {
        for (String id : ids) {
            assertThat(rest.awaitState(id, "SUCCESS").retries()).as(context).isEqualTo(retries);
            assertThat(ledger(id)).as(context).containsExactly(id + " run " + retries);
        }
    }

    /**
     * Sends until the server goes away.
     *
     * @return the acknowledged ids, which the promise is about
     */
    public List<String> sendUntilItIsAway(Map<String, Object> task) {
        List<String> ids = new ArrayList<>();
        try {
            for (int i = 0; i < 2_000; i++) {
                ids.add(rest.send(task));
            }
        } catch (AssertionError e) {
            // it is away
        }
        return ids;
    }
}
