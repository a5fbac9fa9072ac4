package dev.errand.testing;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGenerator;

/**
 * Names of tests in reports: the name of a method or of a nested class as a sentence. junit-platform.properties names this class, in
 * each module.
 */
public class Sentences extends DisplayNameGenerator.Standard {
    /** The end of a word: "taskRuns", "aNode", "JSONIs", but neither "MBean" nor "H2". */
    private static final Pattern END = Pattern.compile("_"
            + "|(?<=[\\p{Ll}\\d])(?=\\p{Lu})"
            + "|(?<=(?:^|[^\\p{Lu}])A)(?=[\\p{Lu}\\d])"
            + "|(?<=\\p{Lu}{2})(?=\\p{Lu}\\p{Ll})");

    @Override
    public String generateDisplayNameForNestedClass(List<Class<?>> enclosingClasses, Class<?> nested) {
        return sentence(nested.getSimpleName());
    }

    @Override
    public String generateDisplayNameForMethod(List<Class<?>> enclosingClasses, Class<?> testClass, Method testMethod) {
        return sentence(testMethod.getName());
    }

    static String sentence(String name) {
        String words = END.splitAsStream(name).map(Sentences::word).collect(Collectors.joining(" "));
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    /** Keeps the capitals of an abbreviation. */
    private static String word(String word) {
        return word.matches(".*\\p{Lu}.*\\p{Lu}.*|\\p{Lu}\\d+") ? word : word.toLowerCase(Locale.ROOT);
    }
}
