package dev.errand.start;

import static org.assertj.core.api.Assertions.assertThat;

import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

class ServerLimitsTest {
    private final MBeanServer server = MBeanServerFactory.newMBeanServer();
    private final ServerLimits limits = new ServerLimits(server);

    /** A pool as WildFly shows it. */
    public interface PoolMBean {
        Integer getderivedSize();

        String getjndiName();

        Integer getmaxPoolSize();

        String getdatasource();
    }

    public record Pool(Integer getderivedSize, String getjndiName, Integer getmaxPoolSize, String getdatasource)
            implements PoolMBean {}

    private void show(String name, Pool pool) throws JMException {
        server.registerMBean(pool, new ObjectName("jboss.as:" + name));
    }

    @Test
    void thePoolsOfWildFlyAreRead() throws JMException {
        show("subsystem=ejb3,strict-max-bean-instance-pool=mdb-strict-max-pool", new Pool(8, null, null, null));
        show("subsystem=datasources,data-source=A", new Pool(null, "java:/A", 40, null));
        show("subsystem=datasources,xa-data-source=B", new Pool(null, "java:/B", null, null));
        show("subsystem=ee,service=default-bindings", new Pool(null, null, null, "java:/A"));

        assertThat(limits.beans()).hasValue(8);
        assertThat(limits.connections("java:/A")).hasValue(40);
        assertThat(limits.connections("java:comp/DefaultDataSource")).hasValue(40);
        assertThat(limits.connections("java:/B")).as("its size is not set").hasValue(20);
        assertThat(limits.connections("java:/C")).isEmpty();
    }

    @Test
    void onOtherServersNothingIsKnown() {
        assertThat(limits.beans()).isEmpty();
        assertThat(limits.connections("java:comp/DefaultDataSource")).isEmpty();
    }
}
