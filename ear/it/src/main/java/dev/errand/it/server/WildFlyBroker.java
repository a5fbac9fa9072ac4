package dev.errand.it.server;

/** Artemis, in the server, at the management port. */
final class WildFlyBroker implements Broker {
    private static final String SERVER = "subsystem=messaging-activemq/server=default/";
    /** The application and the broker are in one JVM: this is the door between them. */
    private static final String DOOR = SERVER + "in-vm-acceptor=in-vm";

    private final WildFlyAdmin admin;

    WildFlyBroker(WildFlyProcess server) {
        admin = new WildFlyAdmin(server);
    }

    @Override
    public void pauseQueue() {
        admin.call("pause", admin.queue());
    }

    @Override
    public void resumeQueue() {
        admin.call("resume", admin.queue());
    }

    @Override
    public void purgeQueue() {
        admin.call("remove-messages", admin.queue());
    }

    @Override
    public void stop() {
        admin.call("stop", DOOR);
    }

    @Override
    public void start() {
        admin.call("start", DOOR);
    }

    @Override
    public void close() {
        admin.close();
    }
}
