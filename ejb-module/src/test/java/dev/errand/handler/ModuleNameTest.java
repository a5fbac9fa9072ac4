package dev.errand.handler;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModuleNameTest {
    @ParameterizedTest
    @CsvSource({
        // WildFly
        "/content/errand.ear/errand-ejb.jar/, errand-ejb.jar",
        "/content/errand.ear/errand-ejb.jar, errand-ejb.jar",
        "/content/errand.ear/errand-web.war/WEB-INF/classes/, errand-web.war",
        "/content/errand.ear/errand-web.war/WEB-INF/classes, errand-web.war",
        "/content/errand.ear/errand-web.war/WEB-INF/lib/tasks-1.0.jar/, errand-web.war",
        "/content/errand.ear/lib/shared.jar/, shared.jar",
        // Payara
        "/opt/domain1/applications/errand/errand-ejb_jar/, errand-ejb.jar",
        "/opt/domain1/applications/errand/errand-web_war/WEB-INF/classes/, errand-web.war",
        "/opt/domain1/applications/errand/errand-web_war/WEB-INF/lib/y.jar, errand-web.war",
        "/opt/domain1/applications/errand/errand-web_war/WEB-INF/classes/org/example/MyTask.class, errand-web.war",
        "/opt/domain1/applications/errand/lib/shared.jar, shared.jar",
        // a plain JVM
        "file:/repo/errand-ejb-1.0.jar!/, errand-ejb-1.0.jar",
        "/repo/target/classes/, classes",
    })
    void aModuleHasTheNameThatItsDeveloperGaveIt(String path, String name) {
        assertThat(HandlerReader.module(path)).isEqualTo(name);
    }

    @Test
    void aClassWithoutASourceIsInAnUnknownModule() {
        assertThat(HandlerReader.module(String.class)).isEqualTo("an unknown module");
        assertThat(HandlerReader.where(String.class)).isEqualTo("The class java.lang.String in an unknown module");
    }
}
