package dev.errand.jms;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.jms.Message;
import org.junit.jupiter.api.Test;

class TaskDispatcherTest {
    /** In a transaction each message would be an XA branch: everything still works, at a third of the speed. */
    @Test
    void messagesAreTakenOutsideATransaction() throws Exception {
        TransactionAttribute attribute = TaskDispatcher.class
                .getDeclaredMethod("onMessage", Message.class)
                .getAnnotation(TransactionAttribute.class);

        assertThat(attribute.value()).isEqualTo(TransactionAttributeType.NOT_SUPPORTED);
    }
}
