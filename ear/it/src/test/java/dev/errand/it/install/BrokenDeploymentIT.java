package dev.errand.it.install;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.it.broken.BlankTask;
import dev.errand.it.broken.LocalBeanTask;
import dev.errand.it.broken.NamelessTask;
import dev.errand.it.broken.OpenTask;
import dev.errand.it.broken.PeriodicTask;
import dev.errand.it.broken.PlainTask;
import dev.errand.it.broken.PolicyTask;
import dev.errand.it.broken.RawTask;
import dev.errand.it.broken.ScopedTask;
import dev.errand.it.broken.SoundTask;
import dev.errand.it.broken.TwinTask;
import dev.errand.it.ear.ErrandEar;
import dev.errand.it.server.ServerProcess;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An error in a handler or a setting stops the deployment with a message that names the class, the module and the remedy. */
class BrokenDeploymentIT {
    // one of its own: not every server is as good as new after a deployment has failed
    private static ServerProcess server;

    @BeforeAll
    static void start() {
        server = ServerProcess.fresh("broken", 6000).startWithoutWaiting();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void twoHandlersWithOneName() {
        refused(TwinTask.class, "example.echo", "TwinTask", "broken.jar", "EchoTask", "errand-tasks.jar", "Rename one");
    }

    @Test
    void aHandlerThatIsNoBean() {
        refused(PlainTask.class, "PlainTask", "broken.jar", "Annotate it with @Stateless");
    }

    @Test
    void aHandlerThatIsNoSessionBean() {
        refused(ScopedTask.class, "ScopedTask", "broken.jar", "Annotate it with @Stateless");
    }

    @Test
    void aHandlerWithoutTheQualifier() {
        refused(NamelessTask.class, "NamelessTask", "broken.jar", "Annotate the class with @Task");
    }

    @Test
    void aNameWithBlanks() {
        refused(BlankTask.class, "BlankTask", "broken.jar", "broken blank", "without blanks");
    }

    @Test
    void aBadRetryPolicy() {
        refused(PolicyTask.class, "PolicyTask", "broken.jar", "countdown", "soon", "PT3M");
    }

    @Test
    void aScheduleThatNeverFires() {
        refused(PeriodicTask.class, "PeriodicTask", "broken.jar", "@Periodic", "0 0 30 2 *", "never fires");
    }

    @Test
    void aHandlerThatHidesBehindLocalBean() {
        refused(LocalBeanTask.class, "LocalBeanTask", "broken.jar", "@Local(TaskHandler.class)");
    }

    @Test
    void anOpenArgumentType() {
        refused(OpenTask.class, "OpenTask", "broken.jar");
    }

    @Test
    void aRawArgumentType() {
        refused(RawTask.class, "RawTask", "broken.jar", "TaskHandler<String, Void>");
    }

    @Test
    void aBadSetting() {
        refused(configured("setting", "errand.lease=soon"), "errand.lease", "soon", "ISO-8601 duration");
    }

    @Test
    void aDatasourceThatTheServerDoesNotHave() {
        refused(
                configured("datasource", "errand.datasource=java:/no/such/database"),
                "errand.datasource",
                "java:/no/such/database",
                "Add the datasource");
    }

    private static EnterpriseArchive configured(String name, String setting) {
        return ErrandEar.built(name + ".ear")
                .archive()
                .addAsLibrary(ShrinkWrap.create(JavaArchive.class, "config.jar")
                        .addAsResource(new StringAsset(setting), "META-INF/microprofile-config.properties"));
    }

    private static void refused(Class<?> handler, String... says) {
        refused(
                ErrandEar.built(handler.getSimpleName() + ".ear")
                        .withEjbs("broken.jar", SoundTask.class, handler)
                        .archive(),
                says);
    }

    private static void refused(EnterpriseArchive ear, String... says) {
        assertThat(server.deployNow(ear))
                .as("the deployment must fail")
                .hasValueSatisfying(text -> assertThat(text).contains(says));
    }
}
