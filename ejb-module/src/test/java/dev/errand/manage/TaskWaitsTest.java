package dev.errand.manage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.api.HistoryPage;
import dev.errand.api.InvalidValueException;
import dev.errand.api.NotFoundException;
import dev.errand.api.TaskInfo;
import dev.errand.api.TaskState;
import dev.errand.queue.Waiters;
import dev.errand.store.database.DatabaseMonitor;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TaskWaitsTest {
    private final Map<String, TaskState> tasks = new HashMap<>();
    private final List<List<String>> looks = new ArrayList<>();
    private final Deque<Runnable> ticks = new ArrayDeque<>();
    private final TaskWaits waits = new TaskWaits();

    @BeforeEach
    void wire() {
        waits.waiters = new Waiters();
        waits.monitor = new DatabaseMonitor() {
            @Override
            public boolean isDown() {
                return false;
            }
        };
        waits.operations = new TaskAdministration() {
            @Override
            public Optional<TaskInfo> find(String id, HistoryPage page) {
                return Optional.ofNullable(tasks.get(id)).map(state -> WaitingTask.in(id, state));
            }

            @Override
            public List<String> finishedOrGone(List<String> ids) {
                looks.add(ids);
                return ids.stream()
                        .filter(id -> !tasks.containsKey(id) || tasks.get(id).finished())
                        .toList();
            }
        };
        waits.executor = proxy(ManagedExecutorService.class, true);
        waits.scheduler = proxy(ManagedScheduledExecutorService.class, false);
    }

    private <T> T proxy(Class<T> type, boolean atOnce) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> {
            if (atOnce) {
                ((Runnable) args[0]).run();
            } else {
                ticks.add((Runnable) args[0]);
            }
            return null;
        }));
    }

    private CompletableFuture<TaskInfo> await(String id, Duration timeout) {
        return waits.await(id, timeout, HistoryPage.newest()).toCompletableFuture();
    }

    @Test
    void aTaskThatHasFinishedNeedsNoWait() {
        tasks.put("a", TaskState.FAILURE);
        assertThat(await("a", Duration.ofDays(1))).isCompleted();
        assertThat(ticks).isEmpty();
        assertThat(waits.waiters.ids()).isEmpty();
    }

    @Test
    void aTaskThatEndsOnThisNodeEndsTheWaitWithoutALook() {
        tasks.put("a", TaskState.PENDING);
        CompletableFuture<TaskInfo> one = await("a", Duration.ofDays(1));
        CompletableFuture<TaskInfo> two = await("a", Duration.ofDays(1));
        tasks.put("a", TaskState.SUCCESS);
        waits.waiters.finished("a");

        assertThat(one).isCompletedWithValueMatching(task -> task.state() == TaskState.SUCCESS);
        assertThat(two).isCompleted();
        assertThat(looks).isEmpty();
        ticks.remove().run();
        assertThat(ticks).as("no caller is left").isEmpty();
    }

    @Test
    void oneLookIsForAllTasksThatEndElsewhere() {
        tasks.put("a", TaskState.PENDING);
        tasks.put("b", TaskState.STARTED);
        CompletableFuture<TaskInfo> a = await("a", Duration.ofDays(1));
        CompletableFuture<TaskInfo> b = await("b", Duration.ofDays(1));
        assertThat(ticks).hasSize(1);
        tasks.put("b", TaskState.REVOKED);
        ticks.remove().run();

        assertThat(looks).singleElement().satisfies(ids -> assertThat(ids).containsExactlyInAnyOrder("a", "b"));
        assertThat(b).isCompleted();
        assertThat(a).isNotCompleted();
        assertThat(ticks).as("the other caller waits on").hasSize(1);
    }

    @Test
    void aWaitEndsWithTheTaskAsItIs() {
        tasks.put("a", TaskState.PENDING);
        assertThat(await("a", Duration.ZERO)).isCompletedWithValueMatching(task -> task.state() == TaskState.PENDING);
        CompletableFuture<TaskInfo> late = await("a", Duration.ofNanos(1));
        ticks.remove().run();

        assertThat(late).isCompletedWithValueMatching(task -> task.state() == TaskState.PENDING);
        assertThat(waits.waiters.ids()).isEmpty();
    }

    @Test
    void anUnknownTaskAndAWrongTimeAreRefused() {
        assertThatThrownBy(() -> await("none", Duration.ofDays(1))).isInstanceOf(NotFoundException.class);
        assertThat(waits.waiters.ids()).isEmpty();
        assertThatThrownBy(() -> await("none", Duration.ofSeconds(-1))).isInstanceOf(InvalidValueException.class);
        tasks.put("a", TaskState.PENDING);
        CompletableFuture<TaskInfo> pruned = await("a", Duration.ofDays(1));
        tasks.clear();
        ticks.remove().run();
        assertThat(pruned).isCompletedExceptionally();
    }
}
