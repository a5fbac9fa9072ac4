package dev.errand.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What was sent is there after the server was killed. */
class KilledServerIT {
    @Test
    void keepsATask() {
        try (WildFlyProcess server = new WildFlyProcess("killed", 2000).deploy(ErrandEar.built())) {
            server.start();
            String id = server.rest().send(Map.of("task", "example.echo", "argument", "hello"));

            server.kill();
            assertThat(server.isAlive()).isFalse();
            server.start();

            assertThat(server.rest().awaitState(id, "SUCCESS").path("id").asString())
                    .isEqualTo(id);
        }
    }
}
