package dev.errand.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TurnTest {
    private static final DueQueue LONG_DUE = new DueQueue("", "long", 4);
    private static final DueQueue BRIEF = new DueQueue("", "brief", 4);
    private static final DueQueue URGENT = new DueQueue("", "urgent", 9);

    @Test
    void queuesOfOnePriorityHaveTheirTurnsAndAHigherOneComesFirst() {
        List<List<Turn>> looks = IntStream.range(0, 100)
                .mapToObj(i -> Turn.of("", List.of(LONG_DUE, BRIEF, URGENT)))
                .toList();

        assertThat(looks).allSatisfy(turns -> {
            assertThat(turns).hasSize(2).startsWith(new Turn("", 9, List.of("urgent"), 1));
            assertThat(turns.get(1).priority()).isEqualTo(4);
            assertThat(turns.get(1).sharers()).isEqualTo(2);
        });
        assertThat(looks.stream().map(turns -> turns.get(1).queues()).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(List.of("long", "brief"), List.of("brief", "long"));
    }

    @Test
    void theQueuesOfOnePriorityShareTheRoom() {
        Turn turn = new Turn("", 4, List.of("long", "brief"), 2);

        assertThat(turn.each(5)).isEqualTo(3);
        assertThat(turn.each(1)).isEqualTo(1);
        assertThat(turn.mayHaveMore(List.of("long", "long", "brief"), 5)).isFalse();
        assertThat(turn.mayHaveMore(List.of("long", "long", "long"), 5)).isTrue();
        assertThat(turn.mayHaveMore(List.of("long", "brief"), 2)).isTrue();
        assertThat(turn.mayHaveMore(List.of(), 2)).isFalse();
    }

    @Test
    void manyQueuesHaveSeveralTurnsOfWhichEachLeavesTheOthersTheirPart() {
        List<Turn> turns = Turn.of(
                "",
                IntStream.range(0, 250)
                        .mapToObj(i -> new DueQueue("", "q" + i, 4))
                        .toList());

        assertThat(turns).extracting(Turn::sharers).containsExactly(250, 150, 50);
        assertThat(turns.get(0).each(1_000)).isEqualTo(100);
        assertThat(turns.stream().flatMap(turn -> turn.queues().stream()))
                .hasSize(250)
                .doesNotHaveDuplicates();
    }
}
