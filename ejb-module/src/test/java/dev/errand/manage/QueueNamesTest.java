package dev.errand.manage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QueueNamesTest {
    private static final Set<String> OF_HANDLERS = Set.of("default", "mail", "not-used-yet");

    /** As many as an application makes that has a queue per customer, before and behind the others. */
    private static List<String> many(String... others) {
        List<String> names = new ArrayList<>(List.of(others));
        IntStream.range(0, 50).forEach(i -> names.add("a-" + i));
        IntStream.range(0, 50).forEach(i -> names.add("z-" + i));
        return names.stream().sorted().toList();
    }

    @Test
    void fewAreAllNamed() {
        assertThat(QueueNames.instead("nosuch", List.of("a", "default", "z"), OF_HANDLERS))
                .isEqualTo("default, a, z");
    }

    @Test
    void ofManyThoseOfHandlersAreNamedAndTheOthersCounted() {
        assertThat(QueueNames.instead("nosuch", many("default", "mail"), OF_HANDLERS))
                .startsWith("default, mail, a-0, a-1, ")
                .endsWith(", and 82 more");
    }

    @Test
    void aNameWithATypingErrorComesFirst() {
        List<String> names = many("default", "mail", "reports", "invoices", "invoices-old");

        assertThat(QueueNames.instead("invoises", names, OF_HANDLERS)).startsWith("invoices, default, mail, a-0, ");
        assertThat(QueueNames.instead("Reports", names, OF_HANDLERS)).startsWith("reports, default, mail, ");
        assertThat(QueueNames.instead("invoice", names, OF_HANDLERS)).startsWith("invoices, invoices-old, default, ");
        assertThat(QueueNames.instead("defualt", names, OF_HANDLERS)).startsWith("default, mail, ");
        assertThat(QueueNames.instead("x".repeat(10_000), names, OF_HANDLERS)).startsWith("default, mail, ");
    }

    @Test
    void aHandlersQueueThatWasNeverUsedIsNotNamed() {
        assertThat(QueueNames.instead("nosuch", List.of("default"), OF_HANDLERS))
                .isEqualTo("default");
    }
}
