package dev.errand.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.it.AppClient;
import dev.errand.it.ear.ErrandEar;
import dev.errand.it.server.WildFlyProcess;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** WildFly's standalone.xml has no broker: threads of the node do what the queue and the message-driven bean do. */
class NoBrokerWildFlyIT extends RestartContract {
    @BeforeAll
    static void start() {
        start(WildFlyProcess.withoutBroker("no-broker", 23_000));
    }

    @Override
    ErrandEar ear() {
        return ErrandEar.built().withoutJms();
    }

    @Test
    @Order(5)
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
    @Order(6)
    void jmsIsRefusedWithTheRemedyWhereItIsMissing() {
        server.stop();
        server.with("errand.dispatch", "jms").startWithoutWaiting();
        AppClient.await(server::hasFailedDeployment);
        assertThat(server.log())
                .contains("The configuration key errand.dispatch has the value \"jms\", but the application has no"
                        + " errand-jms.jar. Add what is missing, or set errand.dispatch to threads.");
    }
}
