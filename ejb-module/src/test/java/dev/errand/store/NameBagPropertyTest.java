package dev.errand.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class NameBagPropertyTest {
    @Property
    void holdsTheNamesThatWereAddedAndNotRemoved(@ForAll List<@IntRange(min = -20, max = 20) Integer> steps) {
        NameBag bag = new NameBag();
        Set<String> expected = new HashSet<>();
        for (int step : steps) {
            String name = "n" + Math.abs(step);
            if (step < 0) {
                bag.remove(name);
                expected.remove(name);
            } else {
                bag.add(name);
                expected.add(name);
            }
        }

        assertThat(bag.size()).isEqualTo(expected.size());
        assertThat(bag.sample(100)).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(bag.sample(3)).hasSize(Math.min(3, expected.size())).doesNotHaveDuplicates();
    }
}
