package dev.errand.it.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.errand.api.ArgumentTooLargeException;
import dev.errand.api.DuplicateTaskException;
import dev.errand.api.ErrandException;
import dev.errand.api.HistoryPage;
import dev.errand.api.InvalidValueException;
import dev.errand.api.OnDuplicate;
import dev.errand.api.Task;
import dev.errand.api.TaskChange;
import dev.errand.api.TaskControl;
import dev.errand.api.TaskFilter;
import dev.errand.api.TaskOptions;
import dev.errand.api.TaskRequest;
import dev.errand.api.TaskSender;
import dev.errand.it.Contest;
import dev.errand.it.app.ClosedAccountException;
import dev.errand.it.app.Ledger;
import dev.errand.it.app.Order;
import dev.errand.it.app.OrderTask;
import dev.errand.it.app.Script;
import dev.errand.it.app.Scripted;
import dev.errand.it.app.SendingEjb;
import dev.errand.it.app.SendingResource;
import dev.errand.it.client.HandlerView;
import dev.errand.it.client.Members;
import dev.errand.it.client.PageView;
import dev.errand.it.client.Ports;
import dev.errand.it.client.QueueView;
import dev.errand.it.client.Rest;
import dev.errand.it.client.TaskView;
import dev.errand.it.ear.ErrandEar;
import dev.errand.tasks.EchoTask;
import jakarta.annotation.Resource;
import jakarta.ejb.EJBAccessException;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import jakarta.transaction.UserTransaction;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Sending, as an application does it: this class runs inside the server, in a WAR of the EAR. */
@ExtendWith(ArquillianExtension.class)
class SendIT {
    private final Rest rest = Rest.arquillian();

    @Inject
    private TaskSender tasks;

    @Inject
    private TaskControl control;

    @Inject
    private SendingEjb ejb;

    @Resource(lookup = "java:comp/UserTransaction")
    private UserTransaction transaction;

    // the server's default, which an application without any configuration gets
    @Resource(lookup = "java:comp/DefaultDataSource")
    private DataSource database;

    @Resource
    private ManagedExecutorService threads;

    @Deployment
    static EnterpriseArchive ear() {
        return ErrandEar.built()
                .withEjbs(
                        "it-app.jar",
                        Ledger.class,
                        Script.class,
                        ClosedAccountException.class,
                        Scripted.class,
                        Order.class,
                        Order.Line.class,
                        Order.Size.class,
                        OrderTask.class)
                .withTests(
                        SendIT.class,
                        Rest.class,
                        Rest.Answer.class,
                        Ports.class,
                        Members.class,
                        Contest.class,
                        TaskView.class,
                        PageView.class,
                        QueueView.class,
                        HandlerView.class,
                        SendingEjb.class,
                        SendingResource.class,
                        SendingResource.Api.class)
                .archive();
    }

    private static String id() {
        return "send-" + UUID.randomUUID();
    }

    @AfterEach
    void noTransactionIsLeft() throws Exception {
        if (transaction.getStatus() != Status.STATUS_NO_TRANSACTION) {
            transaction.rollback();
        }
    }

    @Test
    void withoutATransactionTheTaskIsThereAtOnce() {
        String id = tasks.send("example.echo", "hello");

        rest.awaitState(id, "SUCCESS");
        assertThat(UUID.fromString(id).version()).isEqualTo(7);
    }

    @Test
    void aTaskIsSentWithTheCommitAndNotBefore() throws Exception {
        transaction.begin();
        String id = tasks.send("example.echo", "hello");
        rest.get("/tasks/" + id).expect(404);
        transaction.commit();

        rest.awaitState(id, "SUCCESS");
    }

    @Test
    void aRollbackMeansThatNothingWasSent() throws Exception {
        transaction.begin();
        String id = tasks.send("example.echo", "hello", TaskOptions.none().id(id()));
        transaction.rollback();

        rest.get("/tasks/" + id).expect(404);
        tasks.send("example.echo", "hello", TaskOptions.none().id(id));
        rest.awaitState(id, "SUCCESS");
    }

    /** They share transactions, but each has its own result and its own user. */
    @Test
    void manyWhoSendAtOnceGetTheirOwnResults() throws Exception {
        AtomicBoolean enough = new AtomicBoolean();
        List<Future<List<String>>> senders = IntStream.range(0, 4)
                .mapToObj(sender -> threads.submit(() -> {
                    List<String> ids = new ArrayList<>();
                    while (!enough.get() || ids.size() < 10) {
                        ids.add(tasks.send("example.echo", "hello"));
                        ids.addAll(tasks.sendAll("example.echo", List.of("a", "b", "c"), TaskOptions.none()));
                    }
                    return ids;
                }))
                .toList();
        Contest.oneWinsEach(rest, id());
        enough.set(true);
        List<String> sent = new ArrayList<>();
        for (Future<List<String>> sender : senders) {
            sent.addAll(sender.get());
        }
        assertThat(sent).doesNotHaveDuplicates();
        for (int i = 0; i < sent.size(); i += 1 + sent.size() / 20) {
            assertThat(rest.awaitState(sent.get(i), "SUCCESS").sentBy()).isNull();
        }
    }

    @Test
    void anEjbAndARestResourceSendToo() {
        rest.awaitState(ejb.send("from an EJB"), "SUCCESS");
        String id = rest.post("http://localhost:" + Ports.http(Ports.ARQUILLIAN) + "/it/api/send")
                .expect(200)
                .text();
        rest.awaitState(id, "SUCCESS");
    }

    @Test
    void anEjbThatFailsAfterSendingHasSentNothing() {
        String id = id();

        assertThatThrownBy(() -> ejb.sendAndFail(id)).hasStackTraceContaining("after the send");
        rest.get("/tasks/" + id).expect(404);
    }

    @Test
    void theHandlersClassWillDoAsItsName() {
        String id = tasks.send(OrderTask.class, List.of(Order.sample("o7")));

        assertThat(rest.awaitState(id, "SUCCESS").result().path("id").asString())
                .isEqualTo("o7");
        rest.awaitState(tasks.send(EchoTask.class, "hello", TaskOptions.none().priority(9)), "SUCCESS");
        assertThat(Task.Literal.of("it.scripted").value()).isEqualTo("it.scripted");
    }

    @Test
    void thousandsGoInOneTransaction() throws Exception {
        List<Script> scripts = IntStream.range(0, 3_000)
                .mapToObj(i -> new Script(List.of("ok")))
                .toList();
        TaskOptions options = TaskOptions.none().queue("thousands");
        transaction.begin();
        List<String> never = tasks.sendAll("it.scripted", scripts, options);
        transaction.rollback();
        transaction.begin();
        List<String> ids = tasks.sendAll("it.scripted", scripts, options);
        transaction.commit();

        assertThat(ids).hasSize(3_000).doesNotHaveDuplicates();
        for (int i = 0; i < 3_000; i += 500) {
            rest.awaitState(ids.get(i), "SUCCESS");
            rest.get("/tasks/" + never.get(i)).expect(404);
        }
        rest.awaitState(ids.get(2_999), "SUCCESS");
    }

    @Test
    void eachTaskThatCannotBeSentIsRefusedWithItsReason() {
        TaskOptions none = TaskOptions.none();
        refused(InvalidValueException.class, "Object", () -> tasks.send("example.echo", new Object()));
        refused(ArgumentTooLargeException.class, "1048576", () -> tasks.send("example.echo", "x".repeat(1 << 20)));
        refused(InvalidValueException.class, "empty", () -> tasks.send("", "x"));
        refused(InvalidValueException.class, "empty", () -> tasks.send((String) null, "x"));
        refused(InvalidValueException.class, "two words", () -> tasks.send("two words", "x"));
        refused(InvalidValueException.class, "bad id", () -> none.id("bad id"));
        refused(
                InvalidValueException.class,
                "not in the future",
                () -> tasks.send("example.echo", "x", none.expires(Instant.EPOCH)));
        refused(InvalidValueException.class, "priority", () -> none.priority(10));
        refused(
                InvalidValueException.class,
                "2 arguments",
                () -> tasks.sendAll("example.echo", List.of("a", "b"), none.id(id())));
        assertThat(tasks.sendAll("example.echo", List.of(), none)).isEmpty();
    }

    private static void refused(Class<? extends ErrandException> type, String says, Runnable send) {
        ErrandException e = catchThrowableOfType(type, send::run);
        assertThat(e).as(type.getSimpleName()).isNotNull();
        assertThat(e.getMessage()).contains(says);
    }

    @Test
    void aUsedIdIsRefusedAndTheTransactionGoesOn() throws Exception {
        String used = tasks.send("example.echo", "hello", TaskOptions.none().id(id()));
        transaction.begin();
        assertThatThrownBy(() ->
                        tasks.send("example.echo", "again", TaskOptions.none().id(used)))
                .isInstanceOf(DuplicateTaskException.class)
                .hasMessageContaining(used);
        String other = tasks.send("example.echo", "other");
        transaction.commit();

        rest.awaitState(other, "SUCCESS");
    }

    @Test
    void aUniqueKeyIsForOneUnfinishedTask() {
        String key = id();
        TaskOptions later = TaskOptions.none().uniqueKey(key).countdown(Duration.ofHours(1));
        String id = tasks.send("example.echo", "one", later);

        assertThatThrownBy(() -> tasks.send("example.echo", "two", later))
                .isInstanceOf(DuplicateTaskException.class)
                .hasMessageContaining(key)
                .hasMessageContaining(id);
        rest.post("/tasks/" + id + "/revoke").expect(200);
        rest.awaitState(tasks.send("example.echo", "three", TaskOptions.none().uniqueKey(key)), "SUCCESS");
    }

    @Test
    void aDuplicateIsKeptOrReplacedInTheCallersTransaction() throws Exception {
        String key = id();
        TaskOptions later = TaskOptions.none().uniqueKey(key).countdown(Duration.ofHours(1));
        transaction.begin();
        String never = tasks.send("example.echo", "one", later);
        assertThat(tasks.send("example.echo", "two", later.onDuplicate(OnDuplicate.KEEP)))
                .isEqualTo(never);
        transaction.rollback();
        rest.get("/tasks/" + never).expect(404);

        transaction.begin();
        String id = tasks.send("example.echo", "one", later);
        assertThat(tasks.send("example.echo", "two", later.onDuplicate(OnDuplicate.REPLACE)))
                .isEqualTo(id);
        assertThatThrownBy(() -> tasks.send("example.echo", "three", later)).isInstanceOf(DuplicateTaskException.class);
        transaction.commit();
        assertThat(rest.task(id).argument().asString()).isEqualTo("two");

        TaskOptions now = TaskOptions.none().uniqueKey(key).onDuplicate(OnDuplicate.REPLACE);
        assertThat(tasks.send("example.echo", "four", now)).isEqualTo(id);
        assertThat(rest.awaitState(id, "SUCCESS").argument().asString()).isEqualTo("four");
    }

    @Test
    void differentTasksAreOneTransaction() {
        String key = id();
        TaskOptions keyed = TaskOptions.none().uniqueKey(key);
        List<String> ids = tasks.sendAll(List.of(
                TaskRequest.of("example.echo", "a"),
                TaskRequest.of("no.such", "b", keyed),
                TaskRequest.of("example.echo", "c", TaskOptions.none().priority(9))));
        rest.awaitState(ids.get(0), "SUCCESS");
        assertThat(rest.awaitState(ids.get(2), "SUCCESS").priority()).isEqualTo(9);
        assertThat(rest.task(ids.get(1)).state()).isEqualTo("PARKED");

        String never = id();
        assertThatThrownBy(() -> tasks.sendAll(List.of(
                        TaskRequest.of("example.echo", "a", TaskOptions.none().id(never)),
                        TaskRequest.of("no.such", "b", keyed))))
                .isInstanceOf(DuplicateTaskException.class)
                .hasMessageContainingAll("tasks[1]", ids.get(1), "PARKED");
        rest.get("/tasks/" + never).expect(404);
        rest.post("/tasks/" + ids.get(1) + "/revoke").expect(200);
        refused(InvalidValueException.class, "tasks[0]", () -> tasks.sendAll(List.of(TaskRequest.of("a b", null))));
        refused(
                InvalidValueException.class,
                "unique key",
                () -> tasks.send("example.echo", 1, TaskOptions.none().uniqueFor(Duration.ofDays(1))));
        refused(
                InvalidValueException.class,
                "countdown",
                () -> tasks.send(
                        "example.echo",
                        1,
                        keyed.countdown(Duration.ZERO).debounce(Duration.ofSeconds(1), Duration.ofSeconds(2))));
    }

    @Test
    void aTaskWithoutAHandlerIsParked() {
        String id = tasks.send("no.such", "hello");

        assertThat(rest.task(id).state()).isEqualTo("PARKED");
        rest.post("/tasks/" + id + "/revoke").expect(200);
    }

    @Test
    void theDefaultDatabaseIsDurable() throws Exception {
        try (Connection connection = database.getConnection()) {
            assertThat(connection.getMetaData().getURL())
                    .startsWith("jdbc:h2:async:")
                    .contains("/arquillian/data/");
        }
    }

    @Test
    void controlIsForThoseWithARole() {
        for (Method method : TaskControl.class.getMethods()) {
            Object[] arguments =
                    Stream.of(method.getParameterTypes()).map(SendIT::anyValue).toArray();
            assertThatThrownBy(() -> method.invoke(control, arguments))
                    .as(method.getName())
                    .hasCauseInstanceOf(EJBAccessException.class);
        }
    }

    private static Object anyValue(Class<?> type) {
        if (type == TaskFilter.class) {
            return TaskFilter.all();
        }
        if (type == TaskChange.class) {
            return TaskChange.none();
        }
        if (type == HistoryPage.class) {
            return HistoryPage.newest();
        }
        if (type == Duration.class) {
            return Duration.ZERO;
        }
        if (type == Class.class) {
            return String.class;
        }
        if (type == int.class) {
            return 1;
        }
        // the role is checked before any value is
        return type == String.class ? "x" : null;
    }
}
