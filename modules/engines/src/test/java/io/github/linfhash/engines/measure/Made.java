package io.github.linfhash.engines.measure;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.statistics.CrossedMean;
import io.github.linfhash.engines.measure.IndexType.Parameter;
import io.github.linfhash.engines.measure.Measurement.Answer;
import io.github.linfhash.engines.measure.Measurement.Measured;
import io.github.linfhash.engines.pgvector.MadePgvector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Measurements of numbers that a test chooses. */
public final class Made {
    public static final int NEIGHBORS = 10;

    private static final long HEAP = 80_000;
    private static final Measurement.Vectors VECTORS =
            new Measurement.Vectors(20_000, 16, Similarity.COSINE, NEIGHBORS, 500, 500, true, 0);

    private Made() {}

    /** Queries of the Euclidean distance with their ten neighbors. */
    public static Queries queries(FeatureMatrix vectors, FeatureMatrix queries) {
        return new Queries(vectors, queries, Similarity.EUCLIDEAN, NEIGHBORS);
    }

    public static double recall(Queries queries, List<int[]> lists) {
        return Arrays.stream(queries.recall(lists, NEIGHBORS)).average().orElseThrow();
    }

    public static FilterGroups groups(int rows, int queries) {
        return FilterGroups.made(rows, queries, NEIGHBORS, 0);
    }

    /** Searches of the Euclidean distance with filters. */
    public static Filters filters(
            FeatureMatrix vectors, FeatureMatrix queries, FilterGroups groups, Consumer<List<Filtered>> kept) {
        return new Filters(vectors, queries, Similarity.EUCLIDEAN, NEIGHBORS, groups, Progress.notes(note -> {}), kept);
    }

    public static List<String> leftOut(Filters filters) {
        return filters.leftOut();
    }

    /** The mean of queries of which so many of a thousand have a recall of 1, and the others of 0. */
    static CrossedMean recall(int found) {
        double[] ofQueries = new double[1000];
        Arrays.fill(ofQueries, 0, found, 1);
        return Queries.mean(ofQueries);
    }

    /** An operating point of an engine with plans. */
    public static Measured measured(IndexSpec index, int effort, int found, long bytes, double p95, boolean uses) {
        return measured(
                new OperatingPoint(index, effort, NEIGHBORS),
                found,
                bytes,
                HEAP,
                p95,
                new Measurement.Plan(uses, 12, 3));
    }

    /** An operating point; its median is half of its 95th percentile. */
    public static Measured measured(
            OperatingPoint point, int found, long bytes, long heap, double p95, Measurement.@Nullable Plan plan) {
        return new Measured(
                point,
                new VectorCollection.Built(point.index(), (int) VECTORS.rows(), bytes, heap, 1.5, true, 2 * bytes),
                recall(found),
                recall(found),
                new Measurement.Latency(p95 / 2, p95, 1000 / p95),
                new VectorCollection.Throughput(List.of(1500 / p95), 2),
                plan,
                new Measurement.Losses(0.01, 0.02),
                1.001);
    }

    public static Filtered filtered(String method, @Nullable String scan, double selectivity, int found, double p95) {
        return new Filtered(method, scan, selectivity, 200, recall(found), null, 0.5, 9.5, 10, p95 / 2, p95);
    }

    /** Answers from points that are pasted as SQL. */
    static Answer answer(double target, List<Measured> points) {
        return answer(target, points, point -> MadePgvector.snippet(point, VECTORS));
    }

    private static Answer answer(double target, List<Measured> points, Measurement.Snippets snippets) {
        try {
            return Measurement.answer(target, points, NEIGHBORS, snippets);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A table of so few rows that all searches scan them. */
    public static Measurement scanned() {
        return of(List.of(measured(MadePgvector.ivfflat("bit", 10), 8, 990, 300, 4, false)), List.of(), List.of());
    }

    /** Three points of a graph and of lists, and their answers. */
    public static Measurement measurement() {
        return of(
                List.of(
                        measured(MadePgvector.hnsw("vector", 16, 64), 40, 960, 1000, 1, true),
                        measured(MadePgvector.hnsw("centered-bit", 16, 64), 400, 999, 800, 4, true),
                        measured(MadePgvector.ivfflat("bit", 100), 8, 990, 300, 8, true)),
                List.of(
                        filtered("hnsw-bit", "off", 0.1, 900, 2),
                        filtered("hnsw-bit", "relaxed_order", 0.1, 1000, 4),
                        filtered(Filtered.EXACT, null, 0.1, 1000, 3),
                        filtered(Filtered.EXACT, null, 0.01, 1000, 1)),
                List.of("ivfflat-vector: no time left of --minutes."));
    }

    /** The points of {@link #measurement} and an exact scan. */
    public static Measurement withScan() {
        return of(
                Stream.concat(
                                measurement().points().stream(),
                                Stream.of(measured(MadePgvector.exact(), IndexType.NO_EFFORT, 1000, 0, 20, true)))
                        .toList(),
                List.of(),
                List.of());
    }

    /** A measurement of pgvector. */
    public static Measurement of(List<Measured> points, List<Filtered> filters, List<String> leftOut) {
        List<Double> targets = List.of(0.95, 0.999);
        return new Measurement(
                new Engine.Server(
                        "pgvector",
                        "PostgreSQL 17.5 with pgvector 0.8.0",
                        Map.of("postgresql", "17.5", "pgvector", "0.8.0"),
                        "the table without indexes",
                        "Searches by an index were made to use it."),
                VECTORS,
                targets,
                points,
                targets.stream().map(target -> answer(target, points)).toList(),
                new Measurement.Filterings(filters, MadePgvector.exactScan(VECTORS)),
                leftOut,
                true,
                12.5);
    }

    /** A measurement with other filters. */
    public static Measurement with(Measurement made, List<Filtered> filters, List<String> leftOut, boolean complete) {
        return new Measurement(
                made.server(),
                made.vectors(),
                made.targets(),
                made.points(),
                made.answers(),
                new Measurement.Filterings(filters, made.filters().exactScan()),
                leftOut,
                complete,
                made.seconds());
    }

    /** A measurement with other answers. */
    public static Measurement with(Measurement made, List<Answer> answers) {
        return new Measurement(
                made.server(),
                made.vectors(),
                made.targets(),
                made.points(),
                answers,
                made.filters(),
                made.leftOut(),
                made.complete(),
                made.seconds());
    }

    private static IndexType lucene(String name, boolean coded) {
        boolean graph = name.startsWith("hnsw");
        Parameter merged = Parameter.flag("merged");
        return new IndexType(
                name,
                graph,
                coded,
                Integer.MAX_VALUE,
                graph
                        ? List.of(Parameter.number("maxConn", 2, 512), Parameter.number("beamWidth", 1, 3200), merged)
                        : List.of(merged),
                graph ? Parameter.number("k", 1, 1_000) : null,
                1_000);
    }

    /** Types of an engine in a process: a graph of vectors, a graph of codes, and a scan of codes. */
    public static List<IndexType> luceneTypes() {
        return List.of(lucene("hnsw-float", false), lucene("hnsw-int4", true), lucene("flat-bit", true));
    }

    private static Measured lucene(
            int type, Map<String, Integer> parameters, int effort, int candidates, int found, long bytes, double p95) {
        return measured(
                new OperatingPoint(new IndexSpec(luceneTypes().get(type), parameters), effort, candidates),
                found,
                bytes,
                HEAP,
                p95,
                null);
    }

    /** A graph of vectors that is not merged, a graph of codes that is, and a scan of codes. */
    public static Measurement luceneMeasurement() {
        List<Measured> points = List.of(
                lucene(0, Map.of("maxConn", 16, "beamWidth", 100, "merged", 0), 60, 10, 999, 2000, 1),
                lucene(1, Map.of("maxConn", 8, "beamWidth", 200, "merged", 1), 40, 30, 990, 900, 2),
                lucene(2, Map.of("merged", 1), IndexType.NO_EFFORT, 50, 970, 300, 4));
        List<Double> targets = List.of(0.95, 0.98);
        return new Measurement(
                new Engine.Server(
                        "lucene",
                        "Lucene 10.6.0 on Java 21 with the Vector API",
                        Map.of("lucene", "10.6.0", "java", "21"),
                        "files that searches do not need in memory",
                        "A query with a filter scans the rows that match by itself if at most k of them do."),
                VECTORS,
                targets,
                points,
                targets.stream()
                        .map(target -> answer(
                                target,
                                points,
                                point -> new Engine.Snippet(
                                        "for Lucene 10.5 or newer",
                                        "writer.addDocument(document);\n",
                                        "// Each search:\n",
                                        "searcher.search(" + point.effort() + ");\n")))
                        .toList(),
                new Measurement.Filterings(
                        List.of(
                                filtered("hnsw-int4", null, 0.5, 1000, 4),
                                filtered(Filtered.EXACT, null, 0.5, 1000, 9),
                                filtered("hnsw-int4", null, 0.1, 1000, 4),
                                filtered(Filtered.EXACT, null, 0.1, 1000, 3)),
                        "Query filter = new TermQuery(new Term(\"tenant\", tenant));\n"),
                List.of(),
                true,
                12.5);
    }
}
