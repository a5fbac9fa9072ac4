package dev.errand.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BundleTest {
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

    private static TaskMessage task(String id, int run, String task) {
        return new TaskMessage(id, run, task, 7, 1_234_567_890_123L);
    }

    @Test
    void whatIsWrittenIsRead() throws JMSException {
        Bundle bundle =
                new Bundle(List.of(task("order-1", 3, "example.echo"), task("ünïcode?no:\"#%", 1, "webhook.notify")));

        bundle.writeTo(jms);

        assertThat(Bundle.read(jms)).isEqualTo(bundle);
    }

    @Test
    void anAdministratorCanReadItInTheServersConsole() throws JMSException {
        new Bundle(List.of(task("order-1", 3, "example.echo"), task("order-2", 1, "example.echo"))).writeTo(jms);

        assertThat(properties)
                .containsOnly(
                        Map.entry("tasks", "3 order-1 example.echo\n1 order-2 example.echo"),
                        Map.entry("leaseEnd", 1_234_567_890_123L));
    }

    @Test
    void itIsOfUseUntilTheFirstLeaseEnds() {
        Bundle bundle = new Bundle(List.of(
                new TaskMessage("a", 1, "t", 4, 300),
                new TaskMessage("b", 1, "t", 4, 200),
                new TaskMessage("c", 1, "t", 4, 400)));

        assertThat(bundle.leaseEnd()).isEqualTo(200);
    }

    @Test
    void aMessageThatIsNotOursIsRefused() {
        assertThatThrownBy(() -> Bundle.read(jms))
                .isInstanceOf(JMSException.class)
                .hasMessageContaining("missing");
        properties.putAll(Map.of("tasks", "1 x", "leaseEnd", 5L));
        assertThatThrownBy(() -> Bundle.read(jms))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 x");
    }
}
