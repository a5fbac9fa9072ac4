package dev.errand.it.fault;

import static dev.errand.it.AppClient.await;
import static dev.errand.it.AppClient.script;
import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.it.AppClient;
import dev.errand.it.AppIT;
import dev.errand.it.Load;
import dev.errand.it.OutsideLedger;
import dev.errand.it.client.Rest;
import dev.errand.it.database.PostgresPair;
import dev.errand.it.ear.ErrandEar;
import dev.errand.it.server.ServerProcess;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The primary PostgreSQL dies under load, and its synchronous standby takes over: the datasource follows, and no task is lost or doubled. */
class FailoverWildFlyIT {
    private static final int TASKS = Integer.getInteger("errand.it.load");
    private static final int WAITING = 20;

    private static PostgresPair database;
    private static ServerProcess server;
    private static OutsideLedger outside;

    private final Rest rest = server.rest();
    private final AppClient app = new AppClient(server);

    @BeforeAll
    static void start() {
        outside = new OutsideLedger();
        // it empties the folder that the databases are in, too
        ServerProcess fresh = ServerProcess.fresh("failover", 25_000);
        database = new PostgresPair("failover", 15_450);
        server = database.at(fresh)
                .with("errand.lease", "PT5S")
                .deploy(AppIT.withApp(ErrandEar.built()))
                .start();
        database.execute("CREATE INDEX it_ledger_task ON it_ledger (task)");
    }

    @AfterAll
    static void stop() {
        server.close();
        database.close();
        outside.close();
    }

    @Test
    void theStandbyTakesOverUnderLoad() throws Exception {
        Map<String, Object> later = new HashMap<>(script("it.scripted", "ok"));
        later.put("countdown", 20);
        List<String> waiting =
                IntStream.range(0, WAITING).mapToObj(i -> rest.send(later)).toList();
        Load load = Load.of(TASKS, server, database, outside, "failover");
        await(() -> load.acknowledged() > TASKS / 4);

        database.failOver();

        assertThat(load.lasts()).as("it is hit by the failover").isTrue();
        load.hasRunOnce("failover");
        app.haveRunOnce(waiting, 0);
        assertThat(load.refused()).isNotEmpty().allMatch(answer -> answer.startsWith("503"));
        await(() -> rest.get("/health").status() == 200);
    }
}
