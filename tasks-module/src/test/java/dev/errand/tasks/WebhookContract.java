package dev.errand.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpExchange;
import dev.errand.api.InvalidValueException;
import dev.errand.api.NotFoundException;
import dev.errand.api.TaskCancel;
import dev.errand.api.TaskControl;
import dev.errand.api.TaskInfo;
import dev.errand.api.TaskRetry;
import dev.errand.api.TaskState;
import dev.errand.api.TaskStateException;
import dev.errand.api.TaskValue;
import dev.errand.json.Json;
import dev.errand.tasks.http.FailedStatusException;
import dev.errand.tasks.http.TemporaryStatusException;
import dev.errand.tasks.webhook.Delivery;
import dev.errand.tasks.webhook.DeliveryCheck;
import dev.errand.tasks.webhook.IssuedWebhook;
import dev.errand.tasks.webhook.SentTasks.Sent;
import dev.errand.tasks.webhook.SettableClock;
import dev.errand.tasks.webhook.UnreadableSecretException;
import dev.errand.tasks.webhook.WebhookBeans;
import dev.errand.tasks.webhook.WebhookInfo;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Webhooks from the subscription to the delivery, on a database. There is a class per database. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(120)
public abstract class WebhookContract {
    private static final Map<String, String> PAYLOAD = Map.of("name", "rivers");
    private static final String OTHER_KEY = "YW5vdGhlciBrZXkgdGhhdCBoYXMgMzIgYnl0ZXMuLi4=";

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock();
    private final List<TestServer> servers = new ArrayList<>();
    private TestServer server;
    private WebhookBeans node;

    /** An empty database, the same for all tests; its connections commit each statement. */
    protected abstract DataSource dataSource();

    /** Flyway's table, as SQL names it. */
    protected String historyTable() {
        return "errand_webhook_schema";
    }

    @BeforeEach
    void start() throws Exception {
        node = node(Map.of());
        server = servers.get(0);
        execute("DELETE FROM errand_webhook", "DELETE FROM errand_webhook_delivery");
    }

    @AfterEach
    void stop() throws IOException {
        for (TestServer each : servers) {
            each.close();
        }
    }

    private WebhookBeans node(Map<String, String> settings) throws IOException {
        Map<String, String> keys = new HashMap<>(Map.of("errand.webhook.key", WebhookBeans.KEY));
        keys.putAll(settings);
        TestServer own = new TestServer(folder, keys);
        servers.add(own);
        WebhookBeans beans = new WebhookBeans(dataSource(), own.config, own.http, clock);
        beans.control.list(1, null);
        return beans;
    }

    private void execute(String... statements) throws Exception {
        try (Connection connection = dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private WebhookInfo add(String... topics) {
        return node.control.add(server.url("/hook"), List.of(topics), null).webhook();
    }

    private WebhookInfo find(WebhookInfo webhook) {
        return node.control.find(webhook.id()).orElseThrow();
    }

    private WebhookTask task(WebhookBeans beans) {
        WebhookTask task = new WebhookTask();
        task.http = server.http;
        task.config = server.config;
        task.clock = clock;
        task.receivers = beans.receivers;
        task.recorder = beans.recorder;
        return task;
    }

    private void deliver(WebhookInfo webhook) throws InterruptedException {
        deliver(webhook, new FakeTaskContext());
    }

    private void deliver(WebhookInfo webhook, FakeTaskContext context) throws InterruptedException {
        task(node).handle(new Webhook(null, "dataset/create", PAYLOAD, null, webhook.id(), null), context);
    }

    private Throwable failure(WebhookInfo webhook) {
        return catchThrowable(() -> deliver(webhook));
    }

    private boolean signed(HttpExchange request, String body, String secret) throws GeneralSecurityException {
        return DeliveryCheck.isGenuine(
                secret, request.getRequestHeaders()::getFirst, body.getBytes(StandardCharsets.UTF_8), clock.instant());
    }

    private HttpExchange last() {
        return server.requests.get(server.requests.size() - 1);
    }

    @Test
    void installations_with_different_prefixes_share_a_database_and_do_not_meet() throws Exception {
        WebhookBeans other = node(Map.of("errand.table-prefix", "shop_"));
        execute("DELETE FROM shop_errand_webhook");
        WebhookInfo mine = add("dataset/*");
        assertThat(other.control.find(mine.id())).isEmpty();

        WebhookInfo theirs = other.control
                .add(server.url("/hook"), List.of("dataset/*"), null)
                .webhook();
        assertThat(other.control.find(theirs.id())).isPresent();
        assertThat(node.control.find(theirs.id())).isEmpty();
        // a node that starts again finds its tables
        assertThat(node(Map.of("errand.table-prefix", "shop_")).control.find(theirs.id()))
                .isPresent();
    }

    @Test
    void a_webhook_is_added_found_listed_and_changed() {
        IssuedWebhook issued = node.control.add("http://a.example/hook", List.of("dataset/*", "a"), null);
        WebhookInfo webhook = issued.webhook();

        assertThat(find(webhook)).isEqualTo(webhook);
        assertThat(webhook.owner()).isEqualTo("ann");
        assertThat(webhook.createdAt()).isEqualTo(clock.instant());
        assertThat(webhook.enabled()).isTrue();
        assertThat(issued.secret()).startsWith("whsec_");

        WebhookInfo changed = node.control.change(webhook.id(), "http://b.example/", List.of("**"));
        assertThat(changed.url()).isEqualTo("http://b.example/");
        assertThat(find(webhook)).isEqualTo(changed);
        assertThat(changed.topics()).containsExactly("**");
    }

    @Test
    void a_list_has_pages_with_the_newest_first() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.add(0, add("a/" + i).id());
        }
        List<String> found = new ArrayList<>();
        String cursor = null;
        do {
            var page = node.control.list(2, cursor);
            assertThat(page.webhooks()).hasSizeLessThanOrEqualTo(2);
            page.webhooks().forEach(webhook -> found.add(webhook.id()));
            cursor = page.next();
        } while (cursor != null);
        assertThat(found).isEqualTo(ids);
        assertThatThrownBy(() -> node.control.list(2, "x")).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void bad_values_are_named() {
        assertBad("url", () -> node.control.add("ftp://a.example/", List.of("a"), null));
        assertBad("url", () -> node.control.add("http://127.0.0.2/", List.of("a"), null));
        assertBad("url", () -> node.control.add("http://private.test/", List.of("a"), null));
        assertBad("url", () -> node.control.add("http://me:hush@a.example/", List.of("a"), null));
        assertBad("topics", () -> node.control.add("http://a.example/", List.of(), null));
        assertBad("topics", () -> node.control.add("http://a.example/", List.of("a//b"), null));
        assertBad("secret", () -> node.control.add("http://a.example/", List.of("a"), "hush"));
        assertThatThrownBy(() -> node.control.change("none", "http://a.example/", List.of("a")))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("none");
    }

    private static void assertBad(String field, Callable<?> call) {
        assertThatThrownBy(call::call)
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo(field))
                .hasMessageNotContaining("hush");
    }

    @Test
    void without_a_key_no_webhook_is_added() throws Exception {
        WebhookBeans keyless = node(Map.of("errand.webhook.key", ""));
        assertThatThrownBy(() -> keyless.control.add("http://a.example/", List.of("a"), null))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContainingAll("errand.webhook.key", "openssl rand -base64 32");
    }

    @Test
    void no_secret_is_in_the_tables() throws Exception {
        IssuedWebhook issued = node.control.add("http://a.example/", List.of("a"), null);
        String rotated = node.control.rotate(issued.webhook().id(), null, null).secret();
        try (Connection connection = dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT secret, previous_secret FROM errand_webhook")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getString(1) + row.getString(2))
                    .doesNotContain(issued.secret().substring(6), rotated.substring(6), "whsec");
        }
    }

    @Test
    void one_task_is_sent_to_each_enabled_webhook_that_matches() {
        WebhookInfo one = add("dataset/*");
        WebhookInfo several = add("other", "dataset/**", "dataset/*");
        add("resource/*");
        node.control.disable(add("**").id(), "holiday");

        assertThat(node.webhooks.publish("dataset/create", PAYLOAD)).hasSize(2);
        assertThat(node.sent.all).extracting(Sent::task).containsOnly("webhook.notify");
        assertThat(node.sent.all)
                .extracting(Sent::argument)
                .containsExactlyInAnyOrder(
                        Map.of("webhook", one.id(), "topic", "dataset/create", "payload", PAYLOAD),
                        Map.of("webhook", several.id(), "topic", "dataset/create", "payload", PAYLOAD));
        assertThat(node.webhooks.publish("nothing", null)).isEmpty();
        assertThatThrownBy(() -> node.webhooks.publish("a/*", null)).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void a_receiver_can_check_each_delivery_while_the_secret_is_rotated() throws Exception {
        server.on("/hook", 204, "");
        IssuedWebhook issued = node.control.add(server.url("/hook"), List.of("**"), null);
        WebhookInfo webhook = issued.webhook();
        String body = "{\"name\":\"rivers\"}";

        deliver(webhook);
        assertThat(signed(last(), body, issued.secret())).isTrue();

        IssuedWebhook rotated = node.control.rotate(webhook.id(), null, Duration.ofHours(1));
        assertThat(rotated.webhook().previousSecretUntil())
                .isEqualTo(clock.instant().plusSeconds(3_600));
        deliver(webhook);
        assertThat(signed(last(), body, issued.secret())).isTrue();
        assertThat(signed(last(), body, rotated.secret())).isTrue();

        clock.forward(Duration.ofHours(1));
        deliver(webhook);
        assertThat(signed(last(), body, issued.secret())).isFalse();
        assertThat(signed(last(), body, rotated.secret())).isTrue();
        assertThat(find(webhook).previousSecretUntil()).isNull();
    }

    @Test
    void a_secret_that_leaked_ends_at_once() throws Exception {
        server.on("/hook", 204, "");
        IssuedWebhook issued = node.control.add(server.url("/hook"), List.of("**"), null);
        node.control.rotate(issued.webhook().id(), null, Duration.ZERO);
        deliver(issued.webhook());
        assertThat(signed(last(), "{\"name\":\"rivers\"}", issued.secret())).isFalse();
    }

    @Test
    void of_two_rotations_at_the_same_moment_one_takes_effect() throws Exception {
        WebhookInfo webhook = add("a");
        WebhookBeans other = node(Map.of());
        List<Throwable> failures = atTheSameMoment(
                () -> node.control.rotate(webhook.id(), null, null),
                () -> other.control.rotate(webhook.id(), null, null));
        // one after the other is fine as well
        assertThat(failures).hasSizeLessThanOrEqualTo(1).allMatch(TaskStateException.class::isInstance);
    }

    @Test
    void a_rotation_depends_on_the_secret_that_it_replaces() throws Exception {
        server.on("/hook", 200, "");
        IssuedWebhook issued = node.control.add(server.url("/hook"), List.of("**"), null);
        assertThat(node.rotates(issued.webhook(), "read before another rotation"))
                .isFalse();
        deliver(issued.webhook());
        assertThat(signed(last(), "{\"name\":\"rivers\"}", issued.secret())).isTrue();
    }

    private static List<Throwable> atTheSameMoment(Callable<?>... calls) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(calls.length);
        try {
            CyclicBarrier start = new CyclicBarrier(calls.length);
            List<Future<?>> running = new ArrayList<>();
            for (Callable<?> call : calls) {
                running.add(threads.submit(() -> {
                    start.await();
                    return call.call();
                }));
            }
            List<Throwable> failures = new ArrayList<>();
            for (Future<?> future : running) {
                Throwable failure = catchThrowable(future::get);
                if (failure != null) {
                    failures.add(failure.getCause());
                }
            }
            return failures;
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void nodes_make_the_tables_at_the_same_moment() throws Exception {
        execute("DROP TABLE errand_webhook", "DROP TABLE errand_webhook_delivery", "DROP TABLE " + historyTable());
        List<Throwable> failures = atTheSameMoment(() -> node(Map.of()), () -> node(Map.of()), () -> node(Map.of()));
        assertThat(failures).isEmpty();
        assertThat(find(add("a")).topics()).containsExactly("a");
    }

    @Test
    void a_receiver_that_is_gone_loses_its_webhook() throws Exception {
        WebhookInfo webhook = add("**");
        server.on("/hook", 410, "");
        assertThat(failure(webhook)).isInstanceOf(FailedStatusException.class).hasMessageContaining("410");
        assertThat(node.control.find(webhook.id())).isEmpty();
        assertThat(failure(webhook)).isInstanceOf(TaskCancel.class).hasMessageContaining(webhook.id());
    }

    @Test
    void a_webhook_that_has_another_address_by_now_stays() throws Exception {
        WebhookInfo webhook = add("**");
        server.on("/hook", exchange -> {
            node.control.change(webhook.id(), server.url("/other"), List.of("**"));
            exchange.sendResponseHeaders(410, -1);
        });
        assertThat(failure(webhook)).isInstanceOf(FailedStatusException.class);
        assertThat(find(webhook).url()).endsWith("/other");
    }

    @Test
    void nothing_is_sent_to_a_disabled_webhook_but_a_ping() throws Exception {
        server.on("/hook", 204, "");
        WebhookInfo webhook = add("**");
        node.control.disable(webhook.id(), "holiday");
        assertThat(failure(webhook)).isInstanceOf(TaskCancel.class).hasMessageContaining("holiday");
        assertThat(server.requests).isEmpty();

        node.control.ping(webhook.id());
        Map<?, ?> ping = node.sent.all.get(0).fields();
        task(node)
                .handle(
                        new Webhook(null, (String) ping.get("topic"), ping.get("payload"), null, webhook.id(), null),
                        new FakeTaskContext());
        assertThat(last().getRequestHeaders().getFirst("Errand-Topic")).isEqualTo("errand/ping");

        assertThat(node.control.enable(webhook.id()).disabledReason()).isNull();
        deliver(webhook);
        assertThat(server.requests).hasSize(2);
    }

    @Test
    void a_receiver_that_fails_for_days_is_disabled_and_its_owner_told() throws Exception {
        node = node(Map.of("errand.webhook.disabled-task", "mail.owner"));
        WebhookInfo webhook = add("**");
        server.on("/hook", 500, "out of order");
        Instant first = clock.instant();

        assertThat(failure(webhook)).isInstanceOf(TaskRetry.class).hasCauseInstanceOf(TemporaryStatusException.class);
        assertThat(find(webhook).failingSince()).isEqualTo(first);
        assertThat(find(webhook).lastStatus()).isEqualTo(500);

        clock.forward(Duration.ofDays(5).minusMillis(1));
        failure(webhook);
        assertThat(find(webhook).enabled()).isTrue();
        assertThat(node.sent.all).isEmpty();

        clock.forward(Duration.ofMillis(1));
        failure(webhook);
        assertThat(find(webhook).enabled()).isFalse();
        assertThat(find(webhook).disabledReason()).contains("P", "out of order");
        assertThat(node.sent.all).extracting(Sent::task).containsExactly("mail.owner");
        assertThat(node.sent.all.get(0).fields().toString()).contains(webhook.id(), "ann", "out of order");

        assertThat(node.control.enable(webhook.id()).failingSince()).isNull();
    }

    @Test
    void another_address_has_not_failed_yet() {
        WebhookInfo webhook = add("**");
        server.on("/hook", 500, "");
        failure(webhook);
        assertThat(node.control
                        .change(webhook.id(), server.url("/hook"), List.of("a"))
                        .failingSince())
                .isNotNull();
        assertThat(node.control
                        .change(webhook.id(), server.url("/other"), List.of("a"))
                        .failingSince())
                .isNull();
        assertThat(find(webhook).url()).endsWith("/other");
    }

    @Test
    void a_success_forgets_the_failures() throws Exception {
        WebhookInfo webhook = add("**");
        server.on("/hook", exchange -> exchange.sendResponseHeaders(server.requests.size() == 1 ? 500 : 204, -1));
        failure(webhook);
        clock.forward(Duration.ofDays(6));
        deliver(webhook);
        WebhookInfo found = find(webhook);
        assertThat(found.failingSince()).isNull();
        assertThat(found.lastSuccess()).isEqualTo(clock.instant());
        assertThat(found.lastStatus()).isEqualTo(204);
        assertThat(found.enabled()).isTrue();
    }

    @Test
    void each_try_is_in_the_log() throws Exception {
        WebhookInfo webhook = add("**");
        server.on("/hook", exchange -> {
            clock.forward(Duration.ofMillis(40));
            exchange.sendResponseHeaders(server.requests.size() == 1 ? 503 : 200, -1);
        });
        Instant start = clock.instant();
        failure(webhook);
        FakeTaskContext second = new FakeTaskContext();
        second.retries = 1;
        deliver(webhook, second);

        List<Delivery> tries = node.control.deliveries(webhook.id(), 10, null).deliveries();
        assertThat(tries).hasSize(2);
        assertThat(tries.get(0))
                .isEqualTo(new Delivery("task-1", "dataset/create", 2, start.plusMillis(40), 200, 40, null));
        assertThat(tries.get(1).attempt()).isEqualTo(1);
        assertThat(tries.get(1).status()).isEqualTo(503);
        assertThat(tries.get(1).error()).contains("503");

        var page = node.control.deliveries(webhook.id(), 1, null);
        assertThat(page.deliveries()).containsExactly(tries.get(0));
        assertThat(node.control.deliveries(webhook.id(), 1, page.next()).deliveries())
                .containsExactly(tries.get(1));
    }

    @Test
    void a_message_that_arrived_is_sent_again_unless_a_part_of_it_is_masked() throws Exception {
        server.on("/hook", 200, "");
        WebhookInfo webhook = add("**");
        deliver(webhook);
        AtomicReference<String> payload = new AtomicReference<>("{\"name\":\"rivers\"}");
        node.with(
                delivered(() -> "{\"webhook\":\"" + webhook.id() + "\",\"topic\":\"a\",\"payload\":" + payload + "}"));

        assertThat(node.control.redeliver(webhook.id(), "task-1")).isEqualTo("task-1");
        assertThat(node.sent.all.get(0).fields())
                .isEqualTo(Map.of("webhook", webhook.id(), "topic", "a", "payload", PAYLOAD, "id", "task-1"));

        payload.set("{\"password\":\"***\"}");
        assertThatThrownBy(() -> node.control.redeliver(webhook.id(), "task-1"))
                .isInstanceOf(TaskStateException.class)
                .hasMessageContaining("errand.mask");
        assertThatThrownBy(() -> node.control.redeliver(webhook.id(), "task-2")).isInstanceOf(NotFoundException.class);
    }

    /** The engine with one task, which has succeeded. */
    private static TaskControl delivered(Supplier<String> argument) {
        return (TaskControl) Proxy.newProxyInstance(
                WebhookContract.class.getClassLoader(), new Class<?>[] {TaskControl.class}, (proxy, method, ids) -> {
                    TaskValue value = new TaskValue(argument.get(), false, text -> Json.read(text, Object.class));
                    return Optional.of(new TaskInfo(
                            (String) ids[0],
                            "webhook.notify",
                            "default",
                            TaskState.SUCCESS,
                            4,
                            value,
                            null,
                            null,
                            0,
                            9,
                            Instant.EPOCH,
                            Instant.EPOCH,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            List.of(),
                            null,
                            null,
                            null,
                            List.of(),
                            null,
                            List.of(),
                            null,
                            List.of()));
                });
    }

    @Test
    void old_tries_leave_the_log() throws Exception {
        server.on("/hook", 200, "");
        WebhookInfo webhook = add("**");
        deliver(webhook);
        clock.forward(Duration.ofDays(400));
        deliver(webhook);
        assertThat(node.control.deliveries(webhook.id(), 10, null).deliveries()).hasSize(1);
    }

    @Test
    void a_removed_webhook_leaves_nothing() throws Exception {
        server.on("/hook", 200, "");
        WebhookInfo webhook = add("**");
        deliver(webhook);
        node.control.remove(webhook.id());
        assertThat(node.control.find(webhook.id())).isEmpty();
        assertThatThrownBy(() -> node.control.deliveries(webhook.id(), 10, null))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> node.control.remove(webhook.id())).isInstanceOf(NotFoundException.class);
        assertThat(failure(webhook)).isInstanceOf(TaskCancel.class);
    }

    @Test
    void a_lost_key_is_reported_and_a_rotation_is_the_remedy() throws Exception {
        server.on("/hook", 200, "");
        WebhookInfo webhook = add("**");
        node = node(Map.of("errand.webhook.key", OTHER_KEY));
        assertThat(failure(webhook)).isInstanceOf(UnreadableSecretException.class);

        node.control.rotate(webhook.id(), null, null);
        deliver(webhook);
        assertThat(last().getRequestHeaders().getFirst("webhook-signature")).doesNotContain(" ");
    }
}
