package dev.errand.tasks.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class TopicPatternPropertyTest {

    @Provide
    Arbitrary<List<String>> topics() {
        return Arbitraries.of("a", "b", "ab", "aab").list().ofMinSize(1).ofMaxSize(5);
    }

    @Provide
    Arbitrary<List<String>> patterns() {
        return Arbitraries.of("a", "b", "ab", "*", "a*", "*b", "*a*", "**")
                .list()
                .ofMinSize(1)
                .ofMaxSize(5);
    }

    /** The same rules, told by recursion and regular expressions. */
    @Property
    void matchesAsTheRulesSay(@ForAll("patterns") List<String> pattern, @ForAll("topics") List<String> topic) {
        assertThat(TopicPattern.of(String.join("/", pattern)).matches(String.join("/", topic)))
                .isEqualTo(matches(pattern, topic));
    }

    private static boolean matches(List<String> pattern, List<String> topic) {
        if (pattern.isEmpty()) {
            return topic.isEmpty();
        }
        List<String> rest = pattern.subList(1, pattern.size());
        if (pattern.get(0).equals("**")) {
            return matches(rest, topic) || !topic.isEmpty() && matches(pattern, topic.subList(1, topic.size()));
        }
        return !topic.isEmpty()
                && topic.get(0).matches(pattern.get(0).replace("*", ".*"))
                && matches(rest, topic.subList(1, topic.size()));
    }

    @Property
    void aTopicMatchesItselfAndEachPatternMadeOfIt(@ForAll("topics") List<String> topic) {
        String text = String.join("/", topic);
        assertThat(TopicPattern.of(text).matches(text)).isTrue();
        for (int i = 0; i < topic.size(); i++) {
            List<String> pattern = new ArrayList<>(topic);
            pattern.set(i, "*");
            assertThat(TopicPattern.of(String.join("/", pattern)).matches(text)).isTrue();
            pattern.set(i, "**");
            assertThat(TopicPattern.of(String.join("/", pattern)).matches(text)).isTrue();
        }
    }
}
