package io.github.linfhash.io.input;

import java.util.regex.Pattern;

/** Numbers as people and programs write them in text files; nothing of what Java alone would take as well. */
public final class NumberText {
    // No loop gives back what it took, or a long row of digits that is no number would be read again from each digit.
    private static final Pattern DECIMAL = Pattern.compile("[+-]?+(?:\\d++\\.?+\\d*+|\\.\\d++)(?:[eE][+-]?+\\d++)?+");
    private static final Pattern WHOLE = Pattern.compile("[+-]?\\d{1,18}(?:\\.0*)?");

    private NumberText() {}

    /** Whether a text is a decimal number, with or without an exponent. */
    public static boolean isNumber(CharSequence text) {
        return DECIMAL.matcher(text).matches();
    }

    /** Whether a text is a whole number of at most 18 digits; zeros after a point may follow. */
    public static boolean isWhole(CharSequence text) {
        return WHOLE.matcher(text).matches();
    }

    /** The value of a whole number. */
    public static long whole(String text) {
        int point = text.indexOf('.');
        return Long.parseLong(point < 0 ? text : text.substring(0, point));
    }

    /** The number as float32, rounded; NaN if the text is no number, or too large for float32. */
    public static float finiteOrNaN(String text) {
        float value = isNumber(text) ? Float.parseFloat(text) : Float.NaN;
        return Float.isFinite(value) ? value : Float.NaN;
    }
}
