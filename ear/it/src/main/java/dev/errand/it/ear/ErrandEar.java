package dev.errand.it.ear;

import dev.errand.it.clock.SetClock;
import dev.errand.it.server.ServerProcess;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.UnaryOperator;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.hamcrest.Matcher;
import org.jboss.arquillian.container.test.api.Testable;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.Filters;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The EAR that "mvn package" built, for a test to add to. */
public final class ErrandEar {
    private static final String DESCRIPTOR = "META-INF/application.xml";
    private static final String END_OF_MODULES = "<library-directory>";

    private static final String JMS = "errand-jms.jar";

    private static final boolean SERVER_HAS_BROKER =
            Boolean.parseBoolean(System.getProperty("errand.it.broker", "true"));

    private final EnterpriseArchive ear;
    private boolean asBuilt = true;

    private ErrandEar(EnterpriseArchive ear) {
        this.ear = ear;
    }

    /** The EAR for the server at hand: as it was built, or without JMS. It keeps its file name, which is a part of its JNDI names. */
    public static ErrandEar built() {
        return built("errand.ear");
    }

    /** For tests which deploy the EAR twice on a server. */
    public static ErrandEar built(String fileName) {
        ErrandEar ear = new ErrandEar(ShrinkWrap.create(ZipImporter.class, fileName)
                .importFrom(file().toFile())
                .as(EnterpriseArchive.class));
        return SERVER_HAS_BROKER ? ear : ear.withoutJms();
    }

    /** An EAR that an earlier version has built. */
    public static ErrandEar earlier(Path file) {
        return new ErrandEar(ShrinkWrap.create(ZipImporter.class, "errand.ear")
                .importFrom(file.toFile())
                .as(EnterpriseArchive.class));
    }

    /** Adds a module of EJBs, as a user's application would. */
    public ErrandEar withEjbs(String jarName, Class<?>... classes) {
        JavaArchive jar = ShrinkWrap.create(JavaArchive.class, jarName).addClasses(classes);
        return withModule(jar, "<ejb>" + jarName + "</ejb>");
    }

    /** Adds a web application. */
    public ErrandEar withWar(WebArchive war, String contextRoot) {
        return withModule(
                war,
                "<web><web-uri>%s</web-uri><context-root>%s</context-root></web>"
                        .formatted(war.getName(), contextRoot));
    }

    /** Adds classes to the EAR's lib, where all modules see them. */
    ErrandEar withLib(String jarName, Class<?>... classes) {
        asBuilt = false;
        ear.addAsLibrary(ShrinkWrap.create(JavaArchive.class, jarName).addClasses(classes));
        return this;
    }

    /**
     * Lets the test class run inside the server, in a web application of its own with the classes it needs. Its
     * context root is "/it". Test classes that are not made for this are deployed with {@code testable = false}.
     */
    public ErrandEar withTests(Class<?>... classes) {
        WebArchive war = ShrinkWrap.create(WebArchive.class, "it.war")
                .addClasses(classes)
                .addAsLibraries(jarOf(Assertions.class), jarOf(Awaitility.class), jarOf(Matcher.class))
                .addAsWebInfResource(new StringAsset("<beans/>"), "beans.xml");
        return withWar(Testable.archiveToTest(war), "/it");
    }

    /** Gives the engine a clock that can be set, by the application's servlet. */
    public ErrandEar withClock() {
        ear.getAsType(JavaArchive.class, "errand-ejb.jar").addClass(SetClock.class);
        return this;
    }

    /** Leaves the message-driven bean out, for servers without a broker. */
    public ErrandEar withoutJms() {
        if (!hasJms()) {
            return this;
        }
        ear.delete(JMS);
        return describe(descriptor ->
                descriptor.replaceFirst("<module>\\s*<ejb>" + JMS.replace(".", "\\.") + "</ejb>\\s*</module>", ""));
    }

    public boolean hasJms() {
        return ear.contains(JMS);
    }

    /** Makes it another application than the one that was built: another name, and another place of its pages. */
    public ErrandEar as(String name, String contextRoot) {
        return describe(descriptor -> descriptor
                .replace("<application-name>errand<", "<application-name>" + name + "<")
                .replace("<context-root>/tasks<", "<context-root>" + contextRoot + "<"));
    }

    /** Gives the engine settings of its own, in place of the server's. */
    public ErrandEar withSettings(String... lines) {
        asBuilt = false;
        ear.getAsType(JavaArchive.class, "errand-ejb.jar")
                .add(new StringAsset(String.join("\n", lines)), "META-INF/microprofile-config.properties");
        return this;
    }

    /** Adds any module; {@code xml} is what stands between {@code <module>} and {@code </module>}. */
    ErrandEar withModule(Archive<?> module, String xml) {
        ear.addAsModule(module);
        return describe(
                descriptor -> descriptor.replace(END_OF_MODULES, "<module>" + xml + "</module>\n  " + END_OF_MODULES));
    }

    private ErrandEar describe(UnaryOperator<String> change) {
        asBuilt = false;
        String before = read(DESCRIPTOR);
        String after = change.apply(before);
        if (after.equals(before)) {
            throw new AssertionError("Nothing to change in " + before);
        }
        ear.delete(DESCRIPTOR);
        ear.add(new StringAsset(after), DESCRIPTOR);
        return this;
    }

    /** The pages and REST as a web application of its own, with the engine and all that it needs in its WEB-INF/lib. */
    public WebArchive asWar(String fileName, String... settings) {
        WebArchive war = ear.getAsType(WebArchive.class, "errand-web.war");
        WebArchive whole = ShrinkWrap.create(WebArchive.class, fileName).merge(war);
        for (String jar : new String[] {"errand-ejb.jar", JMS, "errand-tasks.jar"}) {
            if (ear.contains(jar)) {
                whole.addAsLibrary(ear.get(jar).getAsset(), jar);
            }
        }
        ear.getContent(Filters.include("/lib/.*\\.jar"))
                .forEach((path, node) ->
                        whole.addAsLibrary(node.getAsset(), path.get().substring("/lib/".length())));
        whole.addAsResource(new StringAsset(String.join("\n", settings)), "META-INF/microprofile-config.properties");
        return whole;
    }

    /** Removes the module of the built-in tasks, as a second application does. */
    public ErrandEar withoutBuiltInTasks() {
        ear.delete("errand-tasks.jar");
        return describe(
                descriptor -> descriptor.replaceAll("<module>\\s*<ejb>errand-tasks.jar</ejb>\\s*</module>", ""));
    }

    /** For Arquillian's {@code @Deployment}. */
    public EnterpriseArchive archive() {
        return ear;
    }

    /** For a {@link ServerProcess}; as it was built, if nothing was added. */
    public Path writeTo(Path folder) {
        Path file = folder.resolve(ear.getName());
        if (asBuilt) {
            // byte for byte
            copy(file);
        } else {
            ear.as(ZipExporter.class).exportTo(file.toFile(), true);
        }
        return file;
    }

    private static void copy(Path file) {
        try {
            Files.copy(file(), file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the file that "mvn package" built. */
    public static Path file() {
        return Path.of(System.getProperty("errand.it.ear"));
    }

    /** The jar that a class of the test class path comes from. */
    public static File jarOf(Class<?> type) {
        return new File(URI.create(
                type.getProtectionDomain().getCodeSource().getLocation().toString()));
    }

    private String read(String path) {
        try (InputStream in = ear.get(path).getAsset().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
