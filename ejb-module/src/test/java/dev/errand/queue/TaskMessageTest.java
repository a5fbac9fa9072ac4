package dev.errand.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TaskMessageTest {
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
    void whatIsWrittenIsRead() throws JMSException {
        TaskMessage message = new TaskMessage("order-1", 3, "example.echo", 7, 1_234_567_890_123L);

        message.writeTo(jms);

        assertThat(TaskMessage.read(jms)).isEqualTo(message);
    }

    @Test
    void anAdministratorCanReadItInTheServersConsole() throws JMSException {
        new TaskMessage("order-1", 3, "example.echo", 7, 5).writeTo(jms);

        assertThat(properties)
                .containsOnly(
                        Map.entry("id", "order-1"),
                        Map.entry("run", 3),
                        Map.entry("task", "example.echo"),
                        Map.entry("leaseEnd", 5L));
    }

    @Test
    void aMessageThatIsNoTasksIsRefused() throws JMSException {
        assertThatThrownBy(() -> TaskMessage.read(jms))
                .isInstanceOf(JMSException.class)
                .hasMessageContaining("missing");
        properties.putAll(Map.of("id", "x", "task", "t"));
        assertThatThrownBy(() -> TaskMessage.read(jms))
                .isInstanceOf(JMSException.class)
                .hasMessageContaining("run");
    }
}
