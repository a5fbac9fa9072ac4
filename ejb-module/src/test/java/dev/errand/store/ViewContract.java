package dev.errand.store;

import static dev.errand.store.Database.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.api.HistoryPage;
import dev.errand.api.InvalidValueException;
import dev.errand.api.TaskFilter;
import dev.errand.api.TaskInfo;
import dev.errand.api.TaskState;
import dev.errand.store.TaskTransitions.Changes;
import dev.errand.store.view.ListPage;
import dev.errand.store.view.PageCursor;
import dev.errand.store.view.TaskFigures;
import dev.errand.store.view.TaskInfos;
import dev.errand.store.view.TaskQueries;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The lists, the history and the figures of tasks. */
interface ViewContract extends StoreSteps {
    @Test
    default void pagesAreNewestFirstAndMissNothing() {
        for (int i = 0; i < 7; i++) {
            insert(new TaskRecord("t" + i, "t.t", "default", 4, null, null, null, NOW + i / 2, NOW, null));
        }
        List<String> seen = new ArrayList<>();
        PageCursor cursor = null;
        do {
            PageCursor from = cursor;
            ListPage page = database()
                    .in(em -> with(em, new TaskQueries()).list(TaskFilter.all().limit(3), from));
            page.rows().forEach(row -> seen.add(row.task().id()));
            cursor = page.next();
        } while (cursor != null);
        assertThat(seen).containsExactly("t6", "t5", "t4", "t3", "t2", "t1", "t0");
    }

    @Test
    default void filtersHold() {
        insert(task("a", 4, NOW), task("b", 4, NOW));
        database().run(em -> transitions(em).park(records(em).lock("b").orElseThrow(), NOW));

        assertThat(list(TaskFilter.all().state(TaskState.PARKED))).containsExactly("b");
        assertThat(list(TaskFilter.all().task("example.echo").queue("default").state(TaskState.PENDING)))
                .containsExactly("a");
        assertThat(list(TaskFilter.all().queue("other"))).isEmpty();
        assertThat(list(TaskFilter.all().state(TaskState.STARTED))).isEmpty();
        database().run(em -> {
            assertThat(due(em).parked(List.of("no.such", "example.echo"))).containsExactly("example.echo");
            assertThat(due(em).parked(List.of("no.such"))).isEmpty();
            assertThat(due(em).parked(List.of())).isEmpty();
            assertThat(due(em).lockParked("example.echo", 5)).hasSize(1);
            assertThat(due(em).lockParked("no.such", 5)).isEmpty();
        });
    }

    /** As it was, the page that one viewer asks for held some hundred megabytes. */
    @Test
    default void aListReadsTheBeginningOfAnArgumentAndNoMore() {
        String objects = "[" + "{},".repeat(350_000) + "{}]";
        ErrorText error = new ErrorText("java.lang.IllegalStateException", "m".repeat(4_000), "t".repeat(100_000));
        for (String id : List.of("a", "b", "c")) {
            insert(new TaskRecord(id, "t.t", "default", 4, null, null, objects, NOW, NOW, null));
            database().run(em -> transitions(em).end(ended(id, 1), TaskState.FAILURE, objects, error));
        }

        List<TaskQueries.Row> rows = database()
                .in(em ->
                        with(em, new TaskQueries()).list(TaskFilter.all(), null).rows());

        assertThat(rows).hasSize(3).allSatisfy(row -> {
            assertThat(row.task().argument()).hasSize(301);
            assertThat(row.task().result()).hasSize(301);
            assertThat(row.task().error().message()).hasSize(300).endsWith("…");
            assertThat(row.task().error().trace()).isNull();
        });
        TaskInfo listed = TaskInfos.listed(rows.get(0), Set.of(), 3);
        assertThat(listed.argumentValue().cut()).isTrue();
        assertThat(listed.argument()).isEqualTo(objects.substring(0, 300));
        assertThat(listed.runs()).isEmpty();
        assertThat(find("a").argumentValue().json()).isEqualTo(objects);
        assertThat(find("a").argumentValue().cut()).isFalse();
        assertThat(find("a").error().trace()).hasSize(100_000);
    }

    @Test
    default void aListShowsASmallArgumentAsItIs() {
        insert(task("a", 4, NOW));
        String exact = "{\"a\":1.10,\"b\":9007199254740993,\"c\":1E+400,\"d\":\"\uD83D\uDE00\"}";
        insert(new TaskRecord("b", "t.t", "default", 4, null, null, exact, NOW + 1, NOW, null));

        List<TaskQueries.Row> rows = database()
                .in(em ->
                        with(em, new TaskQueries()).list(TaskFilter.all(), null).rows());
        assertThat(TaskInfos.listed(rows.get(0), Set.of(), 3).argumentValue().json())
                .isEqualTo(exact);
        assertThat(TaskInfos.listed(rows.get(1), Set.of(), 3).argument()).isEqualTo("hello ü \0 😀");
    }

    /** maxRetries -1 is one run per second for years. */
    @Test
    default void theFirstAndTheNewestRunsAreKeptAndTheOthersGoWithTheirLines() {
        insert(task("a", 4, NOW));
        for (int i = 1; i <= 130; i++) {
            int run = i;
            database()
                    .run(em -> with(em, new RunReports()).log("a", run, List.of(new RunReports.Line(1, NOW, "line"))));
            database().run(em -> transitions(em).retry(ended(run), ERROR, NOW, Changes.NONE));
        }

        TaskInfo all = find("a");
        assertThat(all.runs()).hasSize(100);
        assertThat(all.runs())
                .extracting(TaskInfo.Run::number)
                .startsWith(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 41, 42)
                .endsWith(130);
        assertThat(all.log()).hasSize(100);
        assertThat(all.log())
                .extracting(TaskInfo.LogLine::run)
                .contains(1, 10, 41, 130)
                .doesNotContain(11, 40);
    }

    @Test
    default void runsAndLinesComeInPages() {
        insert(task("a", 4, NOW));
        for (int i = 1; i <= 7; i++) {
            int run = i;
            List<RunReports.Line> lines =
                    List.of(new RunReports.Line(1, NOW, run + ".1"), new RunReports.Line(2, NOW, run + ".2"));
            database().run(em -> with(em, new RunReports()).log("a", run, lines));
            if (run < 7) {
                database().run(em -> transitions(em).retry(ended(run), ERROR, NOW, Changes.NONE));
            }
        }
        database().run(em -> transitions(em).end(ended(7), TaskState.SUCCESS, null, null));

        List<Integer> runs = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        HistoryPage page = HistoryPage.newest().runs(3).log(4);
        while (page != null) {
            TaskInfo task = find("a", page);
            runs.addAll(0, task.runs().stream().map(TaskInfo.Run::number).toList());
            lines.addAll(0, task.log().stream().map(TaskInfo.LogLine::message).toList());
            page = page.runs(task.runsNext() == null ? 0 : 3)
                    .runsCursor(task.runsNext())
                    .log(task.logNext() == null ? 0 : 4)
                    .logCursor(task.logNext());
            page = page.runs() == 0 && page.log() == 0 ? null : page;
        }
        assertThat(runs).containsExactly(1, 2, 3, 4, 5, 6, 7);
        assertThat(lines)
                .hasSize(14)
                .startsWith("1.1", "1.2")
                .endsWith("7.1", "7.2")
                .isSorted();
        assertThat(find("a", HistoryPage.newest().runs(0).log(0)).runs()).isEmpty();
        for (HistoryPage wrong : List.of(
                HistoryPage.newest().runsCursor("x"), HistoryPage.newest().logCursor("7"))) {
            assertThatThrownBy(() -> find("a", wrong))
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessageContaining("Cursor");
        }
    }

    @Test
    default void aPageOfRunsIsBoundedByItsTraces() {
        insert(task("a", 4, NOW));
        ErrorText large = new ErrorText("java.lang.IllegalStateException", "m", "t".repeat(1 << 20));
        for (int i = 1; i <= 5; i++) {
            int run = i;
            database().run(em -> transitions(em).retry(ended(run), large, NOW, Changes.NONE));
        }

        TaskInfo newest = find("a");
        assertThat(newest.runs()).extracting(TaskInfo.Run::number).containsExactly(5);
        assertThat(newest.runs().get(0).error().trace()).hasSize(1 << 20);
        assertThat(find("a", HistoryPage.newest().runsCursor(newest.runsNext())).runs())
                .extracting(TaskInfo.Run::number)
                .containsExactly(4);
    }

    @Test
    default void aTransactionalRunThatLastsShowsAsStarted() {
        insert(task("a", 4, NOW));
        try (Database.Tx run = database().begin()) {
            locks(run.em).claim("a", 1);
            database()
                    .run(em -> with(em, new RunReports())
                            .running("a", 1, "node-1", NOW, NOW + 1_000, new TaskInfo.Progress(1, 2, null)));
            database().run(em -> with(em, new RunReports()).log("a", 1, List.of(new RunReports.Line(1, NOW, "line"))));

            assertThat(find("a").state()).isEqualTo(TaskState.STARTED);
            assertThat(find("a").progress().done()).isEqualTo(1);
            assertThat(find("a").log()).extracting(TaskInfo.LogLine::message).containsExactly("line");
            assertThat(list(TaskFilter.all().state(TaskState.STARTED))).containsExactly("a");
            assertThat(list(TaskFilter.all().state(TaskState.PENDING))).isEmpty();
            database()
                    .run(em -> assertThat(with(em, new TaskFigures()).runningByQueue())
                            .containsEntry("default", 1L));
            assertThat(counts()).containsEntry(TaskState.STARTED, 1L).containsEntry(TaskState.PENDING, 0L);
            transitions(run.em).end(ended(1), TaskState.SUCCESS, null, null);
            run.commit();
        }
        assertThat(find("a").state()).isEqualTo(TaskState.SUCCESS);
        assertThat(counts()).containsEntry(TaskState.SUCCESS, 1L).containsEntry(TaskState.STARTED, 0L);
    }

    default Map<TaskState, Long> counts() {
        return database().in(em -> with(em, new TaskFigures()).counts());
    }

    @Test
    default void runningTasksAreListedNewestFirstWithOrWithoutATransaction() {
        for (int i = 0; i < 5; i++) {
            insert(new TaskRecord("t" + i, "t.t", "default", 4, null, null, null, NOW + i, NOW, null));
        }
        for (String outside : List.of("t1", "t4")) {
            database()
                    .run(em -> transitions(em)
                            .start(locks(em).claim(outside, 1).orElseThrow(), "node-1", NOW, NOW + 30_000));
        }
        for (String inside : List.of("t0", "t3")) {
            database().run(em -> with(em, new RunReports()).running(inside, 1, "node-1", NOW, NOW + 1_000, null));
        }

        assertThat(list(TaskFilter.all().state(TaskState.STARTED))).containsExactly("t4", "t3", "t1", "t0");
        assertThat(list(TaskFilter.all().state(TaskState.STARTED).queue("other")))
                .isEmpty();
        ListPage second = database()
                .in(em -> with(em, new TaskQueries())
                        .list(TaskFilter.all().state(TaskState.STARTED).limit(1), new PageCursor(NOW + 4, "t4")));
        assertThat(second.rows()).extracting(row -> row.task().id()).containsExactly("t3");
        assertThat(second.next()).isEqualTo(new PageCursor(NOW + 3, "t3"));
        assertThat(counts()).containsEntry(TaskState.STARTED, 4L).containsEntry(TaskState.PENDING, 1L);
    }

    @Test
    default void countsAreByQueueAndState() {
        insert(task("a", 4, NOW), task("b", 4, NOW + 50));

        database()
                .run(em -> assertThat(with(em, new TaskFigures()).counts(NOW))
                        .containsExactly(new TaskFigures.Count("default", TaskState.PENDING, 2, 1)));
    }
}
