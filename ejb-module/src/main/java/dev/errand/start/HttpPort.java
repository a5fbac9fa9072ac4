package dev.errand.start;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;

/**
 * The port of the server's HTTP listener: from WildFly's MBeans, because it depends on the offset of the server's ports, or
 * from Payara's {@code domain.xml}, because Payara shows its listeners as MBeans only to a JMX client.
 */
final class HttpPort {
    private static final String BINDING = "jboss.as:socket-binding-group=*,socket-binding=http";

    /** The folder and the name of a server of Payara, which it sets as system properties. */
    private static final String PAYARA_FOLDER = "com.sun.aas.instanceRoot";

    private static final String PAYARA_NAME = "com.sun.aas.instanceName";

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(.*)}");

    private HttpPort() {}

    /** Returns the port; empty on a server that does not report it. */
    static OptionalInt of(MBeanServer server) {
        OptionalInt bound = ofBinding(server);
        String folder = System.getProperty(PAYARA_FOLDER);
        return bound.isPresent() || folder == null
                ? bound
                : ofDomain(Path.of(folder, "config", "domain.xml"), System.getProperty(PAYARA_NAME));
    }

    private static OptionalInt ofBinding(MBeanServer server) {
        try {
            for (ObjectName binding : server.queryNames(new ObjectName(BINDING), null)) {
                if (server.getAttribute(binding, "boundPort") instanceof Integer port) {
                    return OptionalInt.of(port);
                }
            }
        } catch (JMException | RuntimeException e) {
            // a server that shows no such attribute; the default address is a guess anyway
        }
        return OptionalInt.empty();
    }

    /** Returns the port of the first listener without TLS of the server's virtual host for applications. */
    static OptionalInt ofDomain(Path file, String server) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            Document domain = factory.newDocumentBuilder().parse(file.toFile());
            XPath path = XPathFactory.newInstance().newXPath();
            path.setXPathVariableResolver(name -> server);
            String ofServer = "/domain/servers/server[@name = $server]";
            String config = "/domain/configs/config[@name = " + ofServer + "/@config-ref]";
            String port = path.evaluate(
                    config + "/network-config/network-listeners/network-listener[not(@enabled = 'false')]"
                            + "[@protocol = ../../protocols/protocol[not(@security-enabled = 'true')][http]/@name]"
                            + "[not(@name = 'admin-listener')]/@port",
                    domain);
            return OptionalInt.of(Integer.parseInt(resolved(port, path, domain, ofServer, config)));
        } catch (Exception e) {
            // the file of another version of Payara; the default address is a guess anyway
            return OptionalInt.empty();
        }
    }

    /** Returns a value in which a reference stands for a property of the server, of its configuration, or of the JVM. */
    private static String resolved(String value, XPath path, Document domain, String... owners)
            throws XPathExpressionException {
        var reference = REFERENCE.matcher(value);
        if (!reference.matches()) {
            return value;
        }
        for (String owner : owners) {
            String property =
                    path.evaluate(owner + "/system-property[@name = '" + reference.group(1) + "']/@value", domain);
            if (!property.isEmpty()) {
                return property;
            }
        }
        return Optional.ofNullable(System.getProperty(reference.group(1))).orElse("");
    }
}
