package dev.errand.timer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.config.ConfigReader;
import dev.errand.handler.HandlerRegistry;
import dev.errand.store.NodeRecords;
import dev.errand.store.TaskRecord;
import dev.errand.store.TaskTransitions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A due task without a handler here: parked only if no live node has one. */
class OrphansTest {
    private static final long NOW = 1_000_000;

    private final List<String> done = new ArrayList<>();
    private final Orphans orphans = new Orphans();
    private String application;
    private boolean runnable;

    @BeforeEach
    void wire() {
        orphans.config =
                new ConfigReader(key -> Optional.of("mine").filter(any -> key.equals("errand.application"))).read();
        orphans.handlers = new HandlerRegistry() {
            @Override
            public Set<String> tasks() {
                return Set.of();
            }
        };
        orphans.nodes = new NodeRecords() {
            @Override
            public Optional<String> application(String task) {
                return Optional.ofNullable(application);
            }

            @Override
            public boolean isRunnable(String task, long now) {
                return runnable;
            }
        };
        orphans.transitions = new TaskTransitions() {
            @Override
            public void assign(Collection<TaskRecord> locked, String name) {
                done.add("given to " + name);
            }

            @Override
            public void wake(Collection<TaskRecord> locked, long at) {
                done.add("left for " + (at - NOW));
            }

            @Override
            public void park(TaskRecord locked, long now) {
                done.add("parked");
            }
        };
    }

    private List<String> settle() {
        orphans.settle(new TaskRecord("id", "t.t", "default", 4, null, null, null, NOW, NOW, null), NOW);
        return done;
    }

    @Test
    void aTaskThatWasNeverDeployedIsParked() {
        assertThat(settle()).containsExactly("parked");
    }

    @Test
    void aTaskOfAnotherApplicationIsGivenToItEvenWhileItIsStopped() {
        application = "other";
        assertThat(settle()).containsExactly("given to other");
    }

    @Test
    void aTaskThatANodeOfAnotherVersionCanRunIsLeftToIt() {
        application = "mine";
        runnable = true;
        assertThat(settle()).containsExactly("left for 1000");
    }

    @Test
    void aTaskWhoseHandlerTheNewVersionHasNoLongerIsParked() {
        application = "mine";
        assertThat(settle()).containsExactly("parked");
    }
}
