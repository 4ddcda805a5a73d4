package io.github.linfhash.results;

import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.core.evaluation.RadiusCurves;
import io.github.linfhash.core.method.MethodSpec.Supervision;
import io.github.linfhash.core.results.RunKey;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.results.schema.Configuration.Effort;
import io.github.linfhash.results.schema.Configuration;
import io.github.linfhash.results.schema.OptionValue;
import io.github.linfhash.results.schema.ProtocolSummary;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.schema.Configuration.SearchSummary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** Results in which every run measures what a formula says. */
public final class MadeResults {
    /** A formula for the value that a run measures. */
    public interface Formula {
        double of(String method, int bits, long seed);
    }

    private MadeResults() {}

    /** Metrics {@code map}, {@code recall@2} and {@code uniqueCodes}, and the curve {@code loss}, all from one formula. */
    public static Results of(List<String> methods, List<Integer> bits, int seeds, Formula formula) {
        return of(methods, Map.of(), bits, seeds, formula);
    }

    /** Makes results of one formula, of methods that all have the given options. */
    public static Results of(
            List<String> methods, Map<String, OptionValue> options, List<Integer> bits, int seeds, Formula formula) {
        List<RunResult> runs = new ArrayList<>();
        for (String method : methods) {
            for (int n : bits) {
                for (long seed = 0; seed < seeds; seed++) {
                    runs.add(run(new RunKey(method, n, seed), formula.of(method, n, seed)));
                }
            }
        }
        Results base = SampleResults.reproduction();
        List<Configuration> summaries = methods.stream()
                .map(name -> new Configuration(name, name, "", Supervision.SUPERVISED, options, Map.of()))
                .toList();
        return new Results(
                base.protocol()
                        .withRuns(bits, LongStream.range(0, seeds).boxed().toList(), summaries),
                base.environment(),
                runs);
    }

    /**
     * Results at 48 bits of methods whose options several searches chose, as rows {@code tuned-map-1}, ...; one search gives the row {@code
     * tuned}. The first method is 0.1 ahead, and each search and seed moves a method by a little of its own.
     */
    public static Results searched(List<String> methods, int searches, int seeds) {
        Results made = of(methods, List.of(48), seeds, (method, bits, seed) -> 0.5);
        List<Configuration> rows = new ArrayList<>();
        List<RunResult> runs = new ArrayList<>();
        for (String method : methods) {
            double ahead = method.equals(methods.get(0)) ? 0.1 : 0;
            for (int search = 1; search <= searches; search++) {
                String row = searches == 1 ? "tuned" : "tuned-map-" + search;
                rows.add(new Configuration(method, method, "", Supervision.SUPERVISED, Map.of(), Map.of())
                        .asVariant(row, null, Map.of())
                        .replicating(searches == 1 ? null : "tuned-map")
                        .withSearch(new SearchSummary(
                                Digests.sha256(method + row),
                                "cifar10",
                                (long) search,
                                200,
                                4,
                                1,
                                List.of("map"),
                                List.of(48)))
                        .withEffort(new Effort(200, 800)));
                for (long seed = 0; seed < seeds; seed++) {
                    double noise = 0.004 * Math.sin(5.0 * search + method.charAt(0))
                            + 0.002 * Math.sin(3.0 * seed + search + method.charAt(0));
                    runs.add(run(new RunKey(method, row, 48, seed), 0.5 + ahead + noise));
                }
            }
        }
        return new Results(
                made.protocol()
                        .withRuns(List.of(48), made.protocol().seeds(), rows),
                made.environment(),
                runs);
    }

    /** Results at 48 bits of one method in several rows, each with the same mAP for every seed. */
    public static Results ofRows(String method, Map<String, Double> map, int seeds) {
        Results made = of(List.of(method), List.of(48), seeds, (name, bits, seed) -> 0.5);
        List<Configuration> rows = new ArrayList<>();
        List<RunResult> runs = new ArrayList<>();
        map.forEach((row, value) -> {
            rows.add(new Configuration(method, method, "", Supervision.SUPERVISED, Map.of(), Map.of())
                    .asVariant(row, null, Map.of()));
            LongStream.range(0, seeds).forEach(seed -> runs.add(run(new RunKey(method, row, 48, seed), value)));
        });
        return new Results(
                made.protocol().withRuns(List.of(48), made.protocol().seeds(), rows), made.environment(), runs);
    }

    /**
     * The measurements of a run within radius 2.
     *
     * @param precision the mean precision, to which empty balls count 0
     * @param recall the mean recall
     * @param empty the share of the queries whose ball is empty
     */
    public record Balls(double precision, double recall, double empty) {}

    /**
     * Results at 48 bits with 1,000 queries of each seed, of methods that find what is given.
     *
     * @param found by method, then by seed
     * @param chance the share of the database that is relevant
     */
    public static Results ofBalls(Map<String, List<Balls>> found, double chance) {
        int seeds = found.values().stream().mapToInt(List::size).max().orElseThrow();
        Results made = of(List.copyOf(found.keySet()), List.of(48), seeds, (method, bits, seed) -> 0.5);
        List<RunResult> runs = new ArrayList<>();
        found.forEach((method, balls) -> {
            for (int seed = 0; seed < balls.size(); seed++) {
                Balls of = balls.get(seed);
                double[] precision = new double[49];
                precision[48] = chance;
                runs.add(RunResult.measured(
                        new RunKey(method, 48, seed),
                        Digests.sha256("split " + seed),
                        Digests.sha256(method + seed),
                        1,
                        4L,
                        Map.of("precision@2", of.precision(), "recall@2", of.recall(), "emptyBalls@2", of.empty()),
                        Map.of(RadiusCurves.PRECISION, precision),
                        Map.of()));
            }
        });
        return new Results(made.protocol(), made.environment(), runs);
    }

    private static RunResult run(RunKey key, double value) {
        double[] loss = new double[10];
        for (int epoch = 0; epoch < loss.length; epoch++) {
            // Rises or falls with the sign of the value, with a ripple that depends on the seed.
            loss[epoch] = 1 + value * epoch + 1e-3 * ((epoch + key.seed()) % 2);
        }
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("map", value);
        metrics.put("recall@2", value);
        metrics.put("uniqueCodes", Math.rint(10_000_000 * value));
        return RunResult.measured(
                key,
                Digests.sha256("split " + key.seed()),
                Digests.sha256(key + " " + value),
                1,
                4L,
                metrics,
                Map.of("loss", loss, "quantization", new double[] {1, value}),
                Map.of());
    }

    /** Returns results of a protocol with this name, title and hash. */
    public static Results named(Results results, String name, String title, String hash) {
        ProtocolSummary p = results.protocol();
        return new Results(
                new ProtocolSummary(
                        name,
                        title,
                        hash,
                        p.publishedTable(),
                        p.dataset(),
                        p.features(),
                        p.sizes(),
                        p.conventions(),
                        p.headline(),
                        null,
                        p.bits(),
                        p.seeds(),
                        p.methods()),
                results.environment(),
                results.runs());
    }
}
