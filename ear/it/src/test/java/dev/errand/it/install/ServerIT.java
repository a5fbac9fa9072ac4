package dev.errand.it.install;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.it.client.Rest;
import dev.errand.it.ear.ErrandEar;
import dev.errand.it.server.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The EAR as it was built runs on a server as "wildfly:run" sets it up, called from outside. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class ServerIT {
    @Deployment(testable = false)
    static EnterpriseArchive ear() {
        return ErrandEar.built().archive();
    }

    private final Rest admin = Rest.arquillian();

    @Test
    void answersHealthToEveryUser() {
        admin.asAnonymous().get("/health").expect(200);
    }

    @Test
    void asksForALogIn() {
        assertThat(admin.asAnonymous().get("/tasks/x").expect(401).header("WWW-Authenticate"))
                .startsWith("Basic");
        admin.as("admin", "wrong").get("/tasks/x").expect(401);
        admin.as("guest").get("/tasks/x").expect(403);
    }

    @Test
    void runsATask() {
        String id = admin.send(Map.of("task", "example.echo", "argument", "hello"));

        assertThat(admin.as("viewer").awaitState(id, "SUCCESS").id()).isEqualTo(id);
        admin.as("viewer").post("/tasks", Map.of("task", "example.echo")).expect(403);
        admin.get("/tasks/no-such-task").expect(404);
    }

    @Test
    void showsMetricsToAViewerOnly() {
        String id = admin.send(Map.of("task", "example.echo", "queue", "metrics"));
        admin.awaitState(id, "SUCCESS");

        var metrics = admin.as("viewer").get("/metrics").expect(200);
        assertThat(metrics.header("Content-Type")).startsWith("text/plain");
        assertThat(metrics.text())
                .containsPattern("errand_tasks_sent_total\\{task=\"example.echo\"} [1-9]")
                .containsPattern("errand_runs_total\\{outcome=\"SUCCESS\",task=\"example.echo\"} [1-9]")
                .containsPattern("errand_start_delay_seconds_count\\{task=\"example.echo\"} [1-9]")
                .containsPattern("errand_tasks\\{state=\"SUCCESS\"} [1-9]")
                .contains("errand_database_up 1.0");
        admin.asAnonymous().get("/metrics").expect(401);
        admin.as("guest").get("/metrics").expect(403);
    }

    /** H2 keeps results, and may give one from before another's commit to a transaction that has seen that commit. */
    @Test
    void noSetUpHasH2KeepResults() throws IOException {
        try (Stream<Path> files = Files.walk(Folders.home("errand.it.scripts"))) {
            List<String> urls = files.filter(Files::isRegularFile)
                    .flatMap(ServerIT::lines)
                    .filter(line -> line.contains("jdbc:h2:async:"))
                    .toList();
            assertThat(urls).hasSizeGreaterThan(3).allMatch(url -> url.contains(";OPTIMIZE_REUSE_RESULTS=FALSE"));
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readString(file).lines();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
