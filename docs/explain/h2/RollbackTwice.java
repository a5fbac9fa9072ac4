import java.nio.file.Files;
import java.nio.file.Path;
import org.h2.engine.IsolationLevel;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.tx.Transaction;
import org.h2.mvstore.tx.TransactionMap;
import org.h2.mvstore.tx.TransactionStore;

/** One thread, no chance: java -cp h2-2.4.240.jar RollbackTwice.java prints "PENDING" where "SUCCESS" was committed last. */
public class RollbackTwice {
    public static void main(String[] args) throws Exception {
        Path file = Files.createTempFile("rollback-twice", ".mv.db");
        try (MVStore store = new MVStore.Builder()
                .fileName(file.toString())
                .autoCommitDisabled()
                .open()) {
            TransactionStore transactions = new TransactionStore(store);
            transactions.init();
            Transaction first = transactions.begin();
            rows(first).put("row", "PENDING");
            first.commit();

            int[] restored = new int[1];
            TransactionStore.RollbackListener between = (map, key, replaced, before) -> {
                System.out.println("restored " + key + " the " + ++restored[0] + ". time");
                if (restored[0] == 1) {
                    // the entry is as before, so any other transaction may have it
                    Transaction second = transactions.begin();
                    rows(second).put("row", "SUCCESS");
                    second.commit();
                    // as WRITE_DELAY=0 has it after each commit: a new version of each map, the undo log included
                    store.commit();
                }
            };
            Transaction rollback = transactions.begin(between, 0, 0, IsolationLevel.READ_COMMITTED);
            rows(rollback).lock("row");
            rollback.rollback();
            System.out.println("row: " + rows(transactions.begin()).get("row"));
        } finally {
            Files.delete(file);
        }
    }

    private static TransactionMap<String, String> rows(Transaction transaction) {
        return transaction.openMap("rows");
    }
}
