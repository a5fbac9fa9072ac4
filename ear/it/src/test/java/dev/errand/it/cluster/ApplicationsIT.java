package dev.errand.it.cluster;

import static dev.errand.it.AppClient.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.it.AppIT;
import dev.errand.it.app.Ledger;
import dev.errand.it.app.ShopTask;
import dev.errand.it.client.TaskView;
import dev.errand.it.database.PostgresProcess;
import dev.errand.it.ear.ErrandEar;
import dev.errand.it.server.ServerProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Two applications on one database, each on a server of its own: neither runs or parks a task of the other. */
@Tag("harm")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ApplicationsIT {
    private static final int TASKS = 50;

    private static PostgresProcess database;
    private static ServerProcess main;
    private static ServerProcess shop;

    @BeforeAll
    static void start() {
        database = new PostgresProcess("applications", 15437).start();
        main = database.at(ServerProcess.fresh("applications-main", 21_000))
                .with("errand.node", "main")
                .deploy(AppIT.withApp(ErrandEar.built()));
        shop = database.at(ServerProcess.fresh("applications-shop", 22_000))
                .with("errand.node", "two")
                .with("errand.application", "shop")
                .deploy(ErrandEar.built().withoutBuiltInTasks().withEjbs("shop.jar", ShopTask.class, Ledger.class));
        main.startWithoutWaiting();
        shop.startWithoutWaiting();
        main.awaitHealth();
        shop.awaitHealth();
    }

    @AfterAll
    static void stop() {
        main.close();
        shop.close();
        database.close();
    }

    private static Map<String, Object> order(String argument) {
        return Map.of("task", "shop.order", "argument", argument);
    }

    private static Map<String, Object> echo() {
        return Map.of("task", "example.echo", "argument", "hello");
    }

    private static List<String> nodes() {
        List<String> names = new ArrayList<>();
        main.rest()
                .get("/nodes")
                .expect(200)
                .json()
                .forEach(node -> names.add(node.get("node").asString() + " "
                        + node.get("application").asString()));
        return names;
    }

    @Test
    @Order(1)
    void eachRunsItsOwnTasksWhereverTheyAreSent() {
        assertThat(nodes()).containsExactly("main errand", "two:shop shop");
        List<String> orders = IntStream.range(0, TASKS)
                .mapToObj(i -> main.rest().send(order("a" + i)))
                .toList();
        List<String> echoes = IntStream.range(0, TASKS)
                .mapToObj(i -> shop.rest().send(echo()))
                .toList();

        for (String id : orders) {
            TaskView task = main.rest().awaitState(id, "SUCCESS");
            assertThat(task.node()).isEqualTo("two:shop");
            assertThat(task.runs()).hasSize(1);
        }
        for (String id : echoes) {
            assertThat(main.rest().awaitState(id, "SUCCESS").node()).isEqualTo("main");
        }
    }

    @Test
    @Order(2)
    void tasksOfAStoppedApplicationWaitAndAreNotParked() {
        shop.stop();
        List<String> orders = IntStream.range(0, TASKS)
                .mapToObj(i -> main.rest().send(order("b" + i)))
                .toList();
        for (int i = 0; i < TASKS; i++) {
            main.rest().awaitState(main.rest().send(echo()), "SUCCESS");
        }
        for (String id : orders) {
            assertThat(main.rest().task(id).state()).isEqualTo("PENDING");
        }

        shop.start();
        for (String id : orders) {
            assertThat(main.rest().awaitState(id, "SUCCESS").node()).isEqualTo("two:shop");
        }
        assertThat(main.log() + shop.log()).doesNotContain("ERRAND-0307");
    }

    @Test
    @Order(3)
    void aSecondApplicationWithAHandlerOfTheSameNameIsRefused() {
        shop.stop();
        shop.deploy(AppIT.withApp(ErrandEar.built()));
        shop.startWithoutWaiting();

        await(() -> shop.log().contains("ERRAND-0132"));
        Optional<String> refused =
                shop.log().lines().filter(line -> line.contains("ERRAND-0132")).findFirst();
        assertThat(refused.orElseThrow())
                .contains("\"shop\"", "\"errand\"", "example.echo", "\"main\"", "errand.application", "rename");
    }
}
