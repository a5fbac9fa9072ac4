package dev.errand.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.store.ListWalk.Reach;
import dev.errand.store.ListWalk.Step;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListWalkTest {
    private final List<Step> steps = new ArrayList<>();

    /** The next one that a walk meets, older than those before. */
    private ListWalkTest task(int walk, String id, boolean hit) {
        steps.add(new Step(walk, id, 1_000 - steps.size(), hit));
        return this;
    }

    @Test
    void aPageReachesAsFarAsTheWalkThatComesFurther() {
        task(0, "a", false).task(0, "b", true).task(1, "b", true).task(1, "c", false);

        assertThat(ListWalk.reach(steps, 2, 1, 5)).isEqualTo(new Reach(List.of("b"), new Cursor(997, "c")));
    }

    @Test
    void aWalkThatEndsHasAllWhateverTheOther() {
        task(0, "a", false).task(0, "b", true).task(1, "b", true);

        assertThat(ListWalk.reach(steps, 2, 1, 5)).isEqualTo(new Reach(List.of("b"), null));
        assertThat(ListWalk.reach(List.of(), 2, 1, 5)).isEqualTo(new Reach(List.of(), null));
    }

    /** Between the ends of two states, the state that comes less far may have more. */
    @Test
    void aPageOfMoreStatesReachesAsFarAsTheStateThatComesLeastFar() {
        task(0, "a", true).task(1, "b", false).task(2, "c", true).task(3, "d", false);

        assertThat(ListWalk.reach(steps, 1, 2, 5)).isEqualTo(new Reach(List.of("a"), new Cursor(999, "b")));
    }

    @Test
    void aPageEndsWithTheOneAboveTheLimit() {
        task(0, "a", true).task(1, "a", true).task(0, "b", true).task(0, "c", true);

        assertThat(ListWalk.reach(steps, 3, 1, 1)).isEqualTo(new Reach(List.of("a", "b"), new Cursor(998, "b")));
    }
}
