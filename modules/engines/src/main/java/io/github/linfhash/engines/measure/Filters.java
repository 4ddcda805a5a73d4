package io.github.linfhash.engines.measure;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Searches with filters, compared with the exact neighbors among the rows that match. */
public final class Filters {
    private static final int MOST_QUERIES = 200;

    private final FeatureMatrix database;
    private final FeatureMatrix queries;
    private final Similarity similarity;
    private final int neighbors;
    private final FilterGroups groups;
    private final Progress progress;
    private final Consumer<List<Filtered>> kept;
    private final List<Filtered> found = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();

    /**
     * The queries that ask for one group.
     *
     * @param group that they ask for
     * @param queries with their neighbors in it
     */
    public record Asked(int group, Queries queries) {}

    /**
     * Searches of an engine.
     *
     * @param ofGroups the ids that the queries of each group found, and their times
     * @param instead what the engine used in place of the index that was meant, such as {@code Seq Scan}; null if it used that
     */
    public record Found(
            List<VectorCollection.Searched> ofGroups,
            @Nullable String instead) {}

    /** Searches in an engine. */
    @FunctionalInterface
    public interface Search {
        /** Searches for the queries of each group. */
        Found of(FilterGroups.Column column, List<Asked> asked) throws IOException;
    }

    /**
     * Filters without searches.
     *
     * @param database prepared
     * @param queries as given
     * @param kept given all that was found after each selectivity of a method
     */
    Filters(
            FeatureMatrix database,
            FeatureMatrix queries,
            Similarity similarity,
            int neighbors,
            FilterGroups groups,
            Progress progress,
            Consumer<List<Filtered>> kept) {
        this.database = database;
        this.queries = queries;
        this.similarity = similarity;
        this.neighbors = neighbors;
        this.groups = groups;
        this.progress = progress;
        this.kept = kept;
    }

    public FilterGroups groups() {
        return groups;
    }

    public int neighbors() {
        return neighbors;
    }

    private List<Filtered> found() {
        return List.copyOf(found);
    }

    /** Sentences about searches that were not measured. */
    List<String> leftOut() {
        return List.copyOf(leftOut);
    }

    /** Says why searches are not measured. */
    public void leaveOut(String sentence) {
        leftOut.add(sentence);
    }

    /** Says that a build took too long. */
    public static String stopped(OperatingPoint point, double seconds) {
        return String.format(
                Locale.ROOT,
                "filters with %s: the build was stopped after %.0f s.",
                point.index().type(),
                seconds);
    }

    /** Measures a method of searching for all selectivities. */
    public void measure(String method, @Nullable String scan, Search search) throws IOException {
        for (FilterGroups.Case one : groups.cases()) {
            measure(method, scan, one, search);
        }
    }

    /** Measures a method of searching for one selectivity. */
    public void measure(String method, @Nullable String scan, FilterGroups.Case one, Search search) throws IOException {
        List<Integer> first =
                one.queries().subList(0, Math.min(MOST_QUERIES, one.queries().size()));
        Map<Integer, List<Integer>> byGroup = new LinkedHashMap<>();
        first.forEach(q -> byGroup.computeIfAbsent(one.column().ofQueries()[q], key -> new ArrayList<>())
                .add(q));
        List<Asked> asked = new ArrayList<>();
        List<int[]> matching = new ArrayList<>();
        byGroup.forEach((group, numbers) -> {
            int[] rows = IntStream.range(0, database.rows())
                    .filter(row -> one.column().ofRows()[row] == group)
                    .toArray();
            matching.add(rows);
            asked.add(new Asked(
                    group,
                    new Queries(
                            database.select(rows),
                            queries.select(
                                    numbers.stream().mapToInt(Integer::intValue).toArray()),
                            similarity,
                            Math.min(neighbors, rows.length))));
        });
        Found searched;
        try (Progress.Task task = progress.begin(
                String.format(
                        Locale.ROOT,
                        "filters of %.2g%% of the rows, %s",
                        100 * one.selectivity(),
                        scan == null ? method : method + ", " + scan),
                1)) {
            searched = search.of(one.column(), asked);
            task.advance(1);
        }
        List<Double> recalls = new ArrayList<>();
        List<Double> millis = new ArrayList<>();
        Double worst = null;
        double returned = 0;
        double wanted = 0;
        for (int g = 0; g < asked.size(); g++) {
            Queries ofGroup = asked.get(g).queries;
            int[] rows = matching.get(g);
            int k = Math.min(neighbors, rows.length);
            List<int[]> lists = new ArrayList<>();
            for (int[] ids : searched.ofGroups.get(g).lists()) {
                returned += ids.length;
                wanted += k;
                lists.add(IntStream.of(ids)
                        .map(id -> Arrays.binarySearch(rows, id))
                        .toArray());
            }
            double[] recall = ofGroup.recall(lists, k);
            Arrays.stream(recall).forEach(recalls::add);
            Arrays.stream(searched.ofGroups.get(g).millis()).forEach(millis::add);
            double mean = Arrays.stream(recall).average().orElseThrow();
            if (recall.length >= Filtered.LEAST_OF_GROUP && (worst == null || mean < worst)) {
                worst = mean;
            }
        }
        double[] times = array(millis);
        found.add(new Filtered(
                searched.instead == null ? method : searched.instead + Filtered.INSTEAD + method,
                scan,
                one.selectivity(),
                first.size(),
                Queries.mean(array(recalls)),
                worst,
                worstTenth(array(recalls)),
                returned / first.size(),
                wanted / first.size(),
                Halving.percentile(times, 0.5),
                Halving.percentile(times, 0.95)));
        kept.accept(found());
    }

    private static double[] array(Collection<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** The mean of the lowest tenth of values. */
    static double worstTenth(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return Arrays.stream(sorted, 0, Math.max(1, sorted.length / 10))
                .average()
                .orElseThrow();
    }
}
