package dev.errand.store.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.api.TaskState;
import dev.errand.store.view.ListWalk.Reach;
import dev.errand.store.view.ListWalk.Step;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListWalkTest {
    private final List<Step> steps = new ArrayList<>();

    /** The next one, older than those before. */
    private ListWalkTest task(String id, boolean hit, boolean last) {
        steps.add(new Step(TaskState.SUCCESS, id, 1_000 - steps.size(), hit, last));
        return this;
    }

    /** Behind the end of one state's walk, that state may have more tasks between those of the others. */
    @Test
    void aPageReachesAsFarAsTheStateThatComesLeastFar() {
        task("a", true, false).task("b", false, true).task("c", true, true);

        assertThat(ListWalk.reach(steps, 5)).isEqualTo(new Reach(List.of("a"), new PageCursor(999, "b")));
    }

    @Test
    void theLastOneOfAWalkIsInThePage() {
        task("a", true, true);

        assertThat(ListWalk.reach(steps, 5)).isEqualTo(new Reach(List.of("a"), new PageCursor(1_000, "a")));
    }

    @Test
    void walksThatEndHaveAll() {
        task("a", true, false).task("b", true, false);

        assertThat(ListWalk.reach(steps, 5)).isEqualTo(new Reach(List.of("a", "b"), null));
        assertThat(ListWalk.reach(List.of(), 5)).isEqualTo(new Reach(List.of(), null));
    }

    @Test
    void aPageEndsWithTheOneAboveTheLimit() {
        task("a", true, false).task("b", true, false).task("c", true, false);

        assertThat(ListWalk.reach(steps, 1)).isEqualTo(new Reach(List.of("a", "b"), new PageCursor(999, "b")));
    }
}
