package dev.errand.store.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.api.TaskState;
import dev.errand.store.view.TaskQueries.Row;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ListPageTest {

    private static List<Row> rows(int number, int chars) {
        return IntStream.range(0, number)
                .mapToObj(i -> new Row(task("t" + i, "x".repeat(chars), 1_000 - i), null))
                .toList();
    }

    private static TaskSnapshot task(String id, String argument, long createdAt) {
        return new TaskSnapshot(
                id,
                "a.b",
                "default",
                TaskState.PENDING,
                4,
                1,
                0,
                null,
                0,
                null,
                createdAt,
                null,
                null,
                null,
                null,
                null,
                TaskSnapshot.Labels.NONE,
                argument,
                null,
                null,
                null);
    }

    @Test
    void theLimitEndsAPage() {
        assertThat(ListPage.of(rows(4, 10), 3, null).rows()).hasSize(3);
        assertThat(ListPage.of(rows(4, 10), 3, null).next()).isEqualTo(new PageCursor(998, "t2"));
        assertThat(ListPage.of(rows(3, 10), 3, null).next()).isNull();
        assertThat(ListPage.of(List.of(), 3, null)).isEqualTo(new ListPage(List.of(), null));
    }

    @Test
    void soDoTheCharactersButNotBeforeTheFirstTask() {
        List<Row> rows = rows(1_001, 5_000);
        ListPage page = ListPage.of(rows, 1_000, null);
        assertThat(page.rows()).hasSizeBetween(100, ListPage.MAX_CHARS / 5_000);
        assertThat(page.next().id())
                .isEqualTo(rows.get(page.rows().size() - 1).task().id());
        assertThat(ListPage.of(rows(2, 2 * ListPage.MAX_CHARS), 50, null).rows())
                .hasSize(1);
    }

    @Test
    void thePageBehindAPageThatFitsBeginsWhereTheLookEnded() {
        PageCursor end = new PageCursor(500, "other");
        assertThat(ListPage.of(rows(2, 10), 3, end).rows()).hasSize(2);
        assertThat(ListPage.of(rows(2, 10), 3, end).next()).isEqualTo(end);
        assertThat(ListPage.of(List.of(), 3, end).next()).isEqualTo(end);
        assertThat(ListPage.of(rows(4, 10), 3, end).next()).isEqualTo(new PageCursor(998, "t2"));
    }
}
