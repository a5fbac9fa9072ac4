import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Sees to it that somebody can log in to a server that is set up by "mvn package wildfly:run".
 *
 * <p>Run by the build as a single file ({@code java AdminUser.java DATA_FOLDER}), so it uses the JDK alone. Where the
 * server's user files are empty, it makes the user "admin" with a random password; the environment variable
 * ERRAND_ADMIN_PASSWORD gives the password instead, and then replaces that of an "admin" who is there already.
 *
 * <p>How to log in is not printed here, where it would be lost between the lines of the build: it goes into the file
 * "first-login", which the application prints in its start banner and deletes.
 */
public final class AdminUser {
    private static final String NAME = "admin";
    private static final String ROLES = "errand-admin,errand-viewer";
    private static final String REALM = "ApplicationRealm";
    private static final String VARIABLE = "ERRAND_ADMIN_PASSWORD";
    // no 0/O and 1/l/I: it will be typed
    private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private static final int LENGTH = 20;

    public static void main(String[] args) throws Exception {
        Path data = Files.createDirectories(Path.of(args[0]));
        Path users = data.resolve("application-users.properties");
        Path roles = data.resolve("application-roles.properties");
        Path login = data.resolve("first-login");

        String given = System.getenv(VARIABLE);
        if (given != null && !given.isEmpty()) {
            put(users, NAME, hash(given));
            put(roles, NAME, ROLES);
            write(login, NAME + " / the password in " + VARIABLE + "\n");
        } else if (isEmpty(users)) {
            String password = random();
            put(roles, NAME, ROLES);
            // before the user: if we are stopped in between, the next build makes both anew
            write(login, NAME + " / " + password + "\n");
            put(users, NAME, hash(password));
            System.out.println("Made the user \"" + NAME + "\"; the server prints the password when it starts.");
        } else if (!Files.exists(roles)) {
            // the server does not start without this file
            write(roles, "");
        }
    }

    private static boolean isEmpty(Path file) throws IOException {
        return lines(file).stream().allMatch(line -> line.isBlank() || line.startsWith("#"));
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    private static void put(Path file, String key, String value) throws IOException {
        List<String> before = lines(file);
        List<String> after = new ArrayList<>(before);
        after.removeIf(line -> line.startsWith(key + "="));
        if (before.isEmpty()) {
            // the form of WildFly's own files: with it, WildFly's add-user works on them too
            after.add(
                    "#$REALM_NAME=" + REALM
                            + "$ This line is used by the add-user utility to identify the realm name already used in this file.");
        }
        after.add(key + "=" + value);
        if (!after.equals(before)) {
            write(file, String.join("\n", after) + "\n");
        }
    }

    /** Writes a file that only its owner may read, and all of it or nothing: a server may be reading it. */
    private static void write(Path file, String text) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(draft);
        if (draft.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(draft, text);
        Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String random() {
        SecureRandom random = new SecureRandom();
        StringBuilder password = new StringBuilder();
        for (int i = 0; i < LENGTH; i++) {
            password.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return password.toString();
    }

    /** WildFly's "digest" form of a password in a properties realm. */
    private static String hash(String password) throws NoSuchAlgorithmException {
        byte[] text = (NAME + ":" + REALM + ":" + password).getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(text));
    }

    private AdminUser() {}
}
