package dev.errand.handler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.api.InvalidDeploymentException;
import dev.errand.api.Periodic;
import dev.errand.api.Schedule;
import dev.errand.api.Task;
import dev.errand.api.TaskContext;
import dev.errand.api.TaskHandler;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.ProcessManagedBean;
import jakarta.enterprise.inject.spi.ProcessSessionBean;
import jakarta.enterprise.inject.spi.SessionBeanType;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HandlerExtensionTest {
    @Task("example.echo")
    static class Echo implements TaskHandler<String, Void> {
        @Override
        public Void handle(String argument, TaskContext task) {
            return null;
        }
    }

    @Task("example.echo")
    static class SecondEcho extends Echo implements TaskHandler<String, Void> {}

    @Task("example.nothing")
    static class NoHandler {}

    @Periodic(every = "P1D")
    static class NoHandlerButASchedule {}

    @Task("one")
    @Periodic(name = "same", every = "P1D")
    static class One extends Echo implements TaskHandler<String, Void> {}

    @Task("two")
    @Periodic(name = "same", every = "P1D")
    static class Two extends Echo implements TaskHandler<String, Void> {}

    static class NoTask {}

    private final HandlerExtension extension = new HandlerExtension();

    @Test
    void aStatelessBeanWithANameIsATask() {
        extension.sessionBean(session(Echo.class, SessionBeanType.STATELESS));

        assertThat(problems()).isEmpty();
        assertThat(found()).containsOnlyKeys("example.echo");
    }

    @Test
    void twoHandlersOfOneNameAreRefusedAndBothNamed() {
        extension.sessionBean(session(Echo.class, SessionBeanType.STATELESS));
        extension.sessionBean(session(SecondEcho.class, SessionBeanType.STATELESS));

        assertThat(problems())
                .singleElement()
                .isInstanceOf(InvalidDeploymentException.class)
                .extracting(Throwable::getMessage)
                .asString()
                .contains("\"example.echo\"", Echo.class.getName(), SecondEcho.class.getName());
    }

    @Test
    void aSessionBeanThatIsNotStatelessIsRefused() {
        extension.sessionBean(session(Echo.class, SessionBeanType.SINGLETON));

        assertThat(problems())
                .singleElement()
                .extracting(Throwable::getMessage)
                .asString()
                .contains(Echo.class.getName(), "@Stateless");
    }

    @Test
    void aNameOnAClassThatIsNoHandlerIsRefused() {
        extension.sessionBean(session(NoHandler.class, SessionBeanType.STATELESS));

        assertThat(problems())
                .singleElement()
                .extracting(Throwable::getMessage)
                .asString()
                .contains(NoHandler.class.getName(), "implements TaskHandler");
    }

    @Test
    void aHandlerThatIsNoSessionBeanIsRefused() {
        extension.managedBean(managed(Echo.class));

        assertThat(problems())
                .singleElement()
                .extracting(Throwable::getMessage)
                .asString()
                .contains(Echo.class.getName(), "@Stateless");
    }

    @Test
    void aScheduleOnAClassThatIsNoHandlerIsRefused() {
        extension.managedBean(managed(NoHandlerButASchedule.class));
        extension.sessionBean(session(NoHandlerButASchedule.class, SessionBeanType.STATELESS));

        assertThat(problems())
                .hasSize(2)
                .allSatisfy(problem -> assertThat(problem).hasMessageContaining("NoHandlerButASchedule"));
    }

    @Test
    void twoSchedulesOfOneNameAreRefused() {
        extension.sessionBean(session(One.class, SessionBeanType.STATELESS));
        assertThat(extension.schedules()).extracting(Schedule::name).containsExactly("same");
        extension.sessionBean(session(Two.class, SessionBeanType.STATELESS));

        assertThat(problems())
                .singleElement()
                .extracting(Throwable::getMessage)
                .asString()
                .contains("\"same\"", "\"one\"", "\"two\"", "@Periodic");
    }

    @Test
    void otherBeansAreNoneOfItsBusiness() {
        extension.managedBean(managed(NoTask.class));
        extension.sessionBean(session(NoTask.class, SessionBeanType.STATEFUL));

        assertThat(problems()).isEmpty();
        assertThat(found()).isEmpty();
    }

    /** In CDI a session bean's event is a managed bean's too. */
    @Test
    void aSessionBeanIsNotCountedTwice() {
        extension.managedBean(session(Echo.class, SessionBeanType.STATELESS));

        assertThat(problems()).isEmpty();
    }

    private Map<String, Handler> found() {
        return field("found");
    }

    private List<RuntimeException> problems() {
        return field("problems");
    }

    @SuppressWarnings("unchecked")
    private <T> T field(String name) {
        try {
            Field field = HandlerExtension.class.getDeclaredField(name);
            field.setAccessible(true);
            return (T) field.get(extension);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static ProcessManagedBean<Object> managed(Class<?> bean) {
        return event(ProcessManagedBean.class, bean, null);
    }

    @SuppressWarnings("unchecked")
    private static ProcessSessionBean<Object> session(Class<?> bean, SessionBeanType type) {
        return event(ProcessSessionBean.class, bean, type);
    }

    private static <T> T event(Class<T> event, Class<?> bean, SessionBeanType type) {
        Bean<?> model = proxy(Bean.class, (self, method, args) -> AnnotatedTypes.views(bean));
        return proxy(event, (self, method, args) -> switch (method.getName()) {
            case "getAnnotatedBeanClass" -> AnnotatedTypes.of(bean);
            case "getSessionBeanType" -> type;
            case "getBean" -> model;
            default -> throw new UnsupportedOperationException(method.toString());
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
