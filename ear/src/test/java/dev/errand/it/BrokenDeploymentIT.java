package dev.errand.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.errand.it.broken.BlankTask;
import dev.errand.it.broken.LocalBeanTask;
import dev.errand.it.broken.NamelessTask;
import dev.errand.it.broken.OpenTask;
import dev.errand.it.broken.PlainTask;
import dev.errand.it.broken.PolicyTask;
import dev.errand.it.broken.RawTask;
import dev.errand.it.broken.ScopedTask;
import dev.errand.it.broken.TwinTask;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is wrong with a handler or a setting stops the deployment, and names the class, the module and the mend. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class BrokenDeploymentIT {
    @ArquillianResource
    private Deployer deployer;

    private static EnterpriseArchive with(Class<?> handler) {
        return ErrandEar.built(handler.getSimpleName() + ".ear")
                .withEjbs("broken.jar", handler)
                .archive();
    }

    @Deployment(name = "twin", managed = false, testable = false)
    static EnterpriseArchive twin() {
        return with(TwinTask.class);
    }

    @Deployment(name = "plain", managed = false, testable = false)
    static EnterpriseArchive plain() {
        return with(PlainTask.class);
    }

    @Deployment(name = "scoped", managed = false, testable = false)
    static EnterpriseArchive scoped() {
        return with(ScopedTask.class);
    }

    @Deployment(name = "nameless", managed = false, testable = false)
    static EnterpriseArchive nameless() {
        return with(NamelessTask.class);
    }

    @Deployment(name = "blank", managed = false, testable = false)
    static EnterpriseArchive blank() {
        return with(BlankTask.class);
    }

    @Deployment(name = "policy", managed = false, testable = false)
    static EnterpriseArchive policy() {
        return with(PolicyTask.class);
    }

    @Deployment(name = "localbean", managed = false, testable = false)
    static EnterpriseArchive localBean() {
        return with(LocalBeanTask.class);
    }

    @Deployment(name = "open", managed = false, testable = false)
    static EnterpriseArchive open() {
        return with(OpenTask.class);
    }

    @Deployment(name = "raw", managed = false, testable = false)
    static EnterpriseArchive raw() {
        return with(RawTask.class);
    }

    private static EnterpriseArchive with(String name, String setting) {
        return ErrandEar.built(name)
                .archive()
                .addAsLibrary(ShrinkWrap.create(JavaArchive.class, "config.jar")
                        .addAsResource(new StringAsset(setting), "META-INF/microprofile-config.properties"));
    }

    @Deployment(name = "config", managed = false, testable = false)
    static EnterpriseArchive config() {
        return with("config.ear", "errand.lease=soon");
    }

    @Deployment(name = "datasource", managed = false, testable = false)
    static EnterpriseArchive datasource() {
        return with("datasource.ear", "errand.datasource=java:/no/such/database");
    }

    @Test
    void twoHandlersWithOneName() {
        refused("twin", "example.echo", "TwinTask", "broken.jar", "EchoTask", "errand-ejb.jar", "Rename one");
    }

    @Test
    void aHandlerThatIsNoBean() {
        refused("plain", "PlainTask", "broken.jar", "Annotate it with @Stateless");
    }

    @Test
    void aHandlerThatIsNoSessionBean() {
        refused("scoped", "ScopedTask", "broken.jar", "Annotate it with @Stateless");
    }

    @Test
    void aHandlerWithoutTheQualifier() {
        refused("nameless", "NamelessTask", "broken.jar", "Annotate the class with @Task");
    }

    @Test
    void aNameWithBlanks() {
        refused("blank", "BlankTask", "broken.jar", "broken blank", "without blanks");
    }

    @Test
    void aBadRetryPolicy() {
        refused("policy", "PolicyTask", "broken.jar", "countdown", "soon", "PT3M");
    }

    @Test
    void aHandlerThatHidesBehindLocalBean() {
        refused("localbean", "LocalBeanTask", "broken.jar", "@Local(TaskHandler.class)");
    }

    @Test
    void anOpenArgumentType() {
        refused("open", "OpenTask", "broken.jar");
    }

    @Test
    void aRawArgumentType() {
        refused("raw", "RawTask", "broken.jar", "TaskHandler<String, Void>");
    }

    @Test
    void aBadSetting() {
        refused("config", "errand.lease", "soon", "ISO-8601 duration");
    }

    @Test
    void aDatasourceThatTheServerDoesNotHave() {
        refused("datasource", "errand.datasource", "java:/no/such/database", "Add the datasource");
    }

    private void refused(String deployment, String... says) {
        Throwable failure = catchThrowable(() -> deployer.deploy(deployment));
        if (failure == null) {
            deployer.undeploy(deployment);
        }
        assertThat(failure).as("the deployment must fail").isNotNull();
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        assertThat(text.toString()).contains(says);
    }
}
