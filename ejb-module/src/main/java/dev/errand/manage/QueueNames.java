package dev.errand.manage;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The names of queues for a message about a queue that does not exist: the most useful ones first, and a bounded number.
 * Pure.
 */
final class QueueNames {
    /** The largest number of names in a message. */
    static final int MOST = 20;

    /** The largest number of letters that a typing error changes. */
    private static final int MOST_CHANGED = 3;

    private static final int FAR = Integer.MAX_VALUE;

    private QueueNames() {}

    /**
     * Lists similar names, then the queues of handlers, then the others, then the number of names that are left out.
     *
     * @param all the names, in their order
     */
    static String instead(String name, Collection<String> all, Set<String> ofHandlers) {
        Set<String> ordered = new LinkedHashSet<>(similar(name, all));
        all.stream().filter(ofHandlers::contains).forEach(ordered::add);
        ordered.addAll(all);
        List<String> named = ordered.stream().limit(MOST).toList();
        int left = ordered.size() - named.size();
        return String.join(", ", named) + (left > 0 ? ", and " + left + " more" : "");
    }

    private static List<String> similar(String name, Collection<String> all) {
        List<String> similar = new ArrayList<>(
                all.stream().filter(other -> distance(name, other) < FAR).toList());
        similar.sort(Comparator.comparingInt(other -> distance(name, other)));
        return similar;
    }

    /**
     * Returns the number of letters that differ. A name that contains the other one comes after the names with few
     * differences.
     */
    private static int distance(String name, String other) {
        String a = name.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        int most = Math.min(MOST_CHANGED, (a.length() + 1) / 2);
        int changed = Math.abs(a.length() - b.length()) > most ? FAR : changed(a, b);
        if (changed <= most) {
            return changed;
        }
        return a.contains(b) || b.contains(a) ? most + 1 : FAR;
    }

    /** Returns Levenshtein's distance. */
    private static int changed(String a, String b) {
        int[] last = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(last[j], row[j - 1]) + 1);
            }
            last = row;
        }
        return last[b.length()];
    }
}
