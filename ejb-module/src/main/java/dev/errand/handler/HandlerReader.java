package dev.errand.handler;

import dev.errand.api.InvalidDeploymentException;
import dev.errand.api.RetryPolicy;
import dev.errand.api.Task;
import dev.errand.api.TaskContext;
import dev.errand.api.TaskHandler;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedType;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.net.URL;
import java.security.CodeSource;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * Reader of {@link Handler}s from the metadata that CDI has of session beans. It refuses an error with class, module and fix.
 * Pure.
 */
final class HandlerReader {
    private HandlerReader() {}

    /**
     * @param types the bean's types, as CDI has them: EJB proxies carry no annotations and no type arguments
     * @throws InvalidDeploymentException if the class cannot be a handler
     */
    static Handler read(AnnotatedType<?> type, Set<Type> types) {
        Class<?> bean = type.getJavaClass();
        String where = where(bean);
        Task task = type.getAnnotation(Task.class);
        if (task == null) {
            throw new InvalidDeploymentException(where
                    + " implements TaskHandler but has no name. Annotate the class with @Task(\"NAME.function\").");
        }
        return new Handler(
                name(task, where),
                bean.getName(),
                module(bean),
                queue(task, where),
                priority(task, where),
                timeLimit(task, where),
                argumentType(types, bean, where),
                transactional(type),
                Policy.of(type.getAnnotation(RetryPolicy.class), where),
                null);
    }

    static String where(Class<?> bean) {
        return "The class " + bean.getName() + " in " + module(bean);
    }

    private static String name(Task task, String where) {
        String name = task.value();
        if (name.isEmpty() || name.length() > 255 || !name.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new InvalidDeploymentException(where + ": @Task(\"" + name
                    + "\") is not a task name. Use 1 to 255 visible ASCII characters without blanks:"
                    + " \"NAME.function\".");
        }
        return name;
    }

    private static String queue(Task task, String where) {
        String queue = task.queue();
        if (queue.isEmpty() || queue.length() > 100 || !queue.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new InvalidDeploymentException(where + ": @Task has queue = \"" + queue
                    + "\". Use 1 to 100 visible ASCII characters without blanks.");
        }
        return queue;
    }

    private static int priority(Task task, String where) {
        if (task.priority() < 0 || task.priority() > 9) {
            throw new InvalidDeploymentException(
                    where + ": @Task has priority = " + task.priority() + ". Use 0 (lowest) to 9 (highest).");
        }
        return task.priority();
    }

    private static Duration timeLimit(Task task, String where) {
        if (task.timeLimit().isEmpty()) {
            return null;
        }
        Duration limit = Policy.duration(task.timeLimit(), "timeLimit =", where);
        if (limit.isZero()) {
            throw new InvalidDeploymentException(where + ": @Task has timeLimit = \"" + task.timeLimit()
                    + "\". Use a duration longer than 0, or leave it out for no limit.");
        }
        return limit;
    }

    private static Type argumentType(Set<Type> types, Class<?> bean, String where) {
        if (Arrays.asList(bean.getGenericInterfaces()).contains(TaskHandler.class)) {
            throw new InvalidDeploymentException(where + " implements TaskHandler without type arguments."
                    + " Say which: \"implements TaskHandler<String, Void>\".");
        }
        Optional<Type> view =
                types.stream().filter(HandlerReader::isTaskHandler).findFirst();
        if (view.isEmpty()) {
            boolean direct = Arrays.asList(bean.getInterfaces()).contains(TaskHandler.class);
            throw new InvalidDeploymentException(where + " cannot be called as a TaskHandler. "
                    + (direct
                            ? "Remove @LocalBean, or add @Local(TaskHandler.class)."
                            : "Write \"implements TaskHandler<…>\" on the class itself, not only on its superclass or"
                                    + " another interface."));
        }
        Type argument = ((ParameterizedType) view.get()).getActualTypeArguments()[0];
        if (unbound(argument)) {
            throw new InvalidDeploymentException(where + " leaves its argument's type open (" + argument.getTypeName()
                    + "). Say which: \"implements TaskHandler<String, Void>\".");
        }
        return argument;
    }

    private static boolean isTaskHandler(Type type) {
        return type instanceof ParameterizedType parameterized && parameterized.getRawType() == TaskHandler.class;
    }

    private static boolean unbound(Type type) {
        if (type instanceof TypeVariable || type instanceof WildcardType) {
            return type instanceof TypeVariable;
        }
        if (type instanceof GenericArrayType array) {
            return unbound(array.getGenericComponentType());
        }
        return type instanceof ParameterizedType parameterized
                && Arrays.stream(parameterized.getActualTypeArguments()).anyMatch(HandlerReader::unbound);
    }

    /** Returns false for REQUIRES_NEW and bean-managed transactions: they commit by themselves, without the outcome. */
    private static boolean transactional(AnnotatedType<?> type) {
        TransactionManagement management = type.getAnnotation(TransactionManagement.class);
        if (management != null && management.value() == TransactionManagementType.BEAN) {
            return false;
        }
        TransactionAttributeType attribute = type.getMethods().stream()
                .filter(HandlerReader::isHandle)
                // the server calls the most derived method; CDI also lists the methods that it overrides, in no order
                .reduce((one, other) -> one.getJavaMember()
                                .getDeclaringClass()
                                .isAssignableFrom(other.getJavaMember().getDeclaringClass())
                        ? other
                        : one)
                .map(HandlerReader::attribute)
                .orElse(TransactionAttributeType.REQUIRED);
        return switch (attribute) {
            case REQUIRED, MANDATORY, SUPPORTS -> true;
            case NOT_SUPPORTED, NEVER, REQUIRES_NEW -> false;
        };
    }

    private static boolean isHandle(AnnotatedMethod<?> annotated) {
        Method method = annotated.getJavaMember();
        return method.getName().equals("handle")
                && method.getParameterCount() == 2
                && method.getParameterTypes()[1] == TaskContext.class
                && !method.isBridge();
    }

    /** Returns the attribute of the method, otherwise of the class that declares it, as the EJB specification demands. */
    private static TransactionAttributeType attribute(AnnotatedMethod<?> method) {
        TransactionAttribute own = method.getAnnotation(TransactionAttribute.class);
        TransactionAttribute declared = own != null
                ? own
                : method.getJavaMember().getDeclaringClass().getAnnotation(TransactionAttribute.class);
        return declared == null ? TransactionAttributeType.REQUIRED : declared.value();
    }

    /** Returns the module's file as the developer named it. Servers unpack it to folders with names of their own. */
    static String module(Class<?> bean) {
        CodeSource source = bean.getProtectionDomain().getCodeSource();
        URL location = source == null ? null : source.getLocation();
        return location == null ? "an unknown module" : module(location.getPath());
    }

    static String module(String path) {
        String trimmed = path.replaceFirst("/WEB-INF/(classes|lib)(/.*)?$", "").replaceFirst("[!/]+$", "");
        String file = trimmed.substring(trimmed.lastIndexOf('/') + 1);
        return file.replaceFirst("_([jw]ar)$", ".$1");
    }
}
