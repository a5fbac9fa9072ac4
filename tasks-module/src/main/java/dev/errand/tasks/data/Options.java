package dev.errand.tasks.data;

import dev.errand.tasks.http.BadArgumentException;

/**
 * The sender's word on how to read a file; each null is detected. Immutable.
 *
 * @param encoding the name of the encoding
 * @param delimiter between the cells
 * @param header whether the first row has the names of the columns
 * @param sheet the name of a spreadsheet's sheet, or its number from 1; null: the first one
 */
public record Options(String encoding, Character delimiter, Boolean header, String sheet) {

    /**
     * Checks the options.
     *
     * @throws BadArgumentException naming the wrong one
     */
    public static Options of(String encoding, String delimiter, Boolean header, String sheet) {
        if (delimiter != null && (delimiter.length() != 1 || "\r\n\"\0".contains(delimiter))) {
            throw new BadArgumentException(
                    "delimiter is \"" + delimiter + "\". Use one character, for example \",\", \";\" or a tab.");
        }
        return new Options(
                blankToNull(encoding), delimiter == null ? null : delimiter.charAt(0), header, blankToNull(sheet));
    }

    private static String blankToNull(String text) {
        return text == null || text.isBlank() ? null : text;
    }
}
