package dev.errand.manage.jmx;

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.Optional;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanFeatureInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.StandardMBean;

/** An MXBean whose interface describes each of its parts with {@link Described}. */
final class DescribedMBean extends StandardMBean {
    <T> DescribedMBean(T implementation, Class<T> type) {
        super(implementation, type, true);
    }

    @Override
    protected String getDescription(MBeanInfo info) {
        return getMBeanInterface().getAnnotation(Described.class).value();
    }

    @Override
    protected String getDescription(MBeanAttributeInfo info) {
        return described((info.isIs() ? "is" : "get") + info.getName()).value();
    }

    @Override
    protected String getDescription(MBeanOperationInfo info) {
        return described(info.getName()).value();
    }

    @Override
    protected int getImpact(MBeanOperationInfo info) {
        return described(info.getName()).changes() ? MBeanOperationInfo.ACTION : MBeanOperationInfo.INFO;
    }

    @Override
    protected String getParameterName(MBeanOperationInfo operation, MBeanParameterInfo info, int sequence) {
        return parameter(operation, sequence).getName();
    }

    @Override
    protected String getDescription(MBeanOperationInfo operation, MBeanParameterInfo info, int sequence) {
        return parameter(operation, sequence).getAnnotation(Described.class).value();
    }

    private Described described(String method) {
        return method(method).getAnnotation(Described.class);
    }

    private Parameter parameter(MBeanFeatureInfo operation, int sequence) {
        return method(operation.getName()).getParameters()[sequence];
    }

    /** Finds the method of that name. No two methods of the interface have the same name. */
    private Method method(String name) {
        Optional<Method> found = Arrays.stream(getMBeanInterface().getMethods())
                .filter(method -> method.getName().equals(name))
                .findFirst();
        return found.orElseThrow();
    }
}
