package dev.errand.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UnexplainedCommitsTest {
    private final UnexplainedCommits commits = new UnexplainedCommits();

    private boolean again() {
        return commits.mayStartAgain("a", 1);
    }

    @Test
    void aRunStartsAgainButNotForEver() {
        for (int i = 1; i < UnexplainedCommits.MOST_TRIES; i++) {
            assertThat(again()).isTrue();
        }
        assertThat(again()).isFalse();
    }

    @Test
    void otherRunsHaveTriesOfTheirOwn() {
        for (int i = 1; i < UnexplainedCommits.MOST_TRIES; i++) {
            again();
        }
        assertThat(commits.mayStartAgain("a", 2)).isTrue();
        assertThat(commits.mayStartAgain("b", 1)).isTrue();
    }

    @Test
    void itForgetsTheOldest() {
        for (int i = 1; i < UnexplainedCommits.MOST_TRIES; i++) {
            again();
        }
        IntStream.range(0, UnexplainedCommits.MOST_RUNS).forEach(i -> commits.mayStartAgain("other " + i, 1));
        assertThat(again()).isTrue();
    }
}
