package dev.errand.it.install;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.it.client.Rest;
import dev.errand.it.ear.ErrandEar;
import dev.errand.it.server.ServerProcess;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Several applications with the engine on one server: each runs the tasks that it was sent. WildFly has a JMS queue for each;
 * on other servers all but one run on threads.
 */
class SeveralApplicationsIT {
    /** As many as go out as messages at once. */
    private static final int TASKS = 20;

    private static ServerProcess server;

    @BeforeAll
    static void start() {
        server = ServerProcess.fresh("several", 24_000);
        server.deploy(ErrandEar.built()).start();
        assertThat(server.deployNow(another("second.ear")
                        .as("second", "/second")
                        .withSettings("errand.node=second")
                        .archive()))
                .isEmpty();
        assertThat(server.deployNow(another("third.ear").asWar("third.war", "errand.node=third")))
                .isEmpty();
    }

    private static ErrandEar another(String fileName) {
        ErrandEar ear = ErrandEar.built(fileName);
        return System.getProperty("errand.it.server").equals("wildfly") ? ear : ear.withoutJms();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void eachRunsTheTasksThatItWasSent() {
        assertThat(runAt("/second")).containsOnly("second");
        assertThat(runAt("/third")).containsOnly("third");
        assertThat(runAt("/tasks"))
                .doesNotContain("second", "third")
                .containsOnly(runAt("/tasks").get(0));
    }

    /** The nodes that ran the tasks which this application was sent. */
    private static List<String> runAt(String contextRoot) {
        Rest rest = server.rest().at(contextRoot);
        List<String> ids = IntStream.range(0, TASKS)
                .mapToObj(i -> rest.send(Map.of("task", "example.echo", "argument", contextRoot)))
                .toList();
        return ids.stream().map(id -> rest.awaitState(id, "SUCCESS").node()).toList();
    }
}
