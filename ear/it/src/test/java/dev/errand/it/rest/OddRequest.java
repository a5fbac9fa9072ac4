package dev.errand.it.rest;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/**
 * A request as a client sends it that is mistaken, broken or malicious.
 *
 * @param path from the host on, encoded or not
 * @param argument the JSON of the task's argument, if it is a task
 * @param damaged whether some bytes of the body are others, its argument's too
 */
record OddRequest(String method, String path, String type, byte[] body, String argument, boolean damaged) {
    private static final String API = "/tasks/api";
    private static final List<String> TASKS = List.of(
            "no.such", "example.echo", "webhook.notify", "archiver.archive", "datastore.validate", "datastore.load");
    private static final List<String> TIMES = List.of(
            "\"PT1H\"",
            "3600",
            "-1",
            "1e999999999",
            "1e2147483648",
            "\"P36525D\"",
            "\"PT9223372036854775807S\"",
            "\"2999-01-01T00:00:00Z\"",
            "\"+999999999-12-31T23:59:59Z\"",
            "\"9999-12-31T23:59:59.999999999-18:00\"",
            "\"NaN\"");
    private static final List<String> FIELDS =
            List.of("countdown", "eta", "expires", "priority", "queue", "maxRetries", "uniqueKey", "id", "task", "odd");

    static OddRequest next(Random random, String cursor) {
        OddJson odd = new OddJson(random);
        return switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> task(random, odd);
            case 4 -> damaged(random, task(random, odd));
            case 5, 6 -> list(random, odd, cursor);
            case 7 ->
                of(
                        odd.any(List.of("GET", "POST", "HEAD")),
                        API + "/tasks/" + segment(random, odd)
                                + odd.any(List.of("", "", "/revoke", "/retry", "/", "/..")));
            case 8 -> of("POST", API + "/queues/" + segment(random, odd) + odd.any(List.of("/pause", "/resume", "")));
            default -> stray(random, odd);
        };
    }

    static OddRequest of(String method, String path) {
        return new OddRequest(method, path, "application/json", new byte[0], null, false);
    }

    /** Most are taken, to be run in an hour, or parked. */
    private static OddRequest task(Random random, OddJson odd) {
        String task = odd.any(TASKS);
        String argument = random.nextInt(300) == 0
                ? odd.quoted("x".repeat(1 << 20))
                : task.equals("webhook.notify") ? webhook(odd) : odd.value(3);
        StringBuilder body = new StringBuilder("{\"task\":" + odd.quoted(task) + ",\"argument\":" + argument);
        if (!task.equals("webhook.notify")) {
            body.append(",\"countdown\":\"PT1H\"");
        }
        if (random.nextBoolean()) {
            body.append(",\"id\":").append(odd.quoted(odd.visible(255)));
        }
        if (random.nextInt(3) == 0) {
            String field = odd.any(FIELDS);
            String value = random.nextBoolean() ? odd.any(TIMES) : odd.value(1);
            body.append(",").append(odd.quoted(field)).append(":").append(value);
        }
        byte[] bytes = body.append("}").toString().getBytes(StandardCharsets.UTF_8);
        // half of a surrogate pair that is not an escape is sent as "?"
        String sent = new String(argument.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        return new OddRequest("POST", API + "/tasks", "application/json", bytes, sent, false);
    }

    private static String webhook(OddJson odd) {
        String secret = odd.quoted(odd.text() + OddJson.KERNEL + odd.text());
        return "{\"url\":" + odd.quoted(odd.any(List.of("", "http://", "http://127.0.0.1:1/")) + odd.text())
                + ",\"topic\":" + odd.value(1) + ",\"payload\":" + odd.value(1) + ",\"secret\":" + secret + "}";
    }

    private static OddRequest damaged(Random random, OddRequest request) {
        // if the name of the masked field is damaged, its value is a secret for errors only
        byte[] body = new String(request.body, StandardCharsets.UTF_8)
                .replace(OddJson.KERNEL, OddJson.DAMAGED)
                .getBytes(StandardCharsets.UTF_8);
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            body[random.nextInt(body.length)] =
                    (byte) (random.nextBoolean() ? random.nextInt() : "{}[]\",:\\0-".charAt(random.nextInt(10)));
        }
        return new OddRequest(request.method, request.path, request.type, body, request.argument, true);
    }

    private static OddRequest list(Random random, OddJson odd, String cursor) {
        String name = random.nextInt(10) == 0
                ? segment(random, odd)
                : odd.any(List.of("state", "task", "queue", "limit", "cursor"));
        String value = name.equals("cursor") && random.nextBoolean()
                ? damaged(random, cursor)
                : random.nextInt(3) == 0 ? odd.any(List.of("1", "1000", "FAILURE", "default")) : segment(random, odd);
        return of("GET", API + "/tasks?limit=5&" + name + "=" + value);
    }

    private static String damaged(Random random, String cursor) {
        int at = random.nextInt(cursor.length());
        return cursor.substring(0, at) + (char) ('0' + random.nextInt(75)) + cursor.substring(random.nextInt(2) + at);
    }

    /** Returns one segment of a path: encoded, encoded in part, wrongly, or not at all. */
    private static String segment(Random random, OddJson odd) {
        String text = random.nextBoolean() ? odd.text() : odd.visible(300);
        int way = random.nextInt(8);
        StringBuilder segment = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = b > ' ' && b < 127 && "%?#;\\\"<>^`{|}[]".indexOf(b) < 0;
            segment.append(
                    plain && b != '/' || way == 0 && b > ' ' && b < 127
                            ? String.valueOf((char) b)
                            : "%%%02X".formatted(b));
        }
        return way == 1
                ? segment.append(odd.any(List.of("%", "%zz", "%C0%AF", "%ED%A0%80", "%u0041")))
                        .toString()
                : segment.toString();
    }

    private static OddRequest stray(Random random, OddJson odd) {
        String method = odd.any(List.of("GET", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "BREW"));
        String path = odd.any(
                List.of("/tasks", "/tasks/", "/handlers", "/queues", "/nothing", "/health", "//tasks", "/tasks;x=y"));
        String type = odd.any(
                List.of("text/plain", "application/json;charset=utf-16", "*/*", "x", "application/json; q=", ";"));
        return new OddRequest(method, API + path, type, odd.value(2).getBytes(StandardCharsets.UTF_8), null, true);
    }

    /** The first line and the headers. */
    String head(String authorization) {
        return method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: " + authorization
                + "\r\nContent-Type: " + type + "\r\n";
    }

    @Override
    public String toString() {
        String text = new String(body, StandardCharsets.ISO_8859_1);
        return method + " " + path + " " + type + "\n"
                + (text.length() > 3_000 ? text.substring(0, 3_000) + "…" : text);
    }
}
