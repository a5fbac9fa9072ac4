package dev.errand.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.it.ear.ErrandEar;
import dev.errand.it.server.ServerProcess;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** With the EAR as it was built, on tables with a prefix. */
class RestartIT extends RestartContract {
    @BeforeAll
    static void start() {
        start(ServerProcess.fresh("restart", 2000).with("errand.table-prefix", "restart_"));
    }

    @Override
    ErrandEar ear() {
        return ErrandEar.built();
    }

    @Test
    @Order(0)
    void theDeployedFileIsTheOneThatWasBuilt() {
        server.deploy(ear());
        assertThat(server.deployments().path().resolve("errand.ear")).hasSameBinaryContentAs(ErrandEar.file());
    }
}
