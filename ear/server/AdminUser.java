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
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * Creates the first user of a server that this build sets up, and its key for the secrets of webhooks. WildFly and Payara keep
 * their users in files of their own form, both in the data folder.
 *
 * <p>Run by the build as a single file ({@code java AdminUser.java DATA_FOLDER SERVERS_FOLDER}), so it uses the JDK alone.
 * Where a server's user file is empty, it makes the user "admin" with a random password; the environment variable
 * ERRAND_ADMIN_PASSWORD gives the password instead, and then replaces that of an existing "admin".
 *
 * <p>The random password is in the file "admin-password" alone. The build's output is no place to be found again, so the file
 * "first-login" names it; the application prints that line in its start banner and deletes the file.
 *
 * <p>The key is in the file "webhook-key", and stays the same as long as the data does, which it decrypts.
 *
 * <p>Both folders are for their owner alone: the database, the archive and the logs of the servers hold what tasks are about.
 */
public final class AdminUser {
    private static final String NAME = "admin";
    private static final String ROLES = "errand-admin,errand-viewer";
    private static final String REALM = "ApplicationRealm";
    // the form of WildFly's own files: with it, WildFly's add-user works on them too
    private static final String REALM_LINE = "#$REALM_NAME=" + REALM
            + "$ This line is used by the add-user utility to identify the realm name already used in this file.";
    private static final String VARIABLE = "ERRAND_ADMIN_PASSWORD";
    // no 0/O and 1/l/I: it will be typed
    private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private static final int LENGTH = 20;

    public static void main(String[] args) throws Exception {
        Path data = ownersFolder(Path.of(args[0]));
        ownersFolder(Path.of(args[1]));
        Path users = data.resolve("application-users.properties");
        Path roles = data.resolve("application-roles.properties");
        Path keyfile = data.resolve("keyfile");
        Path login = data.resolve("first-login");
        Path secret = data.resolve("admin-password");

        Path key = data.resolve("webhook-key");
        if (!Files.exists(key)) {
            byte[] bytes = new byte[32];
            new SecureRandom().nextBytes(bytes);
            write(key, Base64.getEncoder().encodeToString(bytes) + "\n");
        }

        String given = System.getenv(VARIABLE);
        boolean isGiven = given != null && !given.isEmpty();
        String password = isGiven ? given : random();
        boolean wildfly = isGiven || isEmpty(users);
        boolean payara = isGiven || isEmpty(keyfile);
        if (wildfly || payara) {
            // before the users: if the build is stopped in between, the next one makes all of them again
            if (isGiven) {
                Files.deleteIfExists(secret);
                write(login, NAME + ", with the password in " + VARIABLE + "\n");
            } else {
                write(secret, password + "\n");
                write(login, NAME + ", with the password in the file " + secret.toRealPath() + "\n");
            }
        }
        if (wildfly) {
            put(roles, REALM_LINE, NAME + "=", ROLES);
            put(users, REALM_LINE, NAME + "=", wildflyHash(password));
        } else if (!Files.exists(roles)) {
            // WildFly does not start without this file
            write(roles, "");
        }
        if (payara) {
            put(keyfile, "# Users of Payara: name;password's hash;roles", NAME + ";", payaraHash(password) + ";" + ROLES);
        }
        if (!isGiven && (wildfly || payara)) {
            System.out.println("Made the user \"" + NAME + "\"; the password is in " + secret.toRealPath());
        }
    }

    private static Path ownersFolder(Path folder) throws IOException {
        Files.createDirectories(folder);
        if (hasPosixRights(folder)) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
        return folder;
    }

    private static boolean hasPosixRights(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static boolean isEmpty(Path file) throws IOException {
        return lines(file).stream().allMatch(line -> line.isBlank() || line.startsWith("#"));
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    private static void put(Path file, String firstLine, String key, String value) throws IOException {
        List<String> before = lines(file);
        List<String> after = new ArrayList<>(before);
        after.removeIf(line -> line.startsWith(key));
        if (before.isEmpty()) {
            after.add(firstLine);
        }
        after.add(key + value);
        if (!after.equals(before)) {
            write(file, String.join("\n", after) + "\n");
        }
    }

    /** Writes a file that only its owner may read, and all of it or nothing: a server may be reading it. */
    private static void write(Path file, String text) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(draft);
        if (hasPosixRights(draft)) {
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
    private static String wildflyHash(String password) throws NoSuchAlgorithmException {
        byte[] text = (NAME + ":" + REALM + ":" + password).getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(text));
    }

    /** The form of a password in a file realm of Payara: SHA-256 a hundred times over, and the salt behind it. */
    private static String payaraHash(String password) throws NoSuchAlgorithmException {
        byte[] salt = new byte[8];
        new SecureRandom().nextBytes(salt);
        byte[] hash = join(password.getBytes(StandardCharsets.UTF_8), salt);
        for (int i = 0; i < 100; i++) {
            hash = MessageDigest.getInstance("SHA-256").digest(hash);
        }
        return "{SSHA256}" + Base64.getEncoder().encodeToString(join(hash, salt));
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private AdminUser() {}
}
