package io.github.linfhash.reports.ranking;

import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.io.listings.Listing;
import io.github.linfhash.io.listings.OutputFormat;
import io.github.linfhash.results.tables.CellValues;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Writes a leaderboard as CSV. */
public final class LeaderboardFiles {
    private LeaderboardFiles() {}

    /**
     * A line of the table: a metric of a participant at a code length.
     *
     * @param group the group in the ranking, 0 if there is none
     */
    private record Line(
            RankedConfiguration participant, int bits, String metric, CellValues values, int group, OptionalDouble p) {
        int failed() {
            return (int)
                    participant.runs(bits).stream().filter(run -> run.failed()).count();
        }

        private static @Nullable Double number(OptionalDouble number) {
            return number.isPresent() ? number.getAsDouble() : null;
        }
    }

    /**
     * Formats a leaderboard as CSV, with one metric of a method at a code length in each line. The columns are: protocol, short name of the
     * rules' version, method, bits, metric, mean, half width of the 95% interval, seeds, tuning runs, how options were chosen, group,
     * corrected p against the best of the first group, failed runs, folder of the results. Missing values are empty.
     */
    public static String csv(Leaderboard standing) {
        return OutputFormat.CSV.render(Listing.of(lines(standing))
                .words("protocol", line -> standing.version().protocol())
                .words("rules", line -> standing.version().shortName())
                .words("method", line -> line.participant().key())
                .number("bits", Line::bits)
                .words("metric", Line::metric)
                .number("mean", line -> line.values().summary().mean())
                .number("ci95", line -> Line.number(line.values().summary().halfWidth()))
                .number("seeds", line -> line.values().seeds())
                .number("tuningRuns", line -> line.values().searches())
                .words("tuned", line -> line.participant().tuned())
                .number("group", line -> line.group() == 0 ? null : line.group())
                .number("p", line -> Line.number(line.p()))
                .number("failed", Line::failed)
                .words("submission", line -> line.participant().given().label()));
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
}
