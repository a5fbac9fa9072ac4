package dev.errand.it.fault;

import dev.errand.it.database.MariaDbProcess;
import dev.errand.it.server.ServerProcess;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Only this kind of machine has a MariaDB that Maven can bring. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
@Tag("database")
@Tag("chaos")
class MariaDbFaultIT extends FaultContract {
    @BeforeAll
    static void start() {
        MariaDbProcess mariaDb = new MariaDbProcess();
        // a connection that is there already would not hear of it
        mariaDb.execute("GRANT EXECUTE ON errand.* TO errand@localhost");
        start(ServerProcess.fresh("mariadb-fault", 9_000), mariaDb);
        // otherwise no index serves a join of it with Errand's tables
        database.execute("ALTER TABLE it_ledger CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin");
    }

    @Override
    List<String> makeConflicts() {
        database.execute("CREATE PROCEDURE it_cross(one INT) BEGIN UPDATE it_pair SET n = n + 1 WHERE id = one;"
                + " DO SLEEP(0.05); UPDATE it_pair SET n = n + 1 WHERE id = 1 - one; END");
        database.execute("CREATE PROCEDURE it_conflict() BEGIN IF NEXTVAL(it_conflicts) % 3 > 0 THEN"
                + " SIGNAL SQLSTATE '40001' SET MESSAGE_TEXT = 'as it says'; END IF; END");
        return List.of("CALL it_conflict()", "CALL it_cross(0)", "CALL it_conflict()", "CALL it_cross(1)");
    }

    @Override
    int conflicts() {
        return Integer.parseInt(database.select("SELECT NEXTVAL(it_conflicts)").get(0));
    }

    @Override
    int deadlocks() {
        return Integer.parseInt(database.select("SELECT variable_value FROM information_schema.global_status"
                        + " WHERE variable_name = 'INNODB_DEADLOCKS'")
                .get(0));
    }
}
