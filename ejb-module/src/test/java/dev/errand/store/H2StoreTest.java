package dev.errand.store;

import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.util.List;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class H2StoreTest extends StoreContract {
    private static final Pattern SCANNED = Pattern.compile("scanCount: (\\d+)");

    private static Database database;

    @BeforeAll
    static void start() throws Exception {
        database = new Database(h2("store"));
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @Override
    public Database database() {
        return database;
    }

    @Override
    public DataSource fresh(String name) {
        return h2(name);
    }

    @Override
    public List<DataSource> withTwoSchemas() {
        return List.of(h2("schemas"), h2("schemas;INIT=CREATE SCHEMA IF NOT EXISTS other\\;SET SCHEMA other"));
    }

    @Override
    public long entriesRead(EntityManager em) {
        List<Database.Read> reads = Database.reads(em);
        return reads.stream()
                .filter(read -> !read.sql().contains("FOR UPDATE"))
                .mapToLong(read -> entriesRead(em, read))
                .sum();
    }

    /** H2 says it of a statement that it explains. */
    private static long entriesRead(EntityManager em, Database.Read read) {
        Query explain = em.createNativeQuery("EXPLAIN ANALYZE " + read.sql());
        for (int i = 0; i < read.values().length; i++) {
            explain.setParameter(i + 1, read.values()[i]);
        }
        String plan = explain.getSingleResult().toString();
        return SCANNED.matcher(plan)
                .results()
                .mapToLong(count -> Long.parseLong(count.group(1)))
                .sum();
    }

    private static DataSource h2(String name) {
        return JdbcConnectionPool.create("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1", "sa", "sa");
    }
}
