package dev.errand.manage;

import dev.errand.api.HandlerHold;
import dev.errand.api.HandlerInfo;
import dev.errand.api.HistoryPage;
import dev.errand.api.NodeInfo;
import dev.errand.api.NodeSettings;
import dev.errand.api.ProblemInfo;
import dev.errand.api.QueueInfo;
import dev.errand.api.QueueSettings;
import dev.errand.api.TaskChange;
import dev.errand.api.TaskControl;
import dev.errand.api.TaskFilter;
import dev.errand.api.TaskInfo;
import dev.errand.api.TaskPage;
import dev.errand.send.CurrentUser;
import jakarta.annotation.security.DeclareRoles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Local;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptors;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

/**
 * {@link TaskControl} for callers that have the role, under their own name. It runs outside a transaction: if the database
 * cuts off the commit inside, the interceptor reports that outage as well. One instance for all callers: each of many that wait
 * would otherwise occupy one of the pool.
 */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@Interceptors(DatabaseDownInterceptor.class)
@Local(TaskControl.class)
@DeclareRoles({TaskControlBean.ADMIN, TaskControlBean.VIEWER})
@RolesAllowed({TaskControlBean.ADMIN, TaskControlBean.VIEWER})
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class TaskControlBean implements TaskControl {
    static final String ADMIN = "errand-admin";
    static final String VIEWER = "errand-viewer";

    @Inject
    private TaskAdministration operations;

    @Inject
    private TaskWaits waits;

    @Inject
    private NodeControl node;

    @Inject
    private CurrentUser caller;

    @Override
    public Optional<TaskInfo> find(String id) {
        return find(id, HistoryPage.newest());
    }

    @Override
    public Optional<TaskInfo> find(String id, HistoryPage history) {
        return operations.find(id, history);
    }

    @Override
    public Optional<TaskInfo> await(String id, Duration timeout) {
        CompletionStage<TaskInfo> end = waits.await(id, timeout, HistoryPage.newest());
        try {
            return Optional.of(end.toCompletableFuture().get())
                    .filter(task -> task.state().finished());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }

    @Override
    public CompletionStage<TaskInfo> awaitAsync(String id, Duration timeout, HistoryPage history) {
        return waits.await(id, timeout, history);
    }

    @Override
    public <T> T result(String id, Class<T> type) {
        return operations.result(id, type);
    }

    @Override
    public TaskPage list(TaskFilter filter) {
        return operations.list(filter);
    }

    @Override
    public List<HandlerInfo> handlers() {
        return operations.handlers();
    }

    @Override
    public List<QueueInfo> queues() {
        return operations.queues();
    }

    @Override
    public List<NodeInfo> nodes() {
        return operations.nodes();
    }

    @Override
    @RolesAllowed(ADMIN)
    public TaskInfo revoke(String id) {
        return operations.revoke(id, caller.name());
    }

    @Override
    @RolesAllowed(ADMIN)
    public TaskInfo retryNow(String id) {
        return operations.retryNow(id, caller.name());
    }

    @Override
    @RolesAllowed(ADMIN)
    public TaskInfo change(String id, TaskChange change) {
        return operations.change(id, change, caller.name());
    }

    @Override
    @RolesAllowed(ADMIN)
    public TaskInfo again(String id) {
        return operations.again(id);
    }

    @Override
    @RolesAllowed(ADMIN)
    public void delete(String id) {
        operations.delete(id, caller.name());
    }

    @Override
    @RolesAllowed(ADMIN)
    public QueueInfo pause(String queue) {
        return operations.pause(queue, caller.name());
    }

    @Override
    @RolesAllowed(ADMIN)
    public QueueInfo resume(String queue) {
        return operations.resume(queue, caller.name());
    }

    @Override
    @RolesAllowed(ADMIN)
    public void concurrency(String name, int tasks) {
        node.concurrency(name, tasks, caller.name());
    }

    @Override
    public QueueSettings queueSettings(String queue) {
        return operations.queueSettings(queue);
    }

    @Override
    @RolesAllowed(ADMIN)
    public QueueInfo configureQueue(String queue, QueueSettings settings) {
        return operations.configureQueue(queue, settings, caller.name());
    }

    @Override
    public NodeSettings nodeSettings(String name) {
        return node.settings(name);
    }

    @Override
    @RolesAllowed(ADMIN)
    public void configureNode(String name, NodeSettings settings) {
        node.configure(name, settings, caller.name());
    }

    @Override
    @RolesAllowed(ADMIN)
    public HandlerHold pauseHandler(String task) {
        return operations.pauseHandler(task, caller.name());
    }

    @Override
    @RolesAllowed(ADMIN)
    public HandlerHold resumeHandler(String task) {
        return operations.resumeHandler(task, caller.name());
    }

    @Override
    public List<ProblemInfo> problems() {
        return operations.problems();
    }
}
