package dev.errand.store;

import dev.errand.api.ArgumentTooLargeException;
import dev.errand.config.ErrandConfig;
import dev.errand.json.Json;
import dev.errand.store.database.Jdbc;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The arguments of steps that are made of the results of others. Always in the caller's transaction; locks nothing.
 * Thread-safe.
 */
@ApplicationScoped
public class StepInputs {
    /** The result of one step. */
    public static final String ONE = "ONE";

    /** The results of a group, as a list. */
    public static final String LIST = "LIST";

    /** The results of several steps or groups, by name. */
    public static final String MAP = "MAP";

    /** The failed step. */
    public static final String FAILURE = "FAILURE";

    /** The end of the name of a group: a character that no name has. */
    public static final String GROUP = "\t";

    private static final String OF_STEP =
            " FROM errand_step s JOIN errand_task t ON t.id = s.task_id" + " WHERE s.workflow = ? AND s.step = ?";

    private static final String OF_GROUP =
            " FROM errand_step s JOIN errand_task t ON t.id = s.task_id" + " WHERE s.workflow = ? AND s.member_of = ?";

    private static final String SIZE = "SELECT COALESCE(SUM(CHAR_LENGTH(t.result)), 0)";
    private static final String RESULT = "SELECT t.result";
    private static final String IN_ORDER = " ORDER BY s.place DESC";

    private static final String FAILED = "SELECT w.id, w.name, s.step, t.task, t.id, t.error_type, t.error_message"
            + " FROM errand_step s JOIN errand_task t ON t.id = s.task_id JOIN errand_workflow w ON w.id = s.workflow"
            + " WHERE s.workflow = ? AND s.continues = FALSE AND s.member_of <> '' AND t.state = 'FAILURE'"
            + " ORDER BY t.finished_at, s.place DESC LIMIT 1";

    @Inject
    Jdbc jdbc;

    @Inject
    ErrandConfig config;

    /**
     * Makes the argument of a step.
     *
     * @param input the input as the step's row has it: its kind and the names, with blanks between them. The name of a group
     *     ends with {@link #GROUP}
     * @return JSON, or null
     * @throws ArgumentTooLargeException if the results are larger than an argument may be
     */
    public String argument(String workflow, String input) {
        String[] words = input.split(" ");
        List<String> names = Arrays.asList(words).subList(1, words.length);
        String argument =
                switch (words[0]) {
                    case ONE -> value(workflow, names.get(0));
                    case LIST -> value(workflow, names.get(0));
                    case MAP -> map(workflow, names);
                    default -> failure(workflow);
                };
        if (Json.longer(argument, config.argumentMaxBytes())) {
            throw tooLarge(names);
        }
        return argument;
    }

    private String map(String workflow, List<String> names) {
        List<String> fields = new ArrayList<>();
        for (String name : names) {
            fields.add(Json.write(isGroup(name) ? group(name) : name) + ":" + value(workflow, name));
        }
        return "{" + String.join(",", fields) + "}";
    }

    private String value(String workflow, String name) {
        return isGroup(name)
                ? results(workflow, group(name), OF_GROUP).stream().collect(Collectors.joining(",", "[", "]"))
                : results(workflow, name, OF_STEP).stream().findFirst().orElse("null");
    }

    private List<String> results(String workflow, String name, String from) {
        // asked first: thousands of large results must not fill the memory
        long size =
                jdbc.read(SIZE + from, row -> row.getLong(1), workflow, name).get(0);
        if (size > config.argumentMaxBytes()) {
            throw tooLarge(List.of(name));
        }
        return jdbc.read(RESULT + from + IN_ORDER, row -> String.valueOf(row.getString(1)), workflow, name);
    }

    private String failure(String workflow) {
        return jdbc
                .read(
                        FAILED,
                        row -> {
                            Map<String, Object> error = new LinkedHashMap<>();
                            error.put("type", row.getString(6));
                            error.put("message", row.getString(7));
                            Map<String, Object> failure = new LinkedHashMap<>();
                            failure.put("workflow", row.getString(1));
                            failure.put("name", row.getString(2));
                            failure.put("step", row.getString(3));
                            failure.put("task", row.getString(4));
                            failure.put("id", row.getString(5));
                            failure.put("error", error);
                            return Json.write(failure);
                        },
                        workflow)
                .stream()
                .findFirst()
                .orElse(null);
    }

    private static boolean isGroup(String name) {
        return name.endsWith(GROUP);
    }

    private static String group(String name) {
        return name.substring(0, name.length() - GROUP.length());
    }

    private ArgumentTooLargeException tooLarge(List<String> names) {
        return new ArgumentTooLargeException("The results of " + names + " are larger than "
                + config.argumentMaxBytes() + " bytes as JSON, so they cannot be the argument of this step. Return"
                + " references to the data, or raise errand.argument.max-bytes, then retry this step.");
    }
}
