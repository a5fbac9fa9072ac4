package dev.errand.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.it.AppIT;
import dev.errand.it.Load;
import dev.errand.it.OutsideLedger;
import dev.errand.it.database.PostgresProcess;
import dev.errand.it.ear.ErrandEar;
import dev.errand.it.server.ServerProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * An upgrade without a stop: a node of an earlier version is under load while a node of this version migrates the tables and joins,
 * and leaves under load. Nothing is lost, doubled or refused. It needs the EAR of the earlier version:
 * -Derrand.it.earlier=/path/to/errand.ear
 */
@EnabledIfSystemProperty(
        named = "errand.it.earlier",
        matches = ".+",
        disabledReason = "It needs an EAR of an earlier version: -Derrand.it.earlier=/path/to/errand.ear")
class UpgradeWildFlyIT {
    private static final int TASKS = Integer.getInteger("errand.it.load");

    private static PostgresProcess database;
    private static ServerProcess earlier;
    private static ServerProcess newer;
    private static OutsideLedger outside;

    @BeforeAll
    static void start() {
        outside = new OutsideLedger();
        ServerProcess fresh = ServerProcess.fresh("upgrade-earlier", 27_000);
        newer = ServerProcess.fresh("upgrade-newer", 27_200);
        database = new PostgresProcess("upgrade", 15_470).start();
        earlier = database.at(fresh)
                .with("errand.node", "earlier")
                .deploy(AppIT.withLoad(ErrandEar.earlier(Path.of(System.getProperty("errand.it.earlier")))))
                .start();
        database.execute("CREATE INDEX it_ledger_task ON it_ledger (task)");
        newer = database.at(newer).with("errand.node", "newer").deploy(AppIT.withLoad(ErrandEar.built()));
    }

    @AfterAll
    static void stop() {
        earlier.close();
        newer.close();
        database.close();
        outside.close();
    }

    @Test
    void aNodeOfTheEarlierVersionWorksWhileOneOfThisVersionMigratesTheTables() throws Exception {
        List<Load> loads = new ArrayList<>();
        loads.add(Load.of(TASKS, earlier, database, outside, "before"));
        CompletableFuture<ServerProcess> start = CompletableFuture.supplyAsync(newer::start);
        while (!start.isDone()) {
            Load load = Load.of(TASKS, earlier, database, outside, "during-" + loads.size());
            loads.add(load);
            load.hasRunOnce("while the newer node starts");
        }
        start.get();
        loads.add(Load.of(TASKS, earlier, database, outside, "earlier"));
        loads.add(Load.of(TASKS, newer, database, outside, "newer"));
        for (Load load : loads) {
            load.hasRunOnce("on both nodes");
        }

        loads.add(Load.of(TASKS, newer, database, outside, "after"));
        earlier.stop();
        for (Load load : loads) {
            load.hasRunOnce("after the earlier node has left");
            assertThat(load.refused()).isEmpty();
        }
        assertThat(earlier.log().lines().filter(line -> line.matches(".* (WARN|ERROR) .*ERRAND-.*")))
                .as("the earlier version on the tables of this one")
                .isEmpty();
    }
}
