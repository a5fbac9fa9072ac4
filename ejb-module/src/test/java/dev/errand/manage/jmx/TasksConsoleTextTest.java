package dev.errand.manage.jmx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.api.TaskInfo;
import dev.errand.api.TaskValue;
import dev.errand.json.Json;
import dev.errand.manage.WaitingTask;
import org.junit.jupiter.api.Test;

class TasksConsoleTextTest {

    private static TaskInfo task(String argument) {
        return WaitingTask.of(new TaskValue(argument, false, Json::plain));
    }

    @Test
    void aSmallArgumentIsShownAsJson() {
        assertThat(TasksConsole.text(task("{\"a\":[1,null]}")))
                .contains("\"a\" : [ 1, null ]", "\"createdAt\" : \"2026-01-01T00:00:00.000Z\"")
                .contains("\"argumentCut\" : false")
                .doesNotContain("startedAt");
    }

    /** A number of Java has neither such an exponent nor, for each such text, the same digits. */
    @Test
    void numbersStayWhatTheyAre() {
        assertThat(TasksConsole.text(task("[1.10,9007199254740993,1e400,1e99999999999]")))
                .contains("[ 1.10, 9007199254740993, 1e400, 1e99999999999 ]");
    }

    @Test
    void theDeepestArgumentIsShown() {
        assertThat(TasksConsole.text(task("[".repeat(500) + "]".repeat(500)))).contains("[ [ [");
    }

    @Test
    void aLargeOneIsCut() {
        assertThat(TasksConsole.text(task("[" + "{},".repeat(300_000) + "{}]")))
                .hasSizeLessThan(2 * TasksConsole.MAX_CHARS)
                .contains("\"argumentCut\" : true");
    }
}
