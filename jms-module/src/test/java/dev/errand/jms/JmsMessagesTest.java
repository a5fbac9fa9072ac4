package dev.errand.jms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.queue.BatchMessage;
import dev.errand.queue.TaskMessage;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JmsMessagesTest {
    private static final long LEASE_END = 1_234_567_890_123L;

    private final Map<String, Object> properties = new HashMap<>();

    private final Message jms = (Message) Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Message.class},
            (self, method, args) -> switch (method.getName()) {
                case "setStringProperty", "setIntProperty", "setLongProperty" ->
                    properties.put((String) args[0], args[1]) == null ? null : null;
                case "getStringProperty", "getIntProperty", "getLongProperty" -> properties.get(args[0]);
                case "propertyExists" -> properties.containsKey(args[0]);
                case "getJMSPriority" -> 7;
                default -> throw new UnsupportedOperationException(method.toString());
            });

    @Test
    void aTaskThatIsWrittenIsRead() throws JMSException {
        TaskMessage task = new TaskMessage("ünïcode?no:\"#%", 3, "webhook.notify", 7, LEASE_END);

        JmsMessages.write(task, jms);

        assertThat(JmsMessages.read(jms)).isEqualTo(task);
    }

    @Test
    void aBatchRunnerThatIsWrittenIsRead() throws JMSException {
        BatchMessage message = new BatchMessage(42, 7, LEASE_END);

        JmsMessages.write(message, jms);

        assertThat(JmsMessages.read(jms)).isEqualTo(message);
    }

    @Test
    void anAdministratorCanReadItInTheServersConsole() throws JMSException {
        JmsMessages.write(new TaskMessage("order-1", 3, "example.echo", 7, LEASE_END), jms);

        assertThat(properties)
                .containsOnly(
                        Map.entry("task", "example.echo"),
                        Map.entry("id", "order-1"),
                        Map.entry("run", 3),
                        Map.entry("leaseEnd", LEASE_END));
    }

    @Test
    void aMessageThatIsNotOursIsRefused() {
        assertThatThrownBy(() -> JmsMessages.read(jms))
                .isInstanceOf(JMSException.class)
                .hasMessageContaining("leaseEnd is missing");
        properties.put("leaseEnd", LEASE_END);
        assertThatThrownBy(() -> JmsMessages.read(jms))
                .isInstanceOf(JMSException.class)
                .hasMessageContaining("task is missing");
    }
}
