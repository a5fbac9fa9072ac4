package dev.errand.manage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.api.NodeHealth.Check;
import dev.errand.queue.HandlerStats;
import dev.errand.queue.NodeActivity;
import dev.errand.queue.ParkedAlarm;
import dev.errand.store.database.DatabaseMonitor;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EngineHealthTest {
    private final EngineHealth health = new EngineHealth();
    private boolean answers = true;
    private boolean beats = true;
    private boolean looks = true;
    private boolean alone;

    @BeforeEach
    void wire() {
        health.database = new DatabaseMonitor() {
            @Override
            public boolean answers() {
                return answers;
            }
        };
        health.activity = new NodeActivity() {
            @Override
            public boolean beats() {
                return beats;
            }

            @Override
            public boolean looks() {
                return looks;
            }
        };
        health.stats = new HandlerStats() {
            @Override
            public boolean runsAlone() {
                return alone;
            }
        };
        health.parked = new ParkedAlarm();
    }

    @Test
    void aNodeAtWorkIsUpInAllItsParts() {
        assertThat(health.checks()).allMatch(Check::up).allMatch(check -> check.detail() == null);
    }

    @Test
    void aLoopThatStandsStillIsDownAndSaysWhich() {
        beats = false;
        assertThat(health.checks())
                .filteredOn(check -> !check.up())
                .extracting(Check::name)
                .containsExactly("heartbeat");
        beats = true;
        looks = false;
        assertThat(health.checks())
                .filteredOn(check -> !check.up())
                .extracting(Check::name)
                .containsExactly("dueTasks");
    }

    @Test
    void aDatabaseThatDoesNotAnswerIsDown() {
        answers = false;
        assertThat(health.checks())
                .filteredOn(check -> !check.up())
                .extracting(Check::name)
                .containsExactly("database");
    }

    /** The node does work: an administrator has to look into it, a load balancer has not. */
    @Test
    void shortTasksThatRunOneByOneAreADetail() {
        alone = true;
        assertThat(health.checks()).allMatch(Check::up);
        assertThat(health.checks())
                .filteredOn(check -> check.detail() != null)
                .extracting(Check::name)
                .containsExactly("sharedCommits");
    }

    @Test
    void parkedTasksAreADetailThatNamesNone() {
        health.parked.see(List.of("mail.send"));
        assertThat(health.checks()).allMatch(Check::up);
        assertThat(health.checks())
                .filteredOn(check -> check.detail() != null)
                .singleElement()
                .satisfies(check -> assertThat(check.name()).isEqualTo("parkedTasks"))
                .satisfies(check -> assertThat(check.detail()).doesNotContain("mail.send"));
        health.parked.see(List.of());
        assertThat(health.checks()).allMatch(check -> check.detail() == null);
    }
}
