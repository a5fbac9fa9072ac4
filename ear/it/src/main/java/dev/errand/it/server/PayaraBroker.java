package dev.errand.it.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;

/** OpenMQ in the server, through its own MBeans, and the settings of the server for it, through the management port. */
final class PayaraBroker implements Broker {
    private static final String MQ = "com.sun.messaging.jms.server:";
    /** The application and the broker are in one JVM: this is the door between them. */
    private static final String DOOR = MQ + "type=Service,subtype=Config,name=jmsdirect";

    private static final String CONNECTIONS = MQ + "type=ConnectionManager,subtype=Config";

    private final PayaraAdmin admin;

    PayaraBroker(ServerProcess server) {
        admin = new PayaraAdmin(server);
    }

    @Override
    public void pauseQueue() {
        admin.stopDelivery();
    }

    @Override
    public void resumeQueue() {
        admin.startDelivery();
    }

    @Override
    public void purgeQueue() {
        admin.mbeans(mbeans -> mbeans.invoke(PayaraAdmin.queue(mbeans, "Config"), "purge", null, null));
    }

    /** The connection of the message-driven bean stays, as the server opens a new one with the next deployment only. */
    @Override
    public void stop() {
        pauseQueue();
        admin.mbeans(mbeans -> mbeans.invoke(new ObjectName(DOOR), "pause", null, null));
        admin.mbeans(mbeans -> {
            for (String id : senders(mbeans)) {
                mbeans.invoke(
                        new ObjectName(CONNECTIONS), "destroy", new Object[] {id}, new String[] {"java.lang.String"});
            }
            return null;
        });
    }

    private static List<String> senders(MBeanServerConnection mbeans) throws JMException, IOException {
        List<String> senders = new ArrayList<>();
        for (ObjectName connection :
                (ObjectName[]) mbeans.invoke(new ObjectName(CONNECTIONS), "getConnections", null, null)) {
            String id = connection.getKeyProperty("id");
            ObjectName monitor = new ObjectName(MQ + "type=Connection,subtype=Monitor,id=" + id);
            if (mbeans.getAttribute(monitor, "NumConsumers").equals(0)) {
                senders.add(id);
            }
        }
        return senders;
    }

    @Override
    public void start() {
        admin.mbeans(mbeans -> mbeans.invoke(new ObjectName(DOOR), "resume", null, null));
        admin.forgetConnections();
        resumeQueue();
    }

    @Override
    public void close() {
        admin.close();
    }
}
