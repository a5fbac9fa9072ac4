package dev.errand.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.Resource;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test that runs inside the server, in a module of the EAR of its own. */
@ExtendWith(ArquillianExtension.class)
class InsideServerIT {
    @Deployment
    static EnterpriseArchive ear() {
        return ErrandEar.built().withTests(InsideServerIT.class).archive();
    }

    // the server's default: what an application without any configuration gets
    @Resource
    DataSource database;

    @Test
    void theDefaultDatabaseIsDurable() throws SQLException {
        try (Connection connection = database.getConnection()) {
            assertThat(connection.getMetaData().getURL())
                    .startsWith("jdbc:h2:async:")
                    .contains("/arquillian/data/");
        }
    }
}
