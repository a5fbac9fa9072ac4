package org.h2.mvstore.tx;

import org.h2.mvstore.MVMap;
import org.h2.value.VersionedValue;

/**
 * Takes back one change of a transaction that rolls back. H2 loads it in place of its own class of that name.
 *
 * <p>H2 calls {@link #decide} again when a save of the store has replaced the root of the undo log in the meantime. H2's own
 * class then restores the entry again, whatever has become of it. Another transaction may have changed and even committed
 * the entry after the first call, and loses that change. This class restores an entry only while its own transaction holds it.
 */
final class RollbackDecisionMaker extends MVMap.DecisionMaker<Record<?, ?>> {
    private final TransactionStore store;
    private final long transactionId;
    private final long toLogId;
    private final TransactionStore.RollbackListener listener;

    RollbackDecisionMaker(
            TransactionStore store, long transactionId, long toLogId, TransactionStore.RollbackListener listener) {
        this.store = store;
        this.transactionId = transactionId;
        this.toLogId = toLogId;
        this.listener = listener;
    }

    @Override
    public MVMap.Decision decide(Record<?, ?> change, Record<?, ?> unused) {
        if (change == null) {
            return MVMap.Decision.ABORT;
        }
        if (isOfBefore(change.oldValue)) {
            restore(change);
        }
        return MVMap.Decision.REMOVE;
    }

    /** Tells whether the value is the one to restore. An intermediate value of the transaction is not: an older entry of the undo log has the right one. */
    private boolean isOfBefore(VersionedValue<?> value) {
        long operation = value == null ? 0 : value.getOperationId();
        return operation == 0 || isOurs(operation) && TransactionStore.getLogId(operation) < toLogId;
    }

    private boolean isOurs(long operation) {
        return TransactionStore.getTransactionId(operation) == transactionId;
    }

    private void restore(Record<?, ?> change) {
        MVMap<Object, VersionedValue<Object>> map = store.openMap(change.mapId);
        if (map == null || map.isClosed()) {
            return;
        }
        @SuppressWarnings("unchecked")
        VersionedValue<Object> before = (VersionedValue<Object>) change.oldValue;
        WhileOurs whileOurs = new WhileOurs();
        VersionedValue<Object> replaced = map.operate(change.key, before, whileOurs);
        if (whileOurs.restores) {
            listener.onRollback(map, change.key, replaced, before);
        }
    }

    /** Restores the old value while this transaction holds the entry. The operation id 0 is that of a committed value. */
    private final class WhileOurs extends MVMap.DecisionMaker<VersionedValue<Object>> {
        private boolean restores;

        @Override
        public MVMap.Decision decide(VersionedValue<Object> present, VersionedValue<Object> before) {
            restores = present != null && present.getOperationId() != 0 && isOurs(present.getOperationId());
            if (!restores) {
                return MVMap.Decision.ABORT;
            }
            return before == null ? MVMap.Decision.REMOVE : MVMap.Decision.PUT;
        }
    }
}
