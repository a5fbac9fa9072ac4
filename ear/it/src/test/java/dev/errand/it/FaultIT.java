package dev.errand.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("harm")
class FaultIT extends FaultContract {
    @BeforeAll
    static void start() {
        ServerProcess fresh = ServerProcess.fresh("fault", 13_000);
        PostgresProcess postgres = new PostgresProcess("fault", 15434).start();
        // it looks for a deadlock so soon after somebody had to wait
        postgres.execute("ALTER DATABASE postgres SET deadlock_timeout = '50ms'");
        start(fresh, postgres);
    }

    /** Some servers do not say what is wrong with a commit: it may be a connection that was cut, which costs no task anything. */
    @Test
    @Order(7)
    void aConstraintThatIsCheckedInTheCommitIsTheTasksOwnFailure() {
        database.execute("CREATE TABLE it_deferred (n INT UNIQUE DEFERRABLE INITIALLY DEFERRED)");
        database.execute("INSERT INTO it_deferred VALUES (1)");
        String id = rest.send(AppClient.script("it.scripted", "execute INSERT INTO it_deferred VALUES (1)"));
        assertThat(rest.awaitState(id, "FAILURE").path("retries").asInt()).isZero();
        assertThat(database.select("SELECT note FROM it_ledger WHERE task = '" + id + "'"))
                .isEmpty();
    }

    @Override
    List<String> makeConflicts() {
        database.execute("CREATE FUNCTION it_cross(first INT) RETURNS void LANGUAGE plpgsql AS $$ BEGIN"
                + " UPDATE it_pair SET n = n + 1 WHERE id = first; PERFORM pg_sleep(0.05);"
                + " UPDATE it_pair SET n = n + 1 WHERE id = 1 - first; END $$");
        database.execute("CREATE FUNCTION it_conflict(state TEXT) RETURNS void LANGUAGE plpgsql AS $$ BEGIN"
                + " IF nextval('it_conflicts') % 3 > 0 THEN RAISE EXCEPTION 'as it says' USING ERRCODE = state; END IF;"
                + " END $$");
        return List.of(
                "SELECT it_conflict('40001')",
                "SELECT it_cross(0)",
                "SELECT it_conflict('40P01')",
                "SELECT it_cross(1)");
    }

    @Override
    int conflicts() {
        return Integer.parseInt(
                database.select("SELECT nextval('it_conflicts')").get(0));
    }

    @Override
    int deadlocks() {
        return Integer.parseInt(database.select("SELECT deadlocks FROM pg_stat_database WHERE datname = 'postgres'")
                .get(0));
    }
}
