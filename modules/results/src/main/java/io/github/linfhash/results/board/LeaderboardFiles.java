package io.github.linfhash.results.board;

import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.io.binding.StrictReader;
import io.github.linfhash.results.tables.CellValues;
import io.github.linfhash.results.tables.CsvText;
import io.github.linfhash.results.tables.NumberText;
import io.github.linfhash.results.tables.TableFiles.Latex;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** A standing for other programs and for papers. Fractions stay fractions, except in LaTeX, which is in percent. */
public final class LeaderboardFiles {
    private LeaderboardFiles() {}

    /** One line of the table: one number of one participant at one code length. */
    private record Line(
            String protocol,
            String rules,
            String method,
            int bits,
            String metric,
            double mean,
            @Nullable Double ci95,
            int seeds,
            int searches,
            String tuned,
            @Nullable Integer group,
            @Nullable Double p,
            int failed,
            String submission) {}

    /**
     * A number a line, with a header: protocol, short name of the rules' version, method, bits, metric, mean, half width of the
     * 95 % interval, seeds, searches of options, how options were chosen, group, corrected p against the best of the first group, failed runs, folder of the results. Empty is what there is not.
     */
    public static String csv(Leaderboard standing) {
        List<Line> lines = lines(standing);
        DoubleColumn ci95 = DoubleColumn.create("ci95");
        IntColumn group = IntColumn.create("group");
        DoubleColumn p = DoubleColumn.create("p");
        lines.forEach(line -> {
            ci95.append(line.ci95());
            group.append(line.group());
            p.append(line.p());
        });
        return CsvText.of(Table.create(
                StringColumn.create("protocol", lines.stream().map(Line::protocol)),
                StringColumn.create("rules", lines.stream().map(Line::rules)),
                StringColumn.create("method", lines.stream().map(Line::method)),
                IntColumn.create("bits", lines.stream().mapToInt(Line::bits)),
                StringColumn.create("metric", lines.stream().map(Line::metric)),
                DoubleColumn.create("mean", lines.stream().mapToDouble(Line::mean)),
                ci95,
                IntColumn.create("seeds", lines.stream().mapToInt(Line::seeds)),
                IntColumn.create("searches", lines.stream().mapToInt(Line::searches)),
                StringColumn.create("tuned", lines.stream().map(Line::tuned)),
                group,
                p,
                IntColumn.create("failed", lines.stream().mapToInt(Line::failed)),
                StringColumn.create("submission", lines.stream().map(Line::submission))));
    }

    /** What the JSON has for one participant at one code length. */
    private record Row(
            String protocol,
            String rules,
            String method,
            int bits,
            int failed,
            String tuned,
            String submission,
            Map<String, Numbers> metrics) {}

    private record Numbers(
            double mean,
            @Nullable Double ci95,
            int seeds,
            int searches,
            @Nullable Integer group,
            @Nullable Double p) {}

    /** The same as a JSON list with an object for each participant and code length; null is what there is not. */
    public static String json(Leaderboard standing) {
        Map<List<Object>, Row> rows = new LinkedHashMap<>();
        for (Line line : lines(standing)) {
            rows.computeIfAbsent(
                            List.of(line.method(), line.bits(), line.submission()),
                            key -> new Row(
                                    line.protocol(),
                                    line.rules(),
                                    line.method(),
                                    line.bits(),
                                    line.failed(),
                                    line.tuned(),
                                    line.submission(),
                                    new LinkedHashMap<>()))
                    .metrics()
                    .put(
                            line.metric(),
                            new Numbers(
                                    line.mean(), line.ci95(), line.seeds(), line.searches(), line.group(), line.p()));
        }
        return StrictReader.toJsonFile(List.copyOf(rows.values()));
    }

    /** The numbers that the protocol shows as a table in LaTeX; needs the package booktabs. */
    public static String latex(Leaderboard standing) {
        List<Quantity> columns = standing.headline();
        StringBuilder text = new StringBuilder("% needs \\usepackage{booktabs} and \\usepackage{graphicx}\n");
        text.append("\\begin{table*}\n\\centering\n\\caption{")
                .append(
                        Latex.escape(
                                standing.protocol().title() + ", rules "
                                        + standing.version().shortName()
                                        + ". Fractions in percent; mean and half width of the 95 % interval over searches, seeds and queries. Bold: the"
                                        + " first group at this length: none is significantly worse than another of it (crossed model, Holm's correction, level 0.05)."))
                .append("}\n\\resizebox{\\textwidth}{!}{%\n\\begin{tabular}{llr")
                .append("r".repeat(columns.size()))
                .append("}\n\\toprule\n");
        List<String> headings = new ArrayList<>(List.of("Method", "Options", "$N$"));
        columns.forEach(column -> headings.add(Latex.escape(heading(column))));
        row(text, headings);
        for (int bits : standing.bits()) {
            text.append("\\midrule\n");
            for (Competitor participant : standing.runAt(bits)) {
                List<String> cells = new ArrayList<>(List.of(
                        Latex.escape(participant.label()), Latex.escape(participant.tuned()), Integer.toString(bits)));
                columns.forEach(column -> cells.add(latex(standing, participant, column, bits)));
                row(text, cells);
            }
        }
        return text.append("\\bottomrule\n\\end{tabular}}\n\\end{table*}\n").toString();
    }

    private static String heading(Quantity column) {
        return column.words().group().isEmpty() ? column.head() : column.words().group() + ", " + column.head();
    }

    private static void row(StringBuilder text, List<String> cells) {
        text.append(String.join(" & ", cells)).append(" \\\\\n");
    }

    private static String latex(Leaderboard standing, Competitor participant, Quantity column, int bits) {
        return standing.at(bits).stream()
                .filter(ranking -> ranking.quantity().equals(column))
                .flatMap(ranking -> ranking.find(participant).stream())
                .findFirst()
                .map(place -> Latex.number(
                        NumberText.mean(column, place.summary()),
                        NumberText.halfWidth(column, place.summary()),
                        place.group() == 1))
                .orElse("");
    }

    private static List<Line> lines(Leaderboard standing) {
        List<Line> lines = new ArrayList<>();
        for (int bits : standing.bits()) {
            for (Ranking ranking : standing.at(bits)) {
                for (Ranking.Place place : ranking.places()) {
                    lines.add(line(
                            standing,
                            place.participant(),
                            bits,
                            ranking.quantity().key(),
                            place.values(),
                            place.group() == 0 ? null : place.group(),
                            place.p()));
                }
            }
            for (Quantity phase : StandardMetrics.PHASES) {
                for (Competitor participant : standing.runAt(bits)) {
                    CellValues seconds = participant.seconds(phase.key(), bits);
                    if (!seconds.isEmpty()) {
                        lines.add(line(
                                standing,
                                participant,
                                bits,
                                phase.key() + "Seconds",
                                seconds,
                                null,
                                OptionalDouble.empty()));
                    }
                }
            }
        }
        return lines;
    }

    private static Line line(
            Leaderboard standing,
            Competitor participant,
            int bits,
            String metric,
            CellValues values,
            @Nullable Integer group,
            OptionalDouble p) {
        OptionalDouble half = values.summary().halfWidth();
        int failed = (int)
                participant.runs(bits).stream().filter(run -> run.failed()).count();
        return new Line(
                standing.version().protocol(),
                standing.version().shortName(),
                participant.key(),
                bits,
                metric,
                values.summary().mean(),
                half.isPresent() ? half.getAsDouble() : null,
                values.seeds(),
                values.searches(),
                participant.tuned(),
                group,
                p.isPresent() ? p.getAsDouble() : null,
                failed,
                participant.given().label());
    }

    /** What cites the methods of some participants and the benchmark itself, in BibTeX. */
    public static String bibtex(List<Competitor> participants, String benchmark) {
        Map<String, String> entries = new LinkedHashMap<>();
        SafeName names = new SafeName();
        for (Competitor participant : participants) {
            String citation = participant.method().citation();
            String name = participant.given().source(participant.method()) + "/"
                    + participant.method().name();
            if (!citation.isBlank() && !entries.containsKey(name)) {
                entries.put(name, misc(names.unique(participant.method().name()), participant, citation));
            }
        }
        return benchmark + String.join("", entries.values());
    }

    private static String misc(String key, Competitor participant, String citation) {
        String code = participant.given().about().map(SubmissionCard::code).orElse("");
        return "\n@misc{" + key + ",\n  title = {{"
                + Latex.escape(participant.method().title()) + "}},\n  note = {{"
                + Latex.escape(citation) + "}}"
                + (code.isEmpty() ? "" : ",\n  howpublished = {\\url{" + code + "}}") + "\n}\n";
    }
}
