package dev.errand.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.it.AppClient;
import dev.errand.it.server.ArtemisProcess;
import dev.errand.it.server.ServerProcess;
import dev.errand.it.server.WildFlyProcess;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two nodes that share an ActiveMQ Artemis, each set up by the scripts. */
@Tag("chaos")
class SharedBrokerWildFlyIT extends ClusterContract {
    private static ArtemisProcess broker;

    @BeforeAll
    static void start() {
        broker = new ArtemisProcess("shared-broker", 15_617).start();
        start("shared", 15435, List.of(node("shared-one", 15_000), node("shared-two", 16_000)));
    }

    private static ServerProcess node(String name, int offset) {
        WildFlyProcess node = new WildFlyProcess(name, offset);
        return node.setUp("artemis.cli", broker.properties(node.data().resolve("broker.properties")))
                .withVariable("ERRAND_BROKER_PASSWORD", ArtemisProcess.PASSWORD);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    /** Else a node's places would be taken by messages that others have used up. */
    @Test
    @Order(6)
    void eachNodeTakesItsOwnMessages() {
        for (int i = 0; i < 20; i++) {
            String id = atFirst.send(AppClient.script("it.scripted", "ok"));
            assertThat(atFirst.awaitState(id, "SUCCESS").node()).isEqualTo(first.name());
        }
    }

    @Test
    @Order(7)
    void nothingIsLostWhenTheBrokerGoesAwayAndComesBack() {
        broker.kill();
        List<String> ids = IntStream.range(0, 100)
                .mapToObj(i -> atFirst.send(AppClient.script("it.scripted", "ok")))
                .toList();
        broker.start();
        appAtLast.haveRunOnce(ids, 0);
    }
}
