package dev.errand.tasks.webhook;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import dev.errand.api.InvalidValueException;
import dev.errand.api.NotFoundException;
import dev.errand.api.TaskControl;
import dev.errand.api.TaskInfo;
import dev.errand.api.TaskOptions;
import dev.errand.api.TaskSender;
import dev.errand.api.TaskState;
import dev.errand.api.TaskStateException;
import dev.errand.config.EngineClock;
import dev.errand.log.LogMessage;
import dev.errand.tasks.config.TasksConfig;
import dev.errand.tasks.http.BadArgumentException;
import dev.errand.tasks.http.OutgoingHttp;
import dev.errand.tasks.http.RefusedAddressException;
import dev.errand.tasks.http.Urls;
import dev.errand.url.InvalidAddressException;
import dev.errand.url.UserInfo;
import dev.errand.url.WebAddress;
import jakarta.annotation.Resource;
import jakarta.annotation.security.DeclareRoles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Local;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.security.Principal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@link WebhookControl} for callers that have the role, under their own name. Each statement is a transaction of its own. */
@Stateless
@Local(WebhookControl.class)
@DeclareRoles({WebhookControlBean.ADMIN, WebhookControlBean.VIEWER})
@RolesAllowed({WebhookControlBean.ADMIN, WebhookControlBean.VIEWER})
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class WebhookControlBean implements WebhookControl {
    static final String ADMIN = "errand-admin";
    static final String VIEWER = "errand-viewer";

    /** The task that delivers. */
    static final String NOTIFY = "webhook.notify";

    /** The topic of a ping. */
    static final String PING = TopicPattern.RESERVED + "ping";

    private static final TimeBasedEpochGenerator IDS = Generators.timeBasedEpochGenerator();

    private static final int MOST_TOPICS = 50;
    private static final int URL_CHARS = 2_000;
    private static final int REASON_CHARS = 500;
    private static final int MOST_IN_A_PAGE = 1_000;
    private static final Duration OVERLAP = Duration.ofDays(1);
    private static final Duration LONGEST_OVERLAP = Duration.ofDays(30);

    /** The engine shows a masked value as this. */
    private static final String MASKED = "***";

    @Inject
    Subscriptions subscriptions;

    @Inject
    OutgoingHttp http;

    @Inject
    TaskSender tasks;

    @Inject
    TaskControl control;

    @Inject
    TasksConfig config;

    @Inject
    @EngineClock
    Clock clock;

    @Resource
    SessionContext session;

    @Override
    @RolesAllowed(ADMIN)
    public IssuedWebhook add(String url, List<String> topics, String secret) {
        String checkedUrl = checkedUrl(url);
        List<String> checkedTopics = checkedTopics(topics);
        WebhookSecret issued = issued(secret);
        String id = IDS.generate().toString();
        WebhookInfo webhook = new WebhookInfo(
                id, checkedUrl, checkedTopics, true, null, caller(), now(), null, null, null, null, null);
        subscriptions.insert(webhook, cipher().encrypt(id, issued.text()));
        audit(webhook, "added");
        return new IssuedWebhook(webhook, issued.text());
    }

    @Override
    public Optional<WebhookInfo> find(String id) {
        return id == null ? Optional.empty() : subscriptions.find(id).map(this::current);
    }

    @Override
    public WebhookPage list(int limit, String cursor) {
        List<WebhookInfo> found = subscriptions.list(checkedCursor(cursor), checkedLimit(limit) + 1);
        boolean more = found.size() > limit;
        List<WebhookInfo> page = found.stream().limit(limit).map(this::current).toList();
        return new WebhookPage(page, more ? page.get(limit - 1).id() : null);
    }

    @Override
    @RolesAllowed(ADMIN)
    public WebhookInfo change(String id, String url, List<String> topics) {
        String checkedUrl = checkedUrl(url);
        List<String> checkedTopics = checkedTopics(topics);
        if (id == null || !subscriptions.change(id, checkedUrl, checkedTopics, clock.millis())) {
            throw none(id);
        }
        return audited(id, "changed");
    }

    @Override
    @RolesAllowed(ADMIN)
    public void remove(String id) {
        WebhookInfo webhook = known(id);
        if (!subscriptions.remove(id)) {
            throw none(id);
        }
        subscriptions.removeDeliveries(id);
        audit(webhook, "removed");
    }

    @Override
    @RolesAllowed(ADMIN)
    public IssuedWebhook rotate(String id, String secret, Duration overlap) {
        Duration kept = overlap == null ? OVERLAP : overlap;
        if (kept.isNegative() || kept.compareTo(LONGEST_OVERLAP) > 0) {
            throw new InvalidValueException("overlap", "overlap is " + kept + ", but must be from PT0S to P30D.");
        }
        WebhookSecret issued = issued(secret);
        Subscriptions.Stored stored = subscriptions.find(id).orElseThrow(() -> none(id));
        Long until = kept.isZero() ? null : now().plus(kept).toEpochMilli();
        if (!subscriptions.rotate(id, stored.secret(), cipher().encrypt(id, issued.text()), until, clock.millis())) {
            known(id);
            throw new TaskStateException("The secret of the webhook " + id
                    + " was rotated by another call at this moment. Look at the webhook, then decide.");
        }
        return new IssuedWebhook(audited(id, "given a new secret"), issued.text());
    }

    @Override
    @RolesAllowed(ADMIN)
    public WebhookInfo enable(String id) {
        if (id == null || !subscriptions.enable(id)) {
            throw none(id);
        }
        return audited(id, "enabled");
    }

    @Override
    @RolesAllowed(ADMIN)
    public WebhookInfo disable(String id, String reason) {
        if (reason != null && reason.length() > REASON_CHARS) {
            throw new InvalidValueException("reason", "The reason is longer than " + REASON_CHARS + " characters.");
        }
        if (id == null || !subscriptions.disable(id, reason)) {
            throw none(id);
        }
        return audited(id, "disabled");
    }

    @Override
    @RolesAllowed(ADMIN)
    public String ping(String id) {
        WebhookInfo webhook = known(id);
        Map<String, String> payload = Map.of("webhook", webhook.id(), "sentAt", now().toString());
        return tasks.send(NOTIFY, WebhookPublisher.message(id, PING, payload), TaskOptions.none());
    }

    @Override
    public DeliveryPage deliveries(String id, int limit, String cursor) {
        known(id);
        List<Subscriptions.Logged> found = subscriptions.deliveries(id, checkedCursor(cursor), checkedLimit(limit) + 1);
        return new DeliveryPage(
                found.stream().limit(limit).map(Subscriptions.Logged::delivery).toList(),
                found.size() > limit ? found.get(limit - 1).id() : null);
    }

    @Override
    @RolesAllowed(ADMIN)
    public String redeliver(String id, String task) {
        known(id);
        if (task == null || !subscriptions.hasDelivery(id, task)) {
            throw new NotFoundException("The webhook " + id + " has no delivery by a task \"" + task
                    + "\" in its log. See the deliveries; they are kept for " + config.webhookKeepDeliveries() + ".");
        }
        TaskInfo delivered = control.find(task)
                .orElseThrow(() -> new NotFoundException(
                        "The task \"" + task + "\" was pruned, and the message with it. Publish it again."));
        if (delivered.state() != TaskState.SUCCESS) {
            return control.retryNow(task).id();
        }
        return tasks.send(NOTIFY, again(delivered), TaskOptions.none());
    }

    /** Returns the argument of a task that delivers the same message. */
    private static Map<String, Object> again(TaskInfo delivered) {
        String argument = delivered.argumentValue().json();
        if (argument.contains(MASKED)) {
            throw new TaskStateException(
                    "The message of the task \"" + delivered.id()
                            + "\" has values that are masked (errand.mask), so it cannot be read to be sent again. Publish it again.");
        }
        Map<String, Object> message = new LinkedHashMap<>();
        if (delivered.argument() instanceof Map<?, ?> fields) {
            fields.forEach((field, value) -> message.put(String.valueOf(field), value));
        }
        message.putIfAbsent("id", delivered.id());
        return message;
    }

    /** Hides what is of no use any more. */
    private WebhookInfo current(Subscriptions.Stored stored) {
        return current(stored.webhook());
    }

    private WebhookInfo current(WebhookInfo webhook) {
        Instant until = webhook.previousSecretUntil();
        return until == null || until.isAfter(now())
                ? webhook
                : new WebhookInfo(
                        webhook.id(),
                        webhook.url(),
                        webhook.topics(),
                        webhook.enabled(),
                        webhook.disabledReason(),
                        webhook.owner(),
                        webhook.createdAt(),
                        webhook.changedAt(),
                        webhook.failingSince(),
                        webhook.lastSuccess(),
                        webhook.lastStatus(),
                        null);
    }

    private WebhookInfo known(String id) {
        return find(id).orElseThrow(() -> none(id));
    }

    private static NotFoundException none(String id) {
        return new NotFoundException("No webhook has the id \"" + id
                + "\". It was never added, or it was removed: by a user, or because its receiver answered 410 Gone.");
    }

    private String checkedUrl(String url) {
        try {
            WebAddress address = Urls.check(url);
            if (url.length() > URL_CHARS) {
                throw new InvalidValueException("url", "The url is longer than " + URL_CHARS + " characters.");
            }
            http.checkAllowed(address);
            return url;
        } catch (BadArgumentException | RefusedAddressException e) {
            throw new InvalidValueException("url", e.getMessage(), e);
        }
    }

    private static List<String> checkedTopics(List<String> topics) {
        if (topics == null || topics.isEmpty()) {
            throw new InvalidValueException(
                    "topics", "topics is missing: a list of patterns, such as [\"dataset/*\"]; [\"**\"] selects all.");
        }
        Set<String> different = new LinkedHashSet<>(topics);
        if (different.size() > MOST_TOPICS) {
            throw new InvalidValueException(
                    "topics", "There are " + different.size() + " topics, but " + MOST_TOPICS + " at most.");
        }
        different.forEach(TopicPattern::of);
        return List.copyOf(different);
    }

    private WebhookSecret issued(String secret) {
        if (!cipher().hasKey()) {
            throw new InvalidValueException(
                    "secret",
                    "This server keeps no secrets of webhooks, because errand.webhook.key is not set"
                            + (config.webhookKeyFile() == null ? "" : " and " + config.webhookKeyFile() + " is missing")
                            + ". An administrator makes a key with \"openssl rand -base64 32\", sets errand.webhook.key to it,"
                            + " the same on each node, and deploys Errand again.");
        }
        try {
            return secret == null ? WebhookSecret.random() : WebhookSecret.standard(secret);
        } catch (BadArgumentException e) {
            throw new InvalidValueException("secret", e.getMessage(), e);
        }
    }

    private SecretCipher cipher() {
        return new SecretCipher(config.webhookKey());
    }

    private static int checkedLimit(int limit) {
        if (limit < 1 || limit > MOST_IN_A_PAGE) {
            throw new InvalidValueException(
                    "limit", "limit " + limit + " is not between 1 and " + MOST_IN_A_PAGE + ".");
        }
        return limit;
    }

    private static String checkedCursor(String cursor) {
        if (cursor != null && !cursor.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
            throw new InvalidValueException(
                    "cursor", "The cursor is malformed. Use the \"next\" of the page before, or leave it out.");
        }
        return cursor;
    }

    private WebhookInfo audited(String id, String what) {
        WebhookInfo webhook = known(id);
        audit(webhook, what);
        return webhook;
    }

    private void audit(WebhookInfo webhook, String what) {
        LogMessage.WEBHOOK_BY.log(webhook.id(), shown(webhook.url()), what, LogMessage.nameOf(caller()));
    }

    /** Returns an address without what may be a secret. */
    static String shown(String url) {
        try {
            return Urls.shown(WebAddress.parse(url));
        } catch (InvalidAddressException e) {
            return UserInfo.masked(url);
        }
    }

    /** Returns the name of the caller, or null. Servers name a caller without a login "anonymous". */
    private String caller() {
        Principal principal = session.getCallerPrincipal();
        String name = principal == null ? null : principal.getName();
        return name == null || name.equalsIgnoreCase("anonymous") ? null : name;
    }

    /** Returns the time as precisely as it is kept. */
    private Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }
}
