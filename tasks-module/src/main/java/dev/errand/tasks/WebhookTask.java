package dev.errand.tasks;

import dev.errand.api.DatabaseUnavailableException;
import dev.errand.api.RetryPolicy;
import dev.errand.api.Task;
import dev.errand.api.TaskContext;
import dev.errand.api.TaskHandler;
import dev.errand.api.TaskRetry;
import dev.errand.config.EngineClock;
import dev.errand.tasks.config.TasksConfig;
import dev.errand.tasks.http.BadArgumentException;
import dev.errand.tasks.http.Call;
import dev.errand.tasks.http.FailedStatusException;
import dev.errand.tasks.http.OutgoingHttp;
import dev.errand.tasks.http.OutgoingHttpException;
import dev.errand.tasks.http.Retries;
import dev.errand.tasks.http.Statuses;
import dev.errand.tasks.http.TransientHttpException;
import dev.errand.tasks.http.Urls;
import dev.errand.tasks.webhook.Delivery;
import dev.errand.tasks.webhook.DeliveryRecorder;
import dev.errand.tasks.webhook.Receiver;
import dev.errand.tasks.webhook.Receivers;
import dev.errand.url.WebAddress;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;

/**
 * The task {@code webhook.notify}. It tells another application about an event, by a POST of the payload as JSON.
 *
 * <p>Headers of Standard Webhooks:
 * <ul>
 * <li>{@code webhook-id}: the same for each try. A call can arrive twice (its answer may get lost), so the receiver should
 *     remember the ids it has seen.
 * <li>{@code webhook-timestamp}: the time of this try, in seconds since 1970.
 * <li>{@code webhook-signature}: only with a secret. It is {@code v1,} and the Base64 of the HMAC-SHA256 of
 *     {@code <webhook-id>.<webhook-timestamp>.<body>}. The key of a secret {@code whsec_<Base64>} is what it encodes; of
 *     another secret, its UTF-8 bytes. While a secret is rotated there are several, separated by blanks.
 * </ul>
 *
 * <p>Headers of Errand:
 * <ul>
 * <li>{@code Errand-Task-Id}: the same for each try of the same task.
 * <li>{@code Errand-Topic}: the argument's topic, if it has one.
 * <li>{@code Errand-Timestamp}: the time of this try, in seconds since 1970.
 * <li>{@code Errand-Signature: sha256=<hex>}: only with a secret. It is the HMAC-SHA256, keyed with the secret's UTF-8
 *     bytes, of {@code <Errand-Task-Id>.<Errand-Timestamp>.<body>}. To check it: {@code printf
 *     '%s.%s.%s' "$id" "$timestamp" "$body" | openssl dgst -sha256 -hmac "$secret"}. Compare in constant time, and
 *     refuse a timestamp more than some minutes away.
 * </ul>
 *
 * <p>Any 2xx is success. The task is retried if there is no connection, after a time-out, and after 408, 425, 429 and
 * 5xx. The wait is the answer's {@code Retry-After} (a day at most), otherwise it grows from retry to retry. An unknown
 * host is retried only three times. Everything else fails at once. That includes a redirect: it would need a new
 * signature and a new check, and the sender should know the right address.
 *
 * <p>With {@code webhook} in the argument, the address and the secrets are those of that webhook at the time of the try. Each
 * try is recorded with it, and a task is retried over three days. A webhook whose receiver answers 410 is removed; the tasks of a removed or disabled webhook become
 * REVOKED.
 */
@Stateless
@Task("webhook.notify")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@RetryPolicy(
        on = {TransientHttpException.class, DatabaseUnavailableException.class},
        maxRetries = 10,
        countdown = "PT10S",
        backoff = 2,
        maxCountdown = "PT1H",
        jitter = true)
public class WebhookTask implements TaskHandler<Webhook, WebhookResult> {
    @Inject
    OutgoingHttp http;

    @Inject
    TasksConfig config;

    @Inject
    @EngineClock
    Clock clock;

    @Inject
    Receivers receivers;

    @Inject
    DeliveryRecorder recorder;

    @Override
    public WebhookResult handle(Webhook webhook, TaskContext task) throws InterruptedException {
        if (webhook == null) {
            throw new BadArgumentException(
                    "webhook.notify needs an argument: {\"url\", \"topic\", \"payload\", \"secret\"},"
                            + " of which the last may be left out, or {\"webhook\", \"topic\", \"payload\"}.");
        }
        if (webhook.webhook() == null) {
            return send(webhook, Receiver.of(webhook.url(), webhook.secret()), task);
        }
        if (webhook.url() != null || webhook.secret() != null) {
            throw new BadArgumentException(
                    "The argument has a webhook, which has its own url and secret. Leave these two out.");
        }
        return deliver(webhook, task);
    }

    /** Sends to a webhook, and records the try. */
    private WebhookResult deliver(Webhook webhook, TaskContext task) throws InterruptedException {
        Receiver receiver = receivers.find(webhook.webhook(), webhook.topic(), task);
        Instant start = clock.instant();
        try {
            WebhookResult result = send(webhook, receiver, task);
            record(task, () -> recorder.delivered(receiver, delivery(webhook, task, start, result.status(), null)));
            return result;
        } catch (BadArgumentException e) {
            // the receiver is not at fault
            throw e;
        } catch (OutgoingHttpException e) {
            record(task, () -> recorder.failed(receiver, delivery(webhook, task, start, e.status(), e.getMessage())));
            throw e;
        } catch (TaskRetry e) {
            OutgoingHttpException failure = (OutgoingHttpException) e.getCause();
            record(
                    task,
                    () -> recorder.failed(
                            receiver, delivery(webhook, task, start, failure.status(), failure.getMessage())));
            throw e;
        }
    }

    /** Records a try. An error leaves the outcome as it is: a retry would deliver the call twice. */
    private static void record(TaskContext task, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            task.log("The try could not be recorded with the webhook: " + e.getMessage());
        }
    }

    private Delivery delivery(Webhook webhook, TaskContext task, Instant start, Integer status, String error) {
        long millis = Math.max(0, Duration.between(start, clock.instant()).toMillis());
        return new Delivery(task.id(), webhook.topic(), task.retries() + 1, start, status, millis, error);
    }

    private WebhookResult send(Webhook webhook, Receiver receiver, TaskContext task) throws InterruptedException {
        WebAddress url = Urls.check(receiver.url());
        try (Call call = http.call(task, config.httpTimeout(), "errand.http.timeout")) {
            return call.send(
                    WebhookRequest.of(webhook, task.id(), receiver.secrets(), clock.instant()),
                    url,
                    answer -> result(url, answer));
        } catch (OutgoingHttpException e) {
            throw receiver.webhook() == null ? Retries.decide(e, task) : Retries.decideOverDays(e, task);
        }
    }

    private WebhookResult result(WebAddress url, ClassicHttpResponse answer) throws IOException {
        int status = answer.getCode();
        if (status >= 200 && status < 300) {
            finish(answer, url);
            return new WebhookResult(status);
        }
        Header location = answer.getFirstHeader(HttpHeaders.LOCATION);
        if (status >= 300 && status < 400 && location != null) {
            throw new FailedStatusException(
                    "The webhook " + Urls.shown(url) + " answered " + status
                            + ", a redirect to " + Urls.shown(url, location.getValue())
                            + ". Webhooks do not follow redirects: send to that address, if it is right.",
                    status);
        }
        throw Statuses.failure("The webhook ", url, answer, clock.instant());
    }

    /**
     * Reads a short answer to its end, so that the connection can be used again. The call has already succeeded,
     * whatever happens here.
     */
    private static void finish(ClassicHttpResponse answer, WebAddress url) {
        try {
            Statuses.beginning(answer, url);
        } catch (IOException e) {
            // the receiver has accepted; a retry would deliver the call twice
        }
    }
}
