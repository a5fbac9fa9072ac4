package dev.errand.fuzz;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;

/** Texts that no user sends on purpose, and values of JSON with such texts in them. */
public final class OddTexts {
    private OddTexts() {}

    /** Any characters at all, halves of surrogate pairs too; or pieces that have done harm elsewhere. */
    public static Arbitrary<String> any() {
        Arbitrary<String> chars = Arbitraries.strings().ofMaxLength(300);
        Arbitrary<String> pieces =
                Arbitraries.of(Pieces.ODD).list().ofMaxSize(4).map(list -> String.join("", list));
        return Arbitraries.frequencyOf(Tuple.of(2, chars), Tuple.of(3, pieces), Tuple.of(1, visible(300)));
    }

    /** The characters of ids, names and keys. */
    public static Arbitrary<String> visible(int max) {
        return Arbitraries.strings().withCharRange('!', '~').ofMinLength(1).ofMaxLength(max);
    }

    /** Texts, numbers, booleans, lists and maps, three levels deep. */
    public static Arbitrary<Object> values() {
        return values(3);
    }

    private static Arbitrary<Object> values(int depth) {
        Arbitrary<Object> leaves = Arbitraries.oneOf(
                any().asGeneric(),
                numbers(),
                Arbitraries.of(Boolean.TRUE, Boolean.FALSE).asGeneric());
        if (depth == 0) {
            return leaves;
        }
        Arbitrary<Object> inner = values(depth - 1);
        return Arbitraries.oneOf(
                leaves,
                inner.list().ofMaxSize(3).asGeneric(),
                Arbitraries.maps(any(), inner).ofMaxSize(3).asGeneric());
    }

    private static Arbitrary<Object> numbers() {
        return Arbitraries.oneOf(
                Arbitraries.integers().asGeneric(),
                Arbitraries.bigDecimals().ofScale(20).asGeneric(),
                Arbitraries.bigIntegers().asGeneric());
    }
}
