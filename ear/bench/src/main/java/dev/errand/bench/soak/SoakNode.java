package dev.errand.bench.soak;

import dev.errand.it.AppClient;
import dev.errand.it.client.Rest;
import dev.errand.it.client.Rest.Answer;
import dev.errand.it.server.ServerProcess;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A node as those see it who send to it: one that does not serve is let alone, but for one of them who tries it now and then. */
final class SoakNode {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final long LET_ALONE = TimeUnit.SECONDS.toNanos(4);

    private final Rest rest;
    private final AppClient app;
    private final AtomicLong nextTry = new AtomicLong();
    private volatile boolean away;

    SoakNode(ServerProcess server) {
        this.rest = server.rest();
        this.app = new AppClient(server);
    }

    boolean mayBeAsked() {
        if (!away) {
            return true;
        }
        long now = System.nanoTime();
        long next = nextTry.get();
        return now - next >= 0 && nextTry.compareAndSet(next, now + LET_ALONE);
    }

    /** @return nothing if there was no answer in time */
    Optional<Answer> sendTask(String json) {
        return call(rest.request("/tasks")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json)));
    }

    /** Has the application send. */
    Optional<Answer> sendByApp(String query) {
        return call(rest.request(app.url() + query).POST(BodyPublishers.noBody()));
    }

    private Optional<Answer> call(HttpRequest.Builder request) {
        try {
            Answer answer = rest.call(request.timeout(PATIENCE));
            isAway(answer.status() == 404 || answer.status() >= 500);
            return Optional.of(answer);
        } catch (AssertionError e) {
            isAway(true);
            return Optional.empty();
        }
    }

    private void isAway(boolean now) {
        if (now && !away) {
            nextTry.set(System.nanoTime() + LET_ALONE);
        }
        away = now;
    }
}
