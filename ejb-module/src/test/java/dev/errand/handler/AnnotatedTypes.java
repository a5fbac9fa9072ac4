package dev.errand.handler;

import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedType;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The description that CDI gives of a class, by reflection alone. As in Weld, the methods are those of the superclasses too, overridden
 * ones included, in no order; so they come here in the order that suits a careless reader least.
 */
final class AnnotatedTypes {
    private AnnotatedTypes() {}

    static Handler read(Class<?> bean) {
        return HandlerReader.read(of(bean), views(bean));
    }

    /** The local interfaces that an EJB container takes from the class itself. */
    static Set<Type> views(Class<?> bean) {
        return new LinkedHashSet<>(Arrays.asList(bean.getGenericInterfaces()));
    }

    @SuppressWarnings("unchecked")
    static AnnotatedType<?> of(Class<?> bean) {
        Deque<AnnotatedMethod<?>> methods = new ArrayDeque<>();
        for (Class<?> type = bean; type != null && type != Object.class; type = type.getSuperclass()) {
            Arrays.stream(type.getDeclaredMethods()).map(AnnotatedTypes::of).forEach(methods::addFirst);
        }
        return proxy(AnnotatedType.class, (self, method, args) -> switch (method.getName()) {
            case "getJavaClass" -> bean;
            case "getMethods" -> new LinkedHashSet<>(methods);
            default -> annotations(bean, method, args);
        });
    }

    private static AnnotatedMethod<?> of(Method member) {
        return proxy(AnnotatedMethod.class, (self, method, args) -> switch (method.getName()) {
            case "getJavaMember" -> member;
            case "hashCode" -> System.identityHashCode(self);
            case "equals" -> self == args[0];
            default -> annotations(member, method, args);
        });
    }

    @SuppressWarnings("unchecked")
    private static Object annotations(AnnotatedElement element, Method method, Object[] args) {
        return switch (method.getName()) {
            case "getAnnotation" -> element.getAnnotation((Class<? extends Annotation>) args[0]);
            case "getAnnotations" -> Set.of(element.getAnnotationsByType((Class<? extends Annotation>) args[0]));
            case "isAnnotationPresent" -> element.isAnnotationPresent((Class<? extends Annotation>) args[0]);
            default -> throw new UnsupportedOperationException(method.toString());
        };
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
