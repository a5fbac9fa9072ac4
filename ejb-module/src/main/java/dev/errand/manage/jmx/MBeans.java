package dev.errand.manage.jmx;

import dev.errand.log.LogMessage;
import dev.errand.manage.CachedFigures;
import dev.errand.manage.LimitControl;
import dev.errand.manage.NodeControl;
import dev.errand.manage.TaskAdministration;
import dev.errand.schedule.ScheduleOperations;
import dev.errand.send.CurrentUser;
import dev.errand.store.QueueRecord;
import dev.errand.store.QueueRecords;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * The MBeans in the JVM's MBean server, registered while the application is deployed. Their names contain the application, so
 * that two deployments in one server do not clash.
 */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class MBeans {
    private static final String PLAIN = "[\\w.-]+";

    /**
     * The largest number of queues with an MBean. A sender may make a queue of any name, so their MBeans could fill the
     * memory.
     */
    private static final int MOST_QUEUES = 1_000;

    @Resource(lookup = "java:app/AppName")
    private String application;

    @Inject
    private TaskAdministration operations;

    @Inject
    private ScheduleOperations schedules;

    @Inject
    private LimitControl limits;

    @Inject
    private QueueRecords queues;

    @Inject
    private CurrentUser caller;

    @Inject
    private NodeControl node;

    @Inject
    private CachedFigures recent;

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    /** The MBeans by the names that were asked for; empty for MBeans that the server refused. */
    private final Map<String, Optional<ObjectName>> registered = new ConcurrentHashMap<>();

    private final AtomicBoolean toldOfTooMany = new AtomicBoolean();
    private ConsoleCalls calls;

    public void register() {
        recent.whenCounted(this::queues);
        calls = new ConsoleCalls(recent, caller);
        register(
                "dev.errand:type=Tasks,application=" + value(application),
                new DescribedMBean(new TasksConsole(node, operations, schedules, limits, calls), TasksMXBean.class));
        queues(queues.all().stream().map(QueueRecord::name).collect(Collectors.toSet()));
    }

    /** Registers an MBean for each queue, and removes the MBeans of queues that are gone. */
    private void queues(Set<String> all) {
        if (all.size() > MOST_QUEUES && toldOfTooMany.compareAndSet(false, true)) {
            LogMessage.TOO_MANY_QUEUES.log(all.size(), MOST_QUEUES);
        }
        Map<String, String> names = new HashMap<>();
        all.stream()
                .sorted()
                .limit(MOST_QUEUES)
                .forEach(queue -> names.put(
                        "dev.errand:type=Queue,application=" + value(application) + ",name=" + value(queue), queue));
        registered.keySet().stream()
                .filter(name -> name.contains(":type=Queue,") && !names.containsKey(name))
                .forEach(this::remove);
        names.forEach((name, queue) ->
                register(name, new DescribedMBean(new QueueConsole(queue, operations, calls), QueueMXBean.class)));
    }

    private static String value(String text) {
        return text.matches(PLAIN) ? text : ObjectName.quote(text);
    }

    private void register(String name, DescribedMBean bean) {
        if (registered.putIfAbsent(name, Optional.empty()) == null) {
            try {
                registered.put(
                        name,
                        Optional.of(
                                server.registerMBean(bean, new ObjectName(name)).getObjectName()));
            } catch (JMException e) {
                LogMessage.NO_MBEAN.log(name, e);
            }
        }
    }

    private void remove(String name) {
        registered.getOrDefault(name, Optional.empty()).ifPresent(bean -> {
            try {
                server.unregisterMBean(bean);
            } catch (JMException e) {
                LogMessage.MBEAN_LEFT.log(bean, e);
            }
        });
        registered.remove(name);
    }

    @PreDestroy
    void unregister() {
        registered.keySet().forEach(this::remove);
    }
}
