package dev.errand.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.it.app.AppServlet;
import dev.errand.it.app.ChainTask;
import dev.errand.it.app.ClosedAccountException;
import dev.errand.it.app.FewTask;
import dev.errand.it.app.FlowTask;
import dev.errand.it.app.Fused;
import dev.errand.it.app.Ledger;
import dev.errand.it.app.Limited;
import dev.errand.it.app.LimitedOutside;
import dev.errand.it.app.MessageServlet;
import dev.errand.it.app.NoticeBoard;
import dev.errand.it.app.Order;
import dev.errand.it.app.OrderDesk;
import dev.errand.it.app.OrderTask;
import dev.errand.it.app.OutsideCall;
import dev.errand.it.app.PacedTask;
import dev.errand.it.app.PeriodicTask;
import dev.errand.it.app.Sample;
import dev.errand.it.app.Script;
import dev.errand.it.app.Scripted;
import dev.errand.it.app.ScriptedOutside;
import dev.errand.it.app.ScriptedWithPolicy;
import dev.errand.it.app.SerialTask;
import dev.errand.it.app.Shape;
import dev.errand.it.app.ShapeTask;
import dev.errand.it.app.SharingTask;
import dev.errand.it.app.TransactionTask;
import dev.errand.it.app.WebTask;
import dev.errand.it.client.Ports;
import dev.errand.it.client.QueueView;
import dev.errand.it.client.Rest;
import dev.errand.it.ear.ErrandEar;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test of the EAR with the application of a user in it, called from outside. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
public abstract class AppIT {
    public static final String HOST = "http://localhost:" + Ports.http(Ports.ARQUILLIAN);

    protected final Rest rest = Rest.arquillian();

    /** The same for all: it is deployed once. */
    private static final EnterpriseArchive EAR = withApp(ErrandEar.built()).archive();

    @Deployment(testable = false)
    public static EnterpriseArchive ear() {
        return EAR;
    }

    public static ErrandEar withApp(ErrandEar ear) {
        WebArchive war = ShrinkWrap.create(WebArchive.class, "it-app.war")
                .addClasses(WebTask.class, WebTask.Page.class, AppServlet.class);
        if (ear.hasJms()) {
            war.addClass(MessageServlet.class);
        }
        return withApp(ear, war);
    }

    /** The tasks of {@link Load} alone, which an earlier version of Errand can run. */
    public static ErrandEar withLoad(ErrandEar ear) {
        return ear.withEjbs(
                "it-app.jar",
                Ledger.class,
                Script.class,
                ClosedAccountException.class,
                OutsideCall.class,
                Scripted.class,
                ScriptedOutside.class,
                SharingTask.class);
    }

    private static ErrandEar withApp(ErrandEar ear, WebArchive war) {
        return ear.withEjbs(
                        "it-app.jar",
                        Ledger.class,
                        Script.class,
                        OutsideCall.class,
                        NoticeBoard.class,
                        Scripted.class,
                        Fused.class,
                        ScriptedOutside.class,
                        ScriptedWithPolicy.class,
                        ClosedAccountException.class,
                        Limited.class,
                        LimitedOutside.class,
                        Order.class,
                        Order.Line.class,
                        Order.Size.class,
                        OrderDesk.class,
                        OrderTask.class,
                        TransactionTask.class,
                        SharingTask.class,
                        ChainTask.class,
                        FlowTask.class,
                        PeriodicTask.class,
                        Sample.class,
                        FewTask.class,
                        PacedTask.class,
                        SerialTask.class,
                        Shape.class,
                        Shape.Circle.class,
                        Shape.Square.class,
                        ShapeTask.class)
                .withWar(war, "/app");
    }

    /** An id that no other test has. */
    public static String id() {
        return "it-" + UUID.randomUUID();
    }

    /** Sends a scripted task. */
    protected String script(String task, String... steps) {
        return script(task, Map.of(), steps);
    }

    protected String script(String task, Map<String, ?> options, String... steps) {
        Map<String, Object> body = new HashMap<>(options);
        body.putIfAbsent("id", id());
        body.put("task", task);
        body.put("argument", Map.of("steps", List.of(steps)));
        return rest.send(body);
    }

    /** Returns the notes of handlers in the application's table, for ids with this beginning. */
    protected List<String> ledger(String idStart) {
        return new AppClient(rest, HOST + "/app/").ledger(idStart);
    }

    /** Sends a number of scripted tasks in one transaction. */
    protected void sendAll(String task, int count, Instant eta, String queue) {
        String query = "task=" + task + "&count=" + count + "&eta=" + eta + "&queue=" + queue;
        assertThat(rest.post(HOST + "/app/?" + query).expect(200).text()).isEqualTo(Integer.toString(count));
    }

    protected QueueView queue(String name) {
        return rest.queues().stream()
                .filter(queue -> queue.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No queue " + name));
    }
}
