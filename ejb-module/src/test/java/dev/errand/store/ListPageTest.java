package dev.errand.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.store.TaskQueries.Row;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ListPageTest {

    private static List<Row> rows(int number, int chars) {
        return IntStream.range(0, number)
                .mapToObj(i ->
                        new TaskRecord("t" + i, "a.b", "default", 4, null, null, "x".repeat(chars), 1_000 - i, 0, null))
                .map(record -> new Row(record, null))
                .toList();
    }

    @Test
    void theLimitEndsAPage() {
        assertThat(ListPage.of(rows(4, 10), 3, null).rows()).hasSize(3);
        assertThat(ListPage.of(rows(4, 10), 3, null).next()).isEqualTo(new Cursor(998, "t2"));
        assertThat(ListPage.of(rows(3, 10), 3, null).next()).isNull();
        assertThat(ListPage.of(List.of(), 3, null)).isEqualTo(new ListPage(List.of(), null));
    }

    @Test
    void soDoTheCharactersButNotBeforeTheFirstTask() {
        List<Row> rows = rows(1_001, 5_000);
        ListPage page = ListPage.of(rows, 1_000, null);
        assertThat(page.rows()).hasSizeBetween(100, ListPage.MAX_CHARS / 5_000);
        assertThat(page.next().id())
                .isEqualTo(rows.get(page.rows().size() - 1).record().id());
        assertThat(ListPage.of(rows(2, 2 * ListPage.MAX_CHARS), 50, null).rows())
                .hasSize(1);
    }

    @Test
    void thePageBehindAPageThatFitsBeginsWhereTheLookEnded() {
        Cursor end = new Cursor(500, "other");
        assertThat(ListPage.of(rows(2, 10), 3, end).rows()).hasSize(2);
        assertThat(ListPage.of(rows(2, 10), 3, end).next()).isEqualTo(end);
        assertThat(ListPage.of(List.of(), 3, end).next()).isEqualTo(end);
        assertThat(ListPage.of(rows(4, 10), 3, end).next()).isEqualTo(new Cursor(998, "t2"));
    }
}
