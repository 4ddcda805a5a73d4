package io.github.linfhash.results.audit;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.results.audit.TableAudit.Audited;
import io.github.linfhash.results.audit.TableAudit.Finding;
import io.github.linfhash.results.published.CsvFile;
import io.github.linfhash.results.published.PrintedPercent;
import io.github.linfhash.results.published.PublishedFlag;
import io.github.linfhash.results.published.PublishedTable;
import io.github.linfhash.results.published.PublishedTable.PublishedCell;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVRecord;

/**
 * Anybody's tables, ready to be audited; docs/audit-table.md describes the file.
 *
 * @param unit what the numbers of the file are
 * @param tables the tables in the order of the file, in percent
 * @param impossible what is wrong with numbers that are no percentages at all, by table
 * @param measured whether they are means that linfhash itself has written, whose F1 is the mean of the queries' F1
 */
public record SubmittedTables(
        Unit unit, List<PublishedTable> tables, Map<String, List<Finding>> impossible, boolean measured) {
    public SubmittedTables {
        tables = List.copyOf(tables);
        impossible = Map.copyOf(impossible);
    }

    /**
     * Reads a file.
     *
     * @param unit what the numbers are; where it is empty, a column "printed_percent" or "percent", a percent sign or a
     *     number above 1 say percent, else they are fractions
     * @throws InputException if the file is no such table; the sentence names file and line
     * @throws IOException if the file cannot be read
     */
    public static SubmittedTables read(Path file, Optional<Unit> unit) throws IOException {
        return Reader.read(file, unit);
    }

    /**
     * One of the tables alone.
     *
     * @throws InputException if there is none of that name
     */
    public SubmittedTables only(String id) {
        List<PublishedTable> chosen =
                tables.stream().filter(table -> table.id().equals(id)).toList();
        if (chosen.isEmpty()) {
            throw new InputException("expected one of the tables "
                    + tables.stream().map(PublishedTable::id).toList() + ", found '" + id + "'");
        }
        return new SubmittedTables(unit, chosen, impossible, measured);
    }

    /** Audits a table's numbers under the given settings. */
    public Audited audit(PublishedTable table, AuditSettings settings) {
        return new Audited(
                table,
                settings,
                Stream.concat(
                                impossible.getOrDefault(table.id(), List.of()).stream(),
                                TableAudit.findings(table, settings).stream())
                        .toList());
    }

    /** The unit of the numbers of a table. */
    public enum Unit {
        /** Within 0..100. */
        PERCENT,
        /** Within 0..1. */
        FRACTION
    }

    /** The role of a column. */
    private enum Role {
        TABLE("table"),
        DATASET("dataset|data set|data"),
        METHOD("method|model|algorithm|row|name"),
        BITS("bits|length|code length|n"),
        METRIC("metric|measure"),
        VALUE("value|printed|printed_percent|percent|score");

        private final String names;

        Role(String names) {
            this.names = names;
        }
    }

    /** The reader of anybody's tables: one line a number, or one line a method with a column for each metric. */
    private static final class Reader {
        /** The most numbers of a file: every cell is looked up among all. */
        private static final int MOST_NUMBERS = 10_000;

        private static final int MEAN_DIGITS = 6;

        /** By these columns a table.csv of linfhash is known, which holds published numbers and means of its own. */
        private static final Set<String> OF_LINFHASH = Set.of("metric", "unit", "printed", "mean", "low95", "high95");

        private static final Set<String> ABSENT = Set.of("", "-", "\u2013", "n/a", "na");

        private record Entry(
                String table, String dataset, String method, int bits, String metric, PrintedNumber printed) {}

        private final CsvFile file;
        private final List<Entry> numbers = new ArrayList<>();
        private final Set<List<Object>> seen = new HashSet<>();
        private final List<CSVRecord> means = new ArrayList<>();
        private TableColumns columns = TableColumns.of(List.of());
        private boolean saysPercent;
        private boolean ofLinfhash;

        private Reader(CsvFile file) {
            this.file = file;
        }

        static SubmittedTables read(Path path, Optional<Unit> unit) throws IOException {
            Reader reader = new Reader(new CsvFile(path));
            reader.file.read(reader::header, reader::line);
            boolean measured = reader.numbers.isEmpty() && !reader.means.isEmpty();
            if (measured) {
                reader.saysPercent = true;
                reader.means.forEach(line -> reader.add(
                        line, reader.metric(line), rounded(line.get("mean").strip())));
            }
            if (reader.numbers.isEmpty()) {
                throw new InputException(path + ": expected numbers, found none");
            }
            return reader.tables(unit.orElseGet(reader::unit), measured);
        }

        /** A number that Java wrote, with as many digits as a printed one may have. */
        private static String rounded(String mean) {
            return mean.matches("\\d{1,3}\\.\\d{1,20}(E-?\\d{1,2})?")
                    ? new BigDecimal(mean)
                            .setScale(MEAN_DIGITS, RoundingMode.HALF_EVEN)
                            .toPlainString()
                    : mean;
        }

        private void header(List<String> names) {
            columns = TableColumns.of(names);
            ofLinfhash = names.containsAll(OF_LINFHASH);
            boolean wide = !columns.metrics().isEmpty();
            if (columns.column(Role.METHOD).isEmpty() || !(columns.isLong() || wide)) {
                throw new InputException(
                        file.path() + ": expected a column 'method', and either the columns 'metric' and"
                                + " 'value' or columns named like metrics, such as precision@2; found " + names);
            }
            saysPercent = columns.column(Role.VALUE)
                    .map(name -> name.toLowerCase(Locale.ROOT).contains("percent"))
                    .orElse(false);
        }

        private void line(CSVRecord line) {
            if (columns.isLong()) {
                if (ofLinfhash && line.get("unit").strip().equals("percent")) {
                    means.add(line);
                }
                add(line, metric(line), text(line, Role.VALUE, ""));
            } else {
                columns.metrics()
                        .forEach(
                                (key, column) -> add(line, key, line.get(column).strip()));
            }
        }

        private String metric(CSVRecord line) {
            String metric = text(line, Role.METRIC, "");
            return TableColumns.metric(metric).orElse(metric);
        }

        private void add(CSVRecord line, String metric, String value) {
            if (ABSENT.contains(value.toLowerCase(Locale.ROOT))) {
                return;
            }
            PrintedNumber printed = PrintedNumber.of(value)
                    .orElseThrow(
                            () -> new InputException(file.place(line) + ": expected a number such as 31.10, 0.311 or"
                                    + " 5.6e-2 for " + metric + ", found '" + value + "'"));
            saysPercent |= value.endsWith("%");
            String table = text(line, Role.TABLE, "table");
            String method = text(line, Role.METHOD, "");
            if (method.isEmpty()) {
                throw new InputException(file.place(line) + ": expected the name of a method, found none");
            }
            int bits = bits(line);
            if (!seen.add(List.of(table, method, bits, metric))) {
                throw new InputException(file.place(line) + ": the same cell is in a line above; remove one of them");
            }
            if (numbers.size() == MOST_NUMBERS) {
                throw new InputException(
                        file.place(line) + ": more than " + MOST_NUMBERS + " numbers, the most of a file; split it");
            }
            numbers.add(new Entry(table, text(line, Role.DATASET, ""), method, bits, metric, printed));
        }

        private int bits(CSVRecord line) {
            String value = text(line, Role.BITS, "");
            if (!value.matches("([1-9]\\d{0,5})?")) {
                throw new InputException(file.place(line) + ": expected a code length, found '" + value + "'");
            }
            return value.isEmpty() ? 0 : Integer.parseInt(value);
        }

        private String text(CSVRecord line, Role role, String otherwise) {
            String text = columns.column(role).map(line::get).orElse("").strip();
            return text.isEmpty() ? otherwise : text;
        }

        private Unit unit() {
            boolean above =
                    numbers.stream().anyMatch(number -> number.printed().value().compareTo(BigDecimal.ONE) > 0);
            return saysPercent || above ? Unit.PERCENT : Unit.FRACTION;
        }

        private SubmittedTables tables(Unit unit, boolean measured) {
            Map<String, List<PublishedCell>> cells = new LinkedHashMap<>();
            Map<String, String> datasets = new LinkedHashMap<>();
            Map<String, List<Finding>> impossible = new LinkedHashMap<>();
            for (Entry number : numbers) {
                datasets.putIfAbsent(number.table(), number.dataset());
                List<PublishedCell> table = cells.computeIfAbsent(number.table(), id -> new ArrayList<>());
                Optional<PrintedPercent> percent = number.printed().percent(unit);
                if (percent.isPresent()) {
                    table.add(new PublishedCell(
                            number.method(), number.bits(), number.metric(), percent.get(), Set.of()));
                } else {
                    impossible
                            .computeIfAbsent(number.table(), id -> new ArrayList<>())
                            .add(outOfRange(number, unit));
                }
            }
            List<PublishedTable> tables = new ArrayList<>();
            cells.forEach((id, list) -> tables.add(new PublishedTable(id, datasets.getOrDefault(id, ""), list)));
            return new SubmittedTables(unit, tables, impossible, measured);
        }

        private static Finding outOfRange(Entry number, Unit unit) {
            String percent = number.printed().text(unit);
            return new Finding(
                    PublishedFlag.OUT_OF_RANGE,
                    number.method(),
                    number.bits(),
                    List.of(number.metric()),
                    TableAudit.place(number.method(), number.bits()) + ": " + number.metric() + " is " + percent + "%",
                    percent + " is not within [0, 100]",
                    Map.of());
        }

        /** A number as somebody's table prints it, with its digits, whatever its unit. */
        private record PrintedNumber(String digits) {
            private static final String SYNTAX = "-?\\d{1,3}(\\.\\d{1,9})?(e[-+]?\\d{1,2})?";

            /** The number of a text; a percent sign is read over. Empty if it is none. */
            static Optional<PrintedNumber> of(String text) {
                String stripped = text.strip();
                String number = stripped.endsWith("%")
                        ? stripped.substring(0, stripped.length() - 1).strip()
                        : stripped;
                String digits = number.toLowerCase(Locale.ROOT);
                return digits.matches(SYNTAX) ? Optional.of(new PrintedNumber(digits)) : Optional.empty();
            }

            BigDecimal value() {
                return new BigDecimal(digits);
            }

            /** In percent, with as many digits as before; empty if it is not within 0..100. */
            Optional<PrintedPercent> percent(Unit unit) {
                BigDecimal percent = inPercent(unit);
                // Minus zero is no percentage either.
                if (digits.startsWith("-") || percent.compareTo(BigDecimal.valueOf(100)) > 0) {
                    return Optional.empty();
                }
                // Percentages keep their author's notation.
                return Optional.of(new PrintedPercent(unit == Unit.PERCENT ? digits.replace("+", "") : text(percent)));
            }

            /** In percent, as a text. */
            String text(Unit unit) {
                return text(inPercent(unit));
            }

            private BigDecimal inPercent(Unit unit) {
                return unit == Unit.PERCENT ? value() : value().scaleByPowerOfTen(2);
            }

            /** Plain where that is short, else with a power of ten: neither adds digits nor takes any away. */
            private static String text(BigDecimal percent) {
                int scale = percent.scale();
                if (scale >= 0 && scale <= percent.precision() + 1) {
                    return percent.toPlainString();
                }
                String digits = percent.unscaledValue().toString();
                String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
                return mantissa + "e" + (digits.length() - 1 - scale);
            }
        }
    }

    /**
     * Which columns of a table in CSV mean what, however their author spells them.
     *
     * @param roles the column of each role that there is
     * @param metrics the columns that are metrics themselves, by our key: those of a table with one row a method
     */
    private record TableColumns(Map<Role, String> roles, Map<String, String> metrics) {
        private static final Pattern AT = Pattern.compile(
                "(precision|prec\\.?|p|recall|rec\\.?|r|f1|f-measure|f)@\\(?(?:radius|r|d)?(?:<=|=|\u2264)?(\\d{1,4})\\)?");

        static TableColumns of(List<String> header) {
            Map<Role, String> roles = new LinkedHashMap<>();
            Map<String, String> metrics = new LinkedHashMap<>();
            for (String column : header) {
                String name = column.strip().toLowerCase(Locale.ROOT);
                for (Role role : Role.values()) {
                    if (name.matches(role.names)) {
                        roles.putIfAbsent(role, column);
                    }
                }
                metric(column).ifPresent(key -> metrics.putIfAbsent(key, column));
            }
            return new TableColumns(roles, metrics);
        }

        /** Whether each line is one number with the name of its metric. */
        boolean isLong() {
            return roles.containsKey(Role.METRIC) && roles.containsKey(Role.VALUE);
        }

        Optional<String> column(Role role) {
            return Optional.ofNullable(roles.get(role));
        }

        /** Our key of a metric; empty for what is none that the audit knows. */
        static Optional<String> metric(String text) {
            String name = text.strip().toLowerCase(Locale.ROOT).replace(" ", "");
            Matcher at = AT.matcher(name);
            if (at.matches()) {
                String stem =
                        at.group(1).startsWith("p") ? "precision" : at.group(1).startsWith("r") ? "recall" : "f1";
                return Optional.of(stem + "@" + Integer.parseInt(at.group(2)));
            }
            if (name.equals(StandardMetrics.MAP.key()) || name.matches("map@\\d{1,6}")) {
                return Optional.of(name);
            }
            if (name.equals("mp@5k")) {
                return Optional.of(StandardMetrics.PRECISION_TOP_5000.key());
            }
            return name.matches("precisiontop\\d{1,6}")
                    ? Optional.of(name.replace("precisiontop", "precisionTop"))
                    : Optional.empty();
        }
    }
}
