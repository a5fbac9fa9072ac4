package dev.errand.it.fault;

import static dev.errand.it.AppClient.await;
import static dev.errand.it.AppClient.script;
import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.it.AppClient;
import dev.errand.it.AppIT;
import dev.errand.it.client.Rest;
import dev.errand.it.client.TaskView;
import dev.errand.it.ear.ErrandEar;
import dev.errand.it.server.ServerProcess;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tasks that take their node down, each time they run. */
@Tag("harm")
class PoisonIT {
    private static final int COUNTED_DEATHS = 5;

    private static ServerProcess server;

    private final Rest rest = server.rest();

    @BeforeAll
    static void start() {
        server = ServerProcess.fresh("poison", 17_000).with("errand.lease", "PT5S");
        server.deploy(AppIT.withApp(ErrandEar.built())).start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void oneInATransaction() {
        isStoppedAndCostsNoOtherTaskAnything("it.scripted");
    }

    @Test
    @Tag("chaos")
    void oneOutsideATransaction() {
        isStoppedAndCostsNoOtherTaskAnything("it.outside");
    }

    private void isStoppedAndCostsNoOtherTaskAnything(String task) {
        String eta = Instant.now().plusSeconds(10).toString();
        List<String> others = IntStream.range(0, 100)
                .mapToObj(i -> send("it.scripted", "ok", eta))
                .toList();
        String poison = send(task, "halt", eta);

        int deaths = 0;
        while (!ended(poison)) {
            await(() -> !server.isAlive() || ended(poison));
            if (!server.isAlive()) {
                deaths++;
                server.startWithoutWaiting();
            }
        }
        server.awaitHealth();
        // the first is not counted if the task ran in a batch
        assertThat(deaths).isBetween(COUNTED_DEATHS, COUNTED_DEATHS + 1);
        TaskView failed = rest.awaitState(poison, "FAILURE");
        assertThat(failed.error().message()).contains(COUNTED_DEATHS + " times that its node went down");
        assertThat(failed.retries()).isZero();
        new AppClient(server).haveRunOnce(others, 0);
    }

    private String send(String task, String step, String eta) {
        Map<String, Object> body = script(task, step);
        body.put("eta", eta);
        return rest.send(body);
    }

    private boolean ended(String id) {
        try {
            return rest.task(id).state().equals("FAILURE");
        } catch (AssertionError e) {
            // it is down, or on its way up
            return false;
        }
    }
}
