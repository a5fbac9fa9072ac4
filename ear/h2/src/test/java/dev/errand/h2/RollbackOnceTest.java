package dev.errand.h2;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.h2.engine.IsolationLevel;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.tx.Transaction;
import org.h2.mvstore.tx.TransactionMap;
import org.h2.mvstore.tx.TransactionStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A save of the store comes between a rollback's change of an entry and of the undo log: each test has it come there. */
class RollbackOnceTest {
    @TempDir
    Path folder;

    private MVStore store;
    private TransactionStore transactions;
    private int restored;

    @BeforeEach
    void open() {
        store = new MVStore.Builder()
                .fileName(folder.resolve("h2.mv.db").toString())
                .autoCommitDisabled()
                .open();
        transactions = new TransactionStore(store);
        transactions.init();
        commit(rows -> rows.put("row", "before"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void anUpdateThatWasCommittedAfterALockWasReleasedStays() {
        rollBack(rows -> rows.lock("row"), () -> commit(rows -> rows.put("row", "committed")));
        assertThat(row()).isEqualTo("committed");
    }

    @Test
    void anUpdateThatWasCommittedAfterAnUpdateWasTakenBackStays() {
        rollBack(rows -> rows.put("row", "taken back"), () -> commit(rows -> rows.put("row", "committed")));
        assertThat(row()).isEqualTo("committed");
    }

    @Test
    void anInsertThatWasCommittedAfterOneOfTheSameKeyWasTakenBackStays() {
        rollBack(rows -> rows.put("new", "taken back"), () -> commit(rows -> rows.put("new", "committed")));
        assertThat(row("new")).isEqualTo("committed");
    }

    @Test
    void aDeleteThatWasCommittedStays() {
        rollBack(rows -> rows.lock("row"), () -> commit(rows -> rows.remove("row")));
        assertThat(row()).isNull();
    }

    @Test
    void aLockThatAnotherTransactionHasTakenStays() {
        Transaction other = transactions.begin();
        rollBack(rows -> rows.lock("row"), () -> rows(other).put("row", "committed"));
        other.commit();
        assertThat(row()).isEqualTo("committed");
    }

    @Test
    void aChangeThatNoOtherTransactionOverwroteIsTakenBackWhole() {
        rollBack(
                rows -> {
                    rows.lock("row");
                    rows.put("row", "first");
                    rows.put("row", "second");
                    rows.put("new", "first");
                    rows.remove("new");
                },
                () -> {});
        assertThat(row()).isEqualTo("before");
        assertThat(row("new")).isNull();
    }

    @Test
    void aSavepointKeepsTheChangesBeforeIt() {
        Transaction transaction = transactions.begin();
        rows(transaction).put("row", "kept");
        long savepoint = transaction.setSavepoint();
        rows(transaction).put("row", "taken back");
        transaction.rollbackToSavepoint(savepoint);
        assertThat(rows(transaction).get("row")).isEqualTo("kept");
        transaction.commit();
        assertThat(row()).isEqualTo("kept");
    }

    /** @param meanwhile runs when the first entry has its old value again, and the undo log still has the change */
    private void rollBack(Consumer<TransactionMap<String, String>> work, Runnable meanwhile) {
        TransactionStore.RollbackListener listener = (map, key, replaced, before) -> {
            if (restored++ == 0) {
                meanwhile.run();
                store.commit();
            }
        };
        Transaction transaction = transactions.begin(listener, 0, 0, IsolationLevel.READ_COMMITTED);
        work.accept(rows(transaction));
        transaction.rollback();
        assertThat(restored).isPositive();
    }

    private void commit(Consumer<TransactionMap<String, String>> work) {
        Transaction transaction = transactions.begin();
        work.accept(rows(transaction));
        transaction.commit();
    }

    private static TransactionMap<String, String> rows(Transaction transaction) {
        return transaction.openMap("rows");
    }

    private String row() {
        return row("row");
    }

    private String row(String key) {
        return rows(transactions.begin()).get(key);
    }
}
