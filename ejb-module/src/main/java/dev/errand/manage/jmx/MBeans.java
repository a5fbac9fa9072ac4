package dev.errand.manage.jmx;

import dev.errand.api.QueueInfo;
import dev.errand.config.EngineClock;
import dev.errand.config.ErrandConfig;
import dev.errand.log.Message;
import dev.errand.manage.Operations;
import dev.errand.send.Caller;
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
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Has the MBeans in the JVM's MBean server while the application is deployed. Their names tell the application, so that two
 * deployments in one server do not clash.
 */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class MBeans {
    private static final String PLAIN = "[\\w.-]+";

    /** A sender may make a queue of any name: their MBeans must not fill the memory. */
    private static final int MOST_QUEUES = 1_000;

    @Resource(lookup = "java:app/AppName")
    private String application;

    @Inject
    private Operations operations;

    @Inject
    private QueueRecords queues;

    @Inject
    private Caller caller;

    @Inject
    private ErrandConfig config;

    @Inject
    @EngineClock
    private Clock clock;

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    /** Those asked for, and of these those that are there. */
    private final Set<String> names = ConcurrentHashMap.newKeySet();

    private final Set<ObjectName> registered = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean toldOfTooMany = new AtomicBoolean();
    private Steps steps;

    public void register() {
        RecentFigures recent = new RecentFigures(
                operations,
                clock,
                all -> queues(all.stream().map(QueueInfo::name).toList()));
        steps = new Steps(recent, caller);
        register(
                "type=Tasks,application=" + value(application),
                new DescribedMBean(new TasksConsole(config.node(), operations, steps), TasksMXBean.class));
        queues(queues.all().stream().map(QueueRecord::name).toList());
    }

    private void queues(List<String> all) {
        if (all.size() > MOST_QUEUES && toldOfTooMany.compareAndSet(false, true)) {
            Message.TOO_MANY_QUEUES.log(all.size(), MOST_QUEUES);
        }
        all.stream()
                .limit(MOST_QUEUES)
                .forEach(queue -> register(
                        "type=Queue,application=" + value(application) + ",name=" + value(queue),
                        new DescribedMBean(new QueueConsole(queue, operations, steps), QueueMXBean.class)));
    }

    private static String value(String text) {
        return text.matches(PLAIN) ? text : ObjectName.quote(text);
    }

    private void register(String name, DescribedMBean bean) {
        String whole = "dev.errand:" + name;
        if (names.add(whole)) {
            try {
                registered.add(server.registerMBean(bean, new ObjectName(whole)).getObjectName());
            } catch (JMException e) {
                Message.NO_MBEAN.log(whole, e);
            }
        }
    }

    @PreDestroy
    void unregister() {
        for (ObjectName name : registered) {
            try {
                server.unregisterMBean(name);
            } catch (JMException e) {
                Message.MBEAN_LEFT.log(name, e);
            }
        }
    }
}
