package dev.errand.store;

import dev.errand.config.ConfigReader;
import dev.errand.config.ErrandConfig;
import dev.errand.store.database.Jdbc;
import dev.errand.store.database.TablePrefix;
import dev.errand.store.schema.Schema;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;

/** The store's classes on a real database, each call of {@link #in} a transaction with an entity manager of its own. */
final class Database implements AutoCloseable {
    private static final Map<EntityManager, List<Read>> READS = new WeakHashMap<>();

    private static final ErrandConfig CONFIG = new ConfigReader(key -> Optional.empty()).read();

    /** The finished tasks of transactions; after the commit, the engine looks at them. */
    static final Finished FINISHED = new Finished();

    private final DataSource dataSource;
    private final EntityManagerFactory factory;

    Database(DataSource dataSource) throws Exception {
        this(dataSource, "");
    }

    Database(DataSource dataSource, String prefix) throws Exception {
        this.dataSource = TablePrefix.on(dataSource, prefix);
        Schema.migrate(dataSource, prefix);
        factory = Persistence.createEntityManagerFactory(
                "errand-test", Map.of("jakarta.persistence.nonJtaDataSource", this.dataSource));
    }

    DataSource dataSource() {
        return dataSource;
    }

    void empty() throws Exception {
        try (Connection connection = dataSource.getConnection();
                var statement = connection.createStatement()) {
            for (String table : new String[] {
                "task",
                "run",
                "running",
                "log",
                "revocation",
                "queue",
                "audit",
                "node",
                "handler",
                "schedule",
                "schedule_code",
                "workflow",
                "step",
                "step_after",
                "limit",
                "place",
                "permit",
                "line",
                "fuse_failure"
            }) {
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

        /** A transaction that is lost is rolled back, as a container does. */
        void commit() {
            if (!em.getTransaction().getRollbackOnly()) {
                em.getTransaction().commit();
            }
        }

        @Override
        public void close() {
            if (em.getTransaction().isActive()) {
                em.getTransaction().rollback();
            }
            em.close();
        }
    }

    /** Gives a bean the entity manager that the container would, or a datasource with the connection of its transaction. */
    static <T> T with(EntityManager em, T bean) {
        try {
            for (Field field : bean.getClass().getDeclaredFields()) {
                field.setAccessible(true);
                if (field.getType() == EntityManager.class) {
                    field.set(bean, em);
                } else if (field.getType() == DataSource.class) {
                    field.set(bean, sharing(em));
                } else if (field.getType() == Jdbc.class) {
                    field.set(bean, new Jdbc(sharing(em)));
                } else if (field.getType() == TaskTransitions.class) {
                    if (bean instanceof StepRelease release) {
                        // the two know each other
                        if (release.transitions == null) {
                            TaskTransitions transitions = new TaskTransitions();
                            transitions.jdbc = new Jdbc(sharing(em));
                            transitions.steps = release;
                            release.transitions = transitions;
                        }
                    } else {
                        field.set(bean, with(em, new TaskTransitions()));
                    }
                } else if (field.getType() == StepRelease.class) {
                    StepRelease release = new StepRelease();
                    if (bean instanceof TaskTransitions transitions) {
                        release.transitions = transitions;
                    }
                    field.set(bean, with(em, release));
                } else if (field.getType() == StepKeys.class) {
                    field.set(bean, with(em, new StepKeys()));
                } else if (field.getType() == StepInputs.class) {
                    field.set(bean, with(em, new StepInputs()));
                } else if (field.getType() == WorkflowRecords.class) {
                    field.set(bean, with(em, new WorkflowRecords()));
                } else if (field.getType() == WorkflowProgress.class) {
                    field.set(bean, with(em, new WorkflowProgress()));
                } else if (field.getType() == FinishListener.class) {
                    field.set(bean, FINISHED);
                } else if (field.getType() == ErrandConfig.class) {
                    field.set(bean, CONFIG);
                } else if (field.getType() == DueFinder.class) {
                    field.set(bean, with(em, new DueFinder()));
                } else if (field.getType() == TaskRecords.class) {
                    field.set(bean, with(em, new TaskRecords()));
                }
            }
            return bean;
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** Remembers nothing but whether a look was asked for. Thread-safe. */
    static final class Finished implements FinishListener {
        private final List<String> asked = new CopyOnWriteArrayList<>();

        /** The looks that were asked for since the last call. */
        List<String> taken() {
            List<String> all = List.copyOf(asked);
            asked.clear();
            return all;
        }

        @Override
        public void finished(String id) {
            // no caller waits
        }

        @Override
        public void memberFinished(String workflow, String key) {
            asked.add(key);
        }

        @Override
        public void check(String workflow) {
            asked.add("all");
        }

        @Override
        public void released(long dueAt) {
            // no sweep
        }
    }

    /** A select and the values of its parameters. */
    record Read(String sql, Object[] values) {}

    /** The selects of a transaction so far, apart from those of JPA: for a database that says what a statement reads, if asked. */
    static List<Read> reads(EntityManager em) {
        return READS.getOrDefault(em, List.of());
    }

    private static DataSource sharing(EntityManager em) {
        return proxy(
                DataSource.class,
                (self, method, args) -> proxy(Connection.class, (connection, called, values) -> {
                    if (called.getName().equals("close")) {
                        return null;
                    }
                    Object result = invoke(called, em.unwrap(Connection.class), values);
                    return called.getName().equals("prepareStatement")
                            ? recorded(em, (String) values[0], (PreparedStatement) result)
                            : result;
                }));
    }

    private static PreparedStatement recorded(EntityManager em, String sql, PreparedStatement statement) {
        List<Object> bound = new ArrayList<>();
        return proxy(PreparedStatement.class, (self, called, values) -> {
            if (called.getName().equals("setObject")) {
                bound.add(values[1]);
            } else if (called.getName().equals("executeQuery")) {
                READS.computeIfAbsent(em, any -> new ArrayList<>()).add(new Read(sql, bound.toArray()));
            }
            return invoke(called, statement, values);
        });
    }

    private static Object invoke(Method method, Object target, Object[] values) throws Throwable {
        try {
            return method.invoke(target, values);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(Database.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    @Override
    public void close() {
        factory.close();
    }
}
