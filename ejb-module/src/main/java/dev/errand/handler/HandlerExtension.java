package dev.errand.handler;

import dev.errand.api.Fuse;
import dev.errand.api.InvalidDeploymentException;
import dev.errand.api.Limit;
import dev.errand.api.Periodic;
import dev.errand.api.Schedule;
import dev.errand.api.Task;
import dev.errand.api.TaskHandler;
import dev.errand.config.ErrandConfigProducer;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessManagedBean;
import jakarta.enterprise.inject.spi.ProcessSessionBean;
import jakarta.enterprise.inject.spi.SessionBeanType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * CDI extension that sees each bean of each module while CDI starts. An {@code Instance} injected here would not see the
 * beans of the WAR. An error in a handler stops the deployment. Servers make several copies of an extension, so readers use
 * the getters.
 */
public class HandlerExtension implements Extension {
    private final Map<String, Handler> found = new TreeMap<>();
    private final Map<String, Bean<?>> beans = new TreeMap<>();
    private final Map<String, Schedule> schedules = new TreeMap<>();
    private final Map<String, List<LimitRule>> limits = new TreeMap<>();
    private final Map<String, FuseRule> fuses = new TreeMap<>();
    private final List<RuntimeException> problems = new ArrayList<>();
    private BeanManager beanManager;

    <X> void sessionBean(@Observes ProcessSessionBean<X> event) {
        AnnotatedType<?> type = event.getAnnotatedBeanClass();
        if (!concernsUs(type)) {
            return;
        }
        try {
            if (!TaskHandler.class.isAssignableFrom(type.getJavaClass())) {
                throw new InvalidDeploymentException(HandlerReader.where(type.getJavaClass())
                        + (type.isAnnotationPresent(Task.class)
                                ? " has @Task"
                                : type.getAnnotations(Limit.class).isEmpty() ? " has @Periodic" : " has @Limit")
                        + " but does not implement TaskHandler. Write \"implements TaskHandler<…>\".");
            }
            if (event.getSessionBeanType() != SessionBeanType.STATELESS) {
                throw new InvalidDeploymentException(HandlerReader.where(type.getJavaClass())
                        + " is a session bean, but not a stateless one. Annotate it with @Stateless.");
            }
            Handler handler = HandlerReader.read(type, event.getBean().getTypes());
            add(handler, event.getBean());
            Fuse fuse = type.getAnnotation(Fuse.class);
            if (fuse != null) {
                fuses.put(handler.task(), FuseRule.of(fuse, handler.task(), HandlerReader.where(type.getJavaClass())));
            }
            PeriodicReader.read(type, handler).forEach(schedule -> add(schedule, type.getJavaClass()));
            add(LimitReader.read(type, handler), handler, type.getJavaClass());
        } catch (InvalidDeploymentException e) {
            problems.add(e);
        }
    }

    <X> void managedBean(@Observes ProcessManagedBean<X> event) {
        AnnotatedType<X> type = event.getAnnotatedBeanClass();
        // the event of a session bean is also one of a managed bean
        if (!(event instanceof ProcessSessionBean) && concernsUs(type)) {
            problems.add(new InvalidDeploymentException(HandlerReader.where(type.getJavaClass())
                    + " is meant as a task's handler but is not a session bean. Annotate it with @Stateless."));
        }
    }

    private static boolean concernsUs(AnnotatedType<?> type) {
        return type.isAnnotationPresent(Task.class)
                || TaskHandler.class.isAssignableFrom(type.getJavaClass())
                || !type.getAnnotations(Periodic.class).isEmpty()
                || !type.getAnnotations(Limit.class).isEmpty();
    }

    private void add(Handler handler, Bean<?> bean) {
        Handler other = found.putIfAbsent(handler.task(), handler);
        if (other != null) {
            problems.add(new InvalidDeploymentException("Two handlers have the name \"" + handler.task() + "\": "
                    + other.className() + " in " + other.module() + " and " + handler.className() + " in "
                    + handler.module() + ". Rename one, or remove it."));
        }
        beans.put(handler.task(), bean);
    }

    private void add(Schedule schedule, Class<?> bean) {
        Schedule other = schedules.putIfAbsent(schedule.name(), schedule);
        if (other != null) {
            throw new InvalidDeploymentException(HandlerReader.where(bean) + ": two @Periodic have the name \""
                    + schedule.name() + "\", for the tasks \"" + other.task() + "\" and \"" + schedule.task()
                    + "\". Give each a name of its own.");
        }
    }

    private void add(List<LimitRule> rules, Handler handler, Class<?> bean) {
        for (LimitRule rule : rules) {
            for (Map.Entry<String, List<LimitRule>> other : limits.entrySet()) {
                if (other.getValue().stream().anyMatch(same -> same.contradicts(rule))) {
                    throw new InvalidDeploymentException(HandlerReader.where(bean) + ": its @Limit \"" + rule.name()
                            + "\" has other values than the one of the task \"" + other.getKey()
                            + "\". Handlers that share a limit declare the same rate, burst and concurrency.");
                }
            }
        }
        if (!rules.isEmpty()) {
            limits.put(handler.task(), rules);
        }
    }

    void check(@Observes AfterDeploymentValidation event, BeanManager beanManager) {
        this.beanManager = beanManager;
        try {
            ErrandConfigProducer.load();
        } catch (RuntimeException e) {
            problems.add(e);
        }
        if (problems.isEmpty()) {
            forgotten().forEach(message -> problems.add(new InvalidDeploymentException(message)));
        }
        problems.forEach(event::addDeploymentProblem);
    }

    private List<String> forgotten() {
        Set<String> known = found.values().stream().map(Handler::className).collect(Collectors.toSet());
        CodeSource source = HandlerExtension.class.getProtectionDomain().getCodeSource();
        return source == null || source.getLocation() == null
                ? List.of()
                : ModuleFiles.siblingsOf(source.getLocation())
                        .map(application -> ForgottenHandlers.in(application, known))
                        .orElse(List.of());
    }

    /** Returns the schedules of all handlers, by name. Each argument is a {@link dev.errand.api.TaskValue}, or null. */
    public List<Schedule> schedules() {
        return List.copyOf(schedules.values());
    }

    /** Returns the limits of each task that has some. */
    public Map<String, List<LimitRule>> limits() {
        return new TreeMap<>(limits);
    }

    /** Returns the fuses of the handlers, by the name of the task. */
    public Map<String, FuseRule> fuses() {
        return Map.copyOf(fuses);
    }

    /** Makes the handlers, each with a reference to its bean. To be called once, because each call makes new references. */
    Map<String, Handler> handlers() {
        Map<String, Handler> handlers = new TreeMap<>();
        found.forEach((task, handler) -> handlers.put(task, withBean(handler, beans.get(task))));
        return handlers;
    }

    @SuppressWarnings("unchecked")
    private Handler withBean(Handler handler, Bean<?> bean) {
        Type view = bean.getTypes().stream()
                .filter(type -> type instanceof ParameterizedType p && p.getRawType() == TaskHandler.class)
                .findFirst()
                .orElseThrow();
        CreationalContext<?> context = beanManager.createCreationalContext(bean);
        return new Handler(
                handler.task(),
                handler.className(),
                handler.module(),
                handler.queue(),
                handler.priority(),
                handler.timeLimit(),
                handler.argumentType(),
                handler.transactional(),
                handler.policy(),
                new LateReference<>(() -> (TaskHandler<Object, Object>) beanManager.getReference(bean, view, context)));
    }
}
