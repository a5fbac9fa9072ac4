package dev.errand.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.it.AppClient;
import dev.errand.it.client.Rest;
import dev.errand.it.ear.ErrandEar;
import dev.errand.it.server.WildFlyProcess;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** WildFly's standalone.xml has no broker: threads of the node do what the queue and the message-driven bean do. */
class NoBrokerWildFlyIT extends RestartContract {
    @BeforeAll
    static void start() {
        start(WildFlyProcess.withoutBroker("no-broker", 23_000)
                .configure("(%t) %s%e%n", "(%t) [%X{task} %X{id}] %s%e%n"));
    }

    @Override
    ErrandEar ear() {
        return ErrandEar.built().withoutJms();
    }

    @Test
    @Order(5)
    void eachLineOfAHandlerCanShowTheTaskAndItsId() {
        Rest rest = server.rest();
        rest.send(Map.of("task", "example.echo", "id", "echo-1", "argument", "the first echo"));
        rest.send(Map.of("task", "example.echo", "id", "echo-2", "argument", "the second echo"));
        rest.awaitState("echo-1", "SUCCESS");
        rest.awaitState("echo-2", "SUCCESS");

        assertThat(server.log().lines().filter(line -> line.contains("[example.echo ")))
                .hasSize(2)
                .anyMatch(line -> line.endsWith("[example.echo echo-1] the first echo"))
                .anyMatch(line -> line.endsWith("[example.echo echo-2] the second echo"));
    }

    @Test
    @Order(6)
    void oneLineOfTheLogTellsThatThreadsRunTheTasks() {
        server.stop();
        server.start();
        String log = server.log();
        assertThat(log.substring(log.lastIndexOf("WFLYSRV0049")).lines().filter(line -> line.contains("ERRAND-0150")))
                .singleElement()
                .asString()
                .contains("errand.dispatch=threads", "errand-jms.jar");
    }

    @Test
    @Order(7)
    void jmsIsRefusedWithTheRemedyWhereItIsMissing() {
        server.stop();
        server.with("errand.dispatch", "jms").startWithoutWaiting();
        AppClient.await(server::hasFailedDeployment);
        assertThat(server.log())
                .contains("The configuration key errand.dispatch has the value \"jms\", but the application has no"
                        + " errand-jms.jar. Add what is missing, or set errand.dispatch to threads.");
    }
}
