package io.github.linfhash.io.listings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/** Tables as CSV (RFC 4180, but lines end with LF) in which no text is a formula to a spreadsheet. */
public final class CsvText {
    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180.builder().setRecordSeparator('\n').get();

    /** Signs alone and numbers are no formulas. */
    private static final Pattern FORMULA =
            Pattern.compile("(?s)[=@\\t\\r].*|(?![+-]+\\z|[+-]\\d+(\\.\\d+)?(E[+-]?\\d+)?\\z)[+-].*");

    private CsvText() {}

    /** Rows under a header; null is empty. */
    public static String of(List<String> header, List<? extends List<? extends @Nullable Object>> rows) {
        return rows(List.of(header)) + rows(rows);
    }

    /** Rows without a header; null is empty. */
    public static String rows(List<? extends List<? extends @Nullable Object>> rows) {
        StringBuilder text = new StringBuilder();
        try (CSVPrinter printer = new CSVPrinter(text, FORMAT)) {
            for (List<? extends @Nullable Object> row : rows) {
                printer.printRecord(row.stream().map(CsvText::harmless));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("text in memory can always be written", e);
        }
        return text.toString();
    }

    private static @Nullable Object harmless(@Nullable Object cell) {
        Object value = cell instanceof Percent percent ? percent.value() : cell;
        return value instanceof String text && FORMULA.matcher(text).matches() ? "'" + text : value;
    }
}
