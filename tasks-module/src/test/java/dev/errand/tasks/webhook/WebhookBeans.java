package dev.errand.tasks.webhook;

import dev.errand.api.TaskControl;
import dev.errand.tasks.config.TasksConfig;
import dev.errand.tasks.http.OutgoingHttp;
import jakarta.ejb.SessionContext;
import java.lang.reflect.Proxy;
import java.security.Principal;
import java.time.Clock;
import javax.sql.DataSource;

/** The beans of the webhooks on one node, without a server. */
public final class WebhookBeans {
    /** A key of 32 bytes. */
    public static final String KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

    public final Subscriptions subscriptions = new Subscriptions();
    public final WebhookControlBean control = new WebhookControlBean();
    public final WebhookPublisher webhooks = new WebhookPublisher();
    public final Receivers receivers = new Receivers();
    public final DeliveryRecorder recorder = new DeliveryRecorder();
    public final SentTasks sent = new SentTasks();

    public WebhookBeans(DataSource dataSource, TasksConfig config, OutgoingHttp http, Clock clock) {
        subscriptions.dataSource = dataSource;
        subscriptions.config = config;
        subscriptions.tables = new WebhookTables();
        subscriptions.tables.dataSource = dataSource;
        subscriptions.tables.config = config;
        control.subscriptions = subscriptions;
        control.http = http;
        control.tasks = sent;
        control.config = config;
        control.clock = clock;
        control.session = (SessionContext) Proxy.newProxyInstance(
                WebhookBeans.class.getClassLoader(),
                new Class<?>[] {SessionContext.class},
                (proxy, method, arguments) -> (Principal) () -> "ann");
        webhooks.subscriptions = subscriptions;
        webhooks.tasks = sent;
        receivers.subscriptions = subscriptions;
        receivers.config = config;
        receivers.clock = clock;
        recorder.subscriptions = subscriptions;
        recorder.tasks = sent;
        recorder.config = config;
        recorder.clock = clock;
    }

    /** Replaces a secret by another one, if it is the one that was read. */
    public boolean rotates(WebhookInfo webhook, String read) {
        return subscriptions.rotate(webhook.id(), read, read, null, 0);
    }

    /** Gives {@link WebhookControl#redeliver} the tasks of the engine. */
    public WebhookBeans with(TaskControl tasks) {
        control.control = tasks;
        return this;
    }
}
