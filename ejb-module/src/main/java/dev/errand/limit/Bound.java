package dev.errand.limit;

import dev.errand.handler.LimitRule;
import dev.errand.json.Json;
import dev.errand.store.LimitKey;
import dev.errand.store.TaskRecord;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/** A limit that a task is under. Immutable. */
record Bound(LimitRule rule, LimitKey key) {
    /** The longest key that the tables hold as it is. */
    private static final int MOST_CHARS = 200;

    /** Returns the limits of a task, in the order in which all runs take their places. */
    static List<Bound> of(List<LimitRule> rules, TaskRecord record) {
        return rules.stream()
                .map(rule -> new Bound(rule, new LimitKey(rule.name(), key(rule, record))))
                .sorted(Comparator.comparing(Bound::key))
                .toList();
    }

    private static String key(LimitRule rule, TaskRecord record) {
        if (rule.by().isEmpty()) {
            return "";
        }
        String value = Json.at(record.argument(), rule.by());
        // PostgreSQL stores no NUL, and no database stores half of a surrogate pair
        boolean storable =
                value.length() <= MOST_CHARS && value.chars().noneMatch(c -> c == 0 || Character.isSurrogate((char) c));
        return storable ? value : hash(value);
    }

    private static String hash(String value) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return "sha256:" + HexFormat.of().formatHex(digest.digest(value.getBytes(StandardCharsets.UTF_16BE)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
