package dev.errand.timer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.api.InvalidDeploymentException;
import dev.errand.api.NodeSettings;
import dev.errand.config.ConfigReader;
import dev.errand.handler.Handler;
import dev.errand.handler.HandlerRegistry;
import dev.errand.queue.Concurrency;
import dev.errand.queue.Routes;
import dev.errand.queue.SettableClock;
import dev.errand.queue.StartGate;
import dev.errand.run.RunningTasks;
import dev.errand.run.StuckRuns;
import dev.errand.store.NodeRecords;
import dev.errand.store.NodeRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The tasks of a node's handlers belong to its application, unless another one has them at work. */
class MembershipTest {
    private static final String TASK = "mail.send";

    private final List<NodeRow> registered = new ArrayList<>();
    private final Map<String, NodeRecords.Claim> claims = new HashMap<>();
    private final SettableClock clock = new SettableClock();
    private final Membership membership = new Membership();
    private final StartGate gate = new StartGate();
    private NodeRow holder;
    private boolean beats;
    private boolean seen = true;
    private NodeSettings wanted = NodeSettings.none();

    @BeforeEach
    void wire() {
        Map<String, String> settings = Map.of("errand.node", "n1", "errand.application", "crm");
        membership.config = new ConfigReader(key -> Optional.ofNullable(settings.get(key))).read();
        membership.clock = clock;
        membership.patience = Duration.ofMillis(600);
        membership.running = new RunningTasks();
        membership.concurrency = new Concurrency(membership.config);
        membership.stuck = new StuckRuns();
        membership.gate = gate;
        membership.handlers = new HandlerRegistry() {
            @Override
            public Set<String> tasks() {
                return Set.of(TASK);
            }

            @Override
            public Collection<Handler> all() {
                return List.of();
            }
        };
        membership.routes = new Routes() {
            @Override
            public void refresh() {
                // the test reads the records
            }
        };
        membership.records = new NodeRecords() {
            @Override
            public Map<String, Claim> claims() {
                return Map.copyOf(claims);
            }

            @Override
            public List<NodeRow> nodes() {
                if (holder != null && beats) {
                    holder = holder(holder.seenAt() + 1);
                }
                return holder == null ? List.of() : List.of(holder);
            }

            @Override
            public boolean claim(String application, Collection<String> tasks, Map<String, Claim> found, long now) {
                tasks.forEach(task -> claims.put(task, new Claim(task, application, List.of())));
                return true;
            }

            @Override
            public void register(NodeRow node) {
                registered.add(node);
            }

            @Override
            public boolean seen(String node, long startedAt, int concurrency, int running, long now) {
                return seen;
            }

            @Override
            public Optional<NodeSettings> settings(String node) {
                return Optional.of(wanted);
            }
        };
    }

    private NodeRow holder(long seenAt) {
        return new NodeRow("n2:shop", "n2", "shop", "1", false, List.of(TASK), List.of(), 16, 0, 0, seenAt);
    }

    private void claimedByShop() {
        claims.put(TASK, new NodeRecords.Claim(TASK, "shop", List.of()));
        holder = holder(clock.millis());
    }

    @Test
    void aNodeClaimsItsTasksAndRegisters() {
        membership.join();

        assertThat(claims.get(TASK).application()).isEqualTo("crm");
        assertThat(registered)
                .singleElement()
                .satisfies(node -> assertThat(node.node()).isEqualTo("n1:crm"))
                .satisfies(node -> assertThat(node.handlers()).containsExactly(TASK));
    }

    @Test
    void aNodeRunsAsManyTasksAtOnceAsAnAdministratorHasSet() {
        wanted = NodeSettings.none().concurrency(3);
        membership.join();
        assertThat(membership.concurrency.limit()).isEqualTo(3);
        assertThat(registered.get(0).concurrency()).isEqualTo(3);

        // on another node
        wanted = NodeSettings.none().concurrency(5);
        clock.forward(4_000);
        membership.beat();
        assertThat(membership.concurrency.limit()).isEqualTo(3);
        clock.forward(1_000);
        membership.beat();
        assertThat(membership.concurrency.limit()).isEqualTo(5);
    }

    @Test
    void aNodeWhoseRowIsGoneRegistersAgainUnlessItStops() {
        membership.join();
        seen = false;
        clock.forward(5_000);
        membership.beat();
        assertThat(registered).hasSize(2);

        membership.leave();
        clock.forward(5_000);
        membership.beat();
        assertThat(registered).hasSize(2);
    }

    @Test
    void aTaskOfAnotherApplicationThatLivesIsRefusedWithBothNames() {
        claimedByShop();
        beats = true;

        assertThatThrownBy(membership::join)
                .isInstanceOf(InvalidDeploymentException.class)
                .hasMessageContainingAll("\"crm\"", "\"shop\"", TASK, "n2:shop", "errand.application", "rename");
        assertThat(registered).isEmpty();
        assertThat(claims.get(TASK).application()).isEqualTo("shop");
    }

    @Test
    void aTaskOfAnApplicationThatWasKilledMovesHere() {
        claimedByShop();

        membership.join();

        assertThat(claims.get(TASK).application()).isEqualTo("crm");
    }

    @Test
    void aTaskThatTheOtherApplicationHasNoLongerMovesHere() {
        claimedByShop();
        holder = new NodeRow("n2:shop", "n2", "shop", "2", false, List.of(), List.of(), 16, 0, 0, clock.millis());
        beats = false;

        membership.join();

        assertThat(claims.get(TASK).application()).isEqualTo("crm");
    }
}
