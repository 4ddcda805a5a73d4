package io.github.linfhash.reports.ranking;

import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.io.binding.StrictReader;
import io.github.linfhash.io.files.SafeName;
import io.github.linfhash.io.listings.Listing;
import io.github.linfhash.io.listings.OutputFormat;
import io.github.linfhash.results.schema.SubmissionCard;
import io.github.linfhash.results.tables.CellValues;
import io.github.linfhash.results.tables.NumberText;
import io.github.linfhash.results.tables.SummaryTable.Summary;
import io.github.linfhash.results.tables.TableFiles.Latex;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A standing for other programs and for papers. Fractions stay fractions, except in LaTeX, which is in percent. */
public final class LeaderboardFiles {
    private LeaderboardFiles() {}

    /**
     * One line of the table: one number of one participant at one code length.
     *
     * @param group 0 where there is none
     */
    private record Line(
            RankedConfiguration participant, int bits, String metric, CellValues values, int group, OptionalDouble p) {
        int failed() {
            return (int)
                    participant.runs(bits).stream().filter(run -> run.failed()).count();
        }

        Numbers numbers() {
            Summary summary = values.summary();
            return new Numbers(
                    summary.mean(),
                    number(summary.halfWidth()),
                    values.seeds(),
                    values.searches(),
                    group == 0 ? null : group,
                    number(p));
        }

        private static @Nullable Double number(OptionalDouble number) {
            return number.isPresent() ? number.getAsDouble() : null;
        }
    }

    private record Numbers(
            double mean,
            @Nullable Double ci95,
            int seeds,
            int tuningRuns,
            @Nullable Integer group,
            @Nullable Double p) {}

    /**
     * A number a line, with a header: protocol, short name of the rules' version, method, bits, metric, mean, half width of the
     * 95% interval, seeds, tuning runs, how options were chosen, group, corrected p against the best of the first group, failed runs, folder of the results. Empty is what there is not.
     */
    public static String csv(Leaderboard standing) {
        return OutputFormat.CSV.render(Listing.of(lines(standing))
                .words("protocol", line -> standing.version().protocol())
                .words("rules", line -> standing.version().shortName())
                .words("method", line -> line.participant().key())
                .number("bits", Line::bits)
                .words("metric", Line::metric)
                .number("mean", line -> line.numbers().mean())
                .number("ci95", line -> line.numbers().ci95())
                .number("seeds", line -> line.numbers().seeds())
                .number("tuningRuns", line -> line.numbers().tuningRuns())
                .words("tuned", line -> line.participant().tuned())
                .number("group", line -> line.numbers().group())
                .number("p", line -> line.numbers().p())
                .number("failed", Line::failed)
                .words("submission", line -> line.participant().given().label()));
    }

    /** Formats a leaderboard as a JSON list with an object for each participant and code length; missing values are null. */
    public static String json(Leaderboard standing) {
        Map<List<Object>, List<Line>> rows = lines(standing).stream()
                .collect(Collectors.groupingBy(
                        line -> List.of(line.participant(), line.bits()), LinkedHashMap::new, Collectors.toList()));
        return StrictReader.toJsonFile(Listing.of(List.copyOf(rows.values()))
                .words("protocol", row -> standing.version().protocol())
                .words("rules", row -> standing.version().shortName())
                .words("method", row -> row.get(0).participant().key())
                .number("bits", row -> row.get(0).bits())
                .number("failed", row -> row.get(0).failed())
                .words("tuned", row -> row.get(0).participant().tuned())
                .words("submission", row -> row.get(0).participant().given().label())
                .words("metrics", row -> {
                    Map<String, Numbers> metrics = new LinkedHashMap<>();
                    row.forEach(line -> metrics.put(line.metric(), line.numbers()));
                    return metrics;
                })
                .objects());
    }

    /** The numbers that the protocol shows as a table in LaTeX; needs the package booktabs. */
    public static String latex(Leaderboard standing) {
        List<Quantity> columns = standing.headline();
        StringBuilder text = new StringBuilder();
        List<String> headings = new ArrayList<>(List.of("Method", "Options", "$N$"));
        columns.forEach(column -> headings.add(Latex.escape(heading(column))));
        text.append(Latex.row(headings));
        for (int bits : standing.bits()) {
            text.append("\\midrule\n");
            for (RankedConfiguration participant : standing.runAt(bits)) {
                List<String> cells = new ArrayList<>(List.of(
                        Latex.escape(participant.label()), Latex.escape(participant.tuned()), Integer.toString(bits)));
                columns.forEach(column -> cells.add(latex(standing, participant, column, bits)));
                text.append(Latex.row(cells));
            }
        }
        return Latex.table(
                standing.protocol().title() + ", rules " + standing.version().shortName()
                        + ". Fractions in percent: mean and half width of the 95% interval over tuning runs, seeds and queries. Bold: the"
                        + " first group at this code length, in which no method is significantly worse than another (crossed model,"
                        + " Holm's correction, level 0.05).",
                "llr" + "r".repeat(columns.size()),
                text.toString());
    }

    private static String heading(Quantity column) {
        return column.words().group().isEmpty() ? column.head() : column.words().group() + ", " + column.head();
    }

    private static String latex(Leaderboard standing, RankedConfiguration participant, Quantity column, int bits) {
        return standing.place(participant, column, bits)
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
                    String metric = ranking.quantity().key();
                    lines.add(new Line(place.participant(), bits, metric, place.values(), place.group(), place.p()));
                }
            }
            for (Quantity phase : StandardMetrics.PHASES) {
                for (RankedConfiguration participant : standing.runAt(bits)) {
                    CellValues seconds = participant.seconds(phase, bits);
                    if (!seconds.isEmpty()) {
                        String metric = phase.key() + "Seconds";
                        lines.add(new Line(participant, bits, metric, seconds, 0, OptionalDouble.empty()));
                    }
                }
            }
        }
        return lines;
    }

    /** Returns the citations of the benchmark itself and of the methods of some participants, in BibTeX. */
    public static String bibtex(List<RankedConfiguration> participants, String benchmark) {
        Map<String, String> entries = new LinkedHashMap<>();
        SafeName names = new SafeName();
        for (RankedConfiguration participant : participants) {
            String citation = participant.method().citation();
            String name = participant.given().source(participant.method()) + "/"
                    + participant.method().name();
            if (!citation.isBlank() && !entries.containsKey(name)) {
                entries.put(name, misc(names.unique(participant.method().name()), participant, citation));
            }
        }
        return benchmark + String.join("", entries.values());
    }

    private static String misc(String key, RankedConfiguration participant, String citation) {
        String code = participant.given().about().map(SubmissionCard::code).orElse("");
        return "\n@misc{" + key + ",\n  title = {{"
                + Latex.escape(participant.method().title()) + "}},\n  note = {{"
                + Latex.escape(citation) + "}}"
                + (code.isEmpty() ? "" : ",\n  howpublished = {\\url{" + code + "}}") + "\n}\n";
    }
}
