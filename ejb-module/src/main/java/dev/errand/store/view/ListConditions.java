package dev.errand.store.view;

import dev.errand.api.TaskFilter;
import dev.errand.store.Names;
import dev.errand.store.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The conditions of a filter that no index supports. Pure. */
final class ListConditions {
    /** The columns that they read, in addition to those of each list. */
    static final String COLUMNS = "t.task, t.queue, t.title, t.tags, t.schedule";

    private final List<String> sql = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();
    private final boolean possible;

    ListConditions(TaskFilter filter) {
        add("t.task = ?", filter.task());
        add("t.queue = ?", filter.queue());
        add("t.schedule = ?", filter.schedule());
        add("POSITION(? IN t.id) = 1", unlessEmpty(filter.id()));
        add("POSITION(? IN t.title) > 0", unlessEmpty(filter.title()));
        filter.tags().forEach(tag -> add("POSITION(? IN t.tags) > 0", Tags.within(tag)));
        possible = Stream.of(filter.task(), filter.queue(), filter.schedule(), unlessEmpty(filter.id()))
                        .allMatch(name -> name == null || Names.possible(name))
                && values.stream().noneMatch(ListConditions::unstorable);
    }

    /** Returns whether a database refuses the text, or would compare something else. */
    private static boolean unstorable(Object text) {
        return ((String) text).codePoints().anyMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE);
    }

    /** Each text begins with the empty one, and contains it. */
    private static String unlessEmpty(String part) {
        return part == null || part.isEmpty() ? null : part;
    }

    private void add(String condition, String value) {
        if (value != null) {
            sql.add(condition);
            values.add(value);
        }
    }

    boolean none() {
        return sql.isEmpty();
    }

    /** Returns whether a task can meet them: no name has such characters, and a database may refuse them. */
    boolean possible() {
        return possible;
    }

    List<String> sql() {
        return sql;
    }

    List<Object> values() {
        return values;
    }
}
