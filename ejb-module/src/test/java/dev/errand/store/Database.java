package dev.errand.store;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.lang.reflect.Field;
import java.sql.Connection;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;

/** The store's classes on a real database, each call of {@link #in} a transaction with an entity manager of its own. */
final class Database implements AutoCloseable {
    private final DataSource dataSource;
    private final EntityManagerFactory factory;

    Database(DataSource dataSource) throws Exception {
        this.dataSource = dataSource;
        Schema.migrate(dataSource);
        factory = Persistence.createEntityManagerFactory(
                "errand-test", Map.of("jakarta.persistence.nonJtaDataSource", dataSource));
    }

    DataSource dataSource() {
        return dataSource;
    }

    void empty() throws Exception {
        try (Connection connection = dataSource.getConnection();
                var statement = connection.createStatement()) {
            for (String table : new String[] {"task", "run", "running", "log", "revocation", "queue", "audit"}) {
                statement.executeUpdate("DELETE FROM errand_" + table);
            }
        }
    }

    <T> T in(Function<EntityManager, T> work) {
        try (Tx tx = begin()) {
            T result = work.apply(tx.em);
            tx.commit();
            return result;
        }
    }

    void run(Consumer<EntityManager> work) {
        in(em -> {
            work.accept(em);
            return null;
        });
    }

    Tx begin() {
        return new Tx(factory.createEntityManager());
    }

    /** A transaction that a test holds open; rolled back unless committed. */
    static final class Tx implements AutoCloseable {
        final EntityManager em;

        Tx(EntityManager em) {
            this.em = em;
            em.getTransaction().begin();
        }

        void commit() {
            em.getTransaction().commit();
        }

        @Override
        public void close() {
            if (em.getTransaction().isActive()) {
                em.getTransaction().rollback();
            }
            em.close();
        }
    }

    /** Gives a bean the entity manager that the container would. */
    static <T> T with(EntityManager em, T bean) {
        try {
            Field field = bean.getClass().getDeclaredField("em");
            field.set(bean, em);
            return bean;
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        factory.close();
    }
}
