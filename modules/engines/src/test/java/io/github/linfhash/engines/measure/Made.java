package io.github.linfhash.engines.measure;

import io.github.linfhash.advisor.engine.PgvectorCodes.Kind;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.statistics.CrossedMean;
import io.github.linfhash.engines.measure.Measurement.Measured;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Measurements of numbers that a test chooses. */
public final class Made {
    private Made() {}

    /** The mean of queries of which so many of a thousand have a recall of 1, and the others of 0. */
    static CrossedMean recall(int found) {
        double[] ofQueries = new double[1000];
        Arrays.fill(ofQueries, 0, found, 1);
        return Queries.mean(ofQueries);
    }

    static Measured measured(IndexSpec index, int effort, int found, long bytes, double p95, boolean uses) {
        return new Measured(
                new Setting(index, effort, 10),
                bytes,
                100 * bytes,
                1.5,
                2 * bytes,
                true,
                recall(found),
                recall(found),
                p95 / 2,
                p95,
                1000 / p95,
                1500 / p95,
                2,
                new Measurement.Plan(uses, 12, 3),
                0.01,
                0.02);
    }

    public static Filtered filtered(String method, @Nullable String scan, double selectivity, int found, double p95) {
        return new Filtered(method, scan, selectivity, 200, recall(found), null, 0.5, 9.5, 10, p95 / 2, p95);
    }

    /** A table of so few rows that all searches scan them. */
    public static Measurement scanned() {
        Measurement made = measurement();
        List<Measured> scans = List.of(measured(PgvectorIndex.ivfflat(Kind.BIT, 10), 8, 990, 300, 4, false));
        return new Measurement(
                made.server(),
                made.vectors(),
                made.targets(),
                scans,
                made.targets().stream()
                        .map(target -> Measurement.answer(target, scans))
                        .toList(),
                List.of(),
                List.of(),
                true,
                made.seconds());
    }

    /** Three settings of a graph and of lists, and their answers. */
    public static Measurement measurement() {
        List<Measured> settings = List.of(
                measured(PgvectorIndex.hnsw(Kind.VECTOR, 16, 64), 40, 960, 1000, 1, true),
                measured(PgvectorIndex.hnsw(Kind.CENTERED_BIT, 16, 64), 400, 999, 800, 4, true),
                measured(PgvectorIndex.ivfflat(Kind.BIT, 100), 8, 990, 300, 8, true));
        List<Double> targets = List.of(0.95, 0.999);
        return new Measurement(
                new Measurement.Server(
                        Measurement.Name.PGVECTOR,
                        "PostgreSQL 17.5 with pgvector 0.8.0",
                        Map.of("postgresql", "17.5", "pgvector", "0.8.0")),
                new Measurement.Vectors(20_000, 16, Similarity.COSINE, 10, 500, 500, true, 0),
                targets,
                settings,
                targets.stream()
                        .map(target -> Measurement.answer(target, settings))
                        .toList(),
                List.of(
                        filtered("hnsw-bit", "off", 0.1, 900, 2),
                        filtered("hnsw-bit", "relaxed_order", 0.1, 1000, 4),
                        filtered(Filtered.EXACT, null, 0.1, 1000, 3),
                        filtered(Filtered.EXACT, null, 0.01, 1000, 1)),
                List.of("ivfflat-vector: no time left of --minutes."),
                true,
                12.5);
    }

    /** A measurement with other filters. */
    public static Measurement with(Measurement made, List<Filtered> filters, List<String> leftOut, boolean complete) {
        return new Measurement(
                made.server(),
                made.vectors(),
                made.targets(),
                made.settings(),
                made.answers(),
                filters,
                leftOut,
                complete,
                made.seconds());
    }

    private static Measured lucene(LuceneIndex index, int effort, int candidates, int found, long bytes, double p95) {
        return new Measured(
                new Setting(index, effort, candidates),
                bytes,
                100 * bytes,
                1.5,
                0,
                true,
                recall(found),
                recall(found),
                p95 / 2,
                p95,
                1000 / p95,
                1500 / p95,
                2,
                null,
                0.01,
                0.02);
    }

    private static LuceneIndex.Type type(LuceneIndex.Method method, LuceneIndex.Codes codes) {
        return new LuceneIndex.Type(method, codes);
    }

    /** A graph of vectors that is not merged, a graph of codes that is, and a scan of codes. */
    public static Measurement luceneMeasurement() {
        List<Measured> settings = List.of(
                lucene(
                        new LuceneIndex(type(LuceneIndex.Method.HNSW, LuceneIndex.Codes.FLOAT), 16, 100, false, 1),
                        60,
                        10,
                        999,
                        2000,
                        1),
                lucene(
                        new LuceneIndex(type(LuceneIndex.Method.HNSW, LuceneIndex.Codes.INT4), 8, 200, true, 1),
                        40,
                        30,
                        990,
                        900,
                        2),
                lucene(
                        new LuceneIndex(type(LuceneIndex.Method.FLAT, LuceneIndex.Codes.BIT), 0, 0, true, 1),
                        LuceneIndex.SCAN,
                        50,
                        970,
                        300,
                        4));
        List<Double> targets = List.of(0.95, 0.98);
        return new Measurement(
                new Measurement.Server(
                        Measurement.Name.LUCENE,
                        "Lucene 10.6.0 on Java 21 with the Vector API",
                        Map.of("lucene", "10.6.0", "java", "21")),
                new Measurement.Vectors(20_000, 16, Similarity.COSINE, 10, 500, 500, true, 0),
                targets,
                settings,
                targets.stream()
                        .map(target -> Measurement.answer(target, settings))
                        .toList(),
                List.of(
                        filtered("hnsw-int4", null, 0.5, 1000, 4),
                        filtered(Filtered.EXACT, null, 0.5, 1000, 9),
                        filtered("hnsw-int4", null, 0.1, 1000, 4),
                        filtered(Filtered.EXACT, null, 0.1, 1000, 3)),
                List.of(),
                true,
                12.5);
    }
}
