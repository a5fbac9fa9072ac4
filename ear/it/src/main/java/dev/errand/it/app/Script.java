package dev.errand.it.app;

import dev.errand.api.TaskContext;
import dev.errand.api.TaskRetry;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The work of a handler, run by run: "ok", "fail", "io", "missing", "closed", "retry", "retry PT1S", "retry PT1S max 1", "change", "move",
 * "snooze 2030-01-31T12:00:00Z" (until then), "cancel",
 * "sleep 500", "spin 500" (busy, and swallows interrupts), "execute SQL" (in the database of the ledger), "call URL" (with the
 * task's id at its end), "halt" (ends the server's process at once).
 */
public record Script(List<String> steps) {

    static Object run(Script script, Ledger ledger, TaskContext task) throws Exception {
        ledger.write(task.id(), "run " + task.retries());
        String step = script.steps().get(Math.min(task.retries(), script.steps().size() - 1));
        String[] words = step.split(" ");
        switch (words[0]) {
            case "ok" -> {
                // that was all
            }
            case "fail" -> throw new IllegalStateException("as the script says");
            case "io" -> throw new IOException("as the script says");
            case "missing" -> throw new FileNotFoundException("as the script says");
            case "closed" -> throw new IOException("as the script says", new ClosedAccountException());
            case "retry" -> throw retry(words, task);
            case "change" ->
                throw task.retry(null).countdown(Duration.ZERO).argument(new Script(List.of("never", "ok")));
            case "move" ->
                throw task.retry(null).countdown(Duration.ZERO).queue("moved").priority(7);
            case "snooze" -> {
                if (Instant.now().isBefore(Instant.parse(words[1]))) {
                    throw task.snooze(Duration.ofMillis(300));
                }
            }
            case "cancel" -> throw task.cancel("as the script says");
            case "sleep" -> {
                task.progress(1, 2, "sleeping");
                task.log("good night");
                Thread.sleep(Long.parseLong(words[1]));
            }
            case "execute" -> ledger.execute(step.substring(words[0].length() + 1));
            case "call" -> OutsideCall.post(words[1], task.id());
            case "halt" -> Runtime.getRuntime().halt(1);
            case "spin" -> spin(Long.parseLong(words[1]));
            default -> throw new IllegalArgumentException(step);
        }
        return task.retries() + " retries, " + task.queue() + ", sent by " + task.sentBy();
    }

    private static TaskRetry retry(String[] words, TaskContext task) {
        TaskRetry retry = task.retry(new IOException("try again"));
        if (words.length > 1) {
            retry.countdown(Duration.parse(words[1]));
        }
        if (words.length > 3) {
            retry.maxRetries(Integer.parseInt(words[3]));
        }
        return retry;
    }

    private static void spin(long millis) {
        long end = System.nanoTime() + millis * 1_000_000;
        while (System.nanoTime() < end) {
            Thread.interrupted();
            Thread.onSpinWait();
        }
    }
}
