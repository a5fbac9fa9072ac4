package dev.errand.queue;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessManagedBean;
import java.util.Optional;

/** CDI extension that finds the JMS transport, if the application has its module. An {@code Instance} sees only its own module. */
public class TransportExtension implements Extension {
    private Bean<?> found;
    private BeanManager beanManager;

    <X> void managedBean(@Observes ProcessManagedBean<X> event) {
        Class<?> type = event.getAnnotatedBeanClass().getJavaClass();
        if (Transport.class.isAssignableFrom(type) && type != WorkerThreads.class) {
            found = event.getBean();
        }
    }

    void started(@Observes AfterDeploymentValidation event, BeanManager beanManager) {
        this.beanManager = beanManager;
    }

    Optional<Transport> jms() {
        return Optional.ofNullable(found).map(bean ->
                (Transport) beanManager.getReference(bean, Transport.class, beanManager.createCreationalContext(bean)));
    }
}
