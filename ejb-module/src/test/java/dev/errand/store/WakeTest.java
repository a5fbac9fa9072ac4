package dev.errand.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WakeTest {
    private static final Wake LONG_DUE = new Wake("long", 4, 1L, null);
    private static final Wake DUE = new Wake("brief", 4, 2L, null);
    private static final Wake URGENT = new Wake("urgent", 9, 3L, null);

    @Test
    void queuesOfOnePriorityHaveTheirTurnsAndAHigherOneComesFirst() {
        List<List<Wake>> looks = IntStream.range(0, 100)
                .mapToObj(i -> Wake.inTurn(List.of(LONG_DUE, DUE, URGENT)))
                .toList();

        assertThat(looks).allSatisfy(wakes -> assertThat(wakes).hasSize(3).startsWith(URGENT));
        assertThat(looks.stream().map(wakes -> wakes.get(1)).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(LONG_DUE, DUE);
    }

    @Test
    void whatHasNothingIsLeftOut() {
        Wake later = new Wake("later", 4, null, 5L);
        assertThat(Wake.inTurn(List.of(new Wake("empty", 4, null, null), later)))
                .containsExactly(later);
    }

    @Test
    void roomIsSharedByTheQueuesThatHaveSomethingDueOfThatPriority() {
        List<Wake> wakes = List.of(URGENT, LONG_DUE, DUE, new Wake("later", 4, null, 5L));

        assertThat(URGENT.sharers(wakes)).isEqualTo(1);
        assertThat(DUE.sharers(wakes)).isEqualTo(2);
    }
}
