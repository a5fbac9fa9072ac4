package dev.errand.it.install;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.it.client.Rest;
import dev.errand.it.ear.ErrandEar;
import dev.errand.it.server.ServerProcess;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Errand as one WAR on a Payara Micro, which has neither a broker nor EARs. "mvn verify -Ppayara-micro" runs it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PayaraMicroIT {
    private static ServerProcess server;

    @BeforeAll
    static void start() {
        server = ServerProcess.fresh("micro", 26_000)
                .deploy(ErrandEar.built().withoutJms())
                .start();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    private final Rest admin = server.rest();

    @Test
    void a_task_runs_on_a_thread_and_one_line_of_the_log_tells_so() {
        String id = admin.send(Map.of("task", "example.echo", "argument", "hello"));
        admin.as("viewer").awaitState(id, "SUCCESS");

        assertThat(server.log().lines().filter(line -> line.contains("ERRAND-0150")))
                .singleElement()
                .asString()
                .contains("errand.dispatch=threads");
    }

    @Test
    void users_of_the_file_realm_have_the_roles_of_their_groups() {
        admin.asAnonymous().get("/queues").expect(401);
        admin.as("guest").get("/queues").expect(403);
        admin.as("viewer").get("/queues").expect(200);
        admin.as("viewer").post("/tasks", Map.of("task", "example.echo")).expect(403);
    }

    @Test
    void tasks_outlast_a_kill() {
        String later = admin.send(Map.of(
                "task",
                "example.echo",
                "eta",
                Instant.now().plus(1, ChronoUnit.DAYS).toString()));
        server.kill();
        server.start();
        admin.awaitState(later, "PENDING");
        admin.awaitState(admin.send(Map.of("task", "example.echo")), "SUCCESS");
    }
}
