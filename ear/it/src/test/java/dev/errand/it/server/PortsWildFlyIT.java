package dev.errand.it.server;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The check of the ports that tests need. The same on each server, and none is started for it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PortsWildFlyIT {
    @Test
    void a_taken_port_is_named_with_its_process_and_a_free_one_is_not() throws IOException {
        int port;
        try (ServerSocket foreign = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = foreign.getLocalPort();
            assertThatThrownBy(() -> Listening.requireFree(port))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("Port " + port)
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
        }
        assertThatCode(() -> Listening.requireFree(port)).doesNotThrowAnyException();
    }
}
