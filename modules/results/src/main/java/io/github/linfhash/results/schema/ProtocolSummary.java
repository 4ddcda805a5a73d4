package io.github.linfhash.results.schema;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What was compared, on which data, and how.
 *
 * @param name the protocol's name
 * @param title its name for people
 * @param hash SHA-256 of the protocol as it was run
 * @param publishedTable short name of the printed table that is shown beside the results, such as {@code T2}, or null
 *     if there is none
 * @param dataset the images
 * @param features what was computed from them
 * @param sizes the sizes of the parts of each split
 * @param conventions how relevance and the metrics are meant, by the protocol's names
 * @param headline the keys of the metrics that summaries show, in their order
 * @param bits the code lengths N, in the order in which they are reported
 * @param seeds the seeds, in the order in which they are reported
 * @param methods the methods, in the order in which they are reported
 * @param searches the searches that gave methods their options
 */
public record ProtocolSummary(
        String name,
        String title,
        String hash,
        @Nullable String publishedTable,
        DatasetSummary dataset,
        FeatureSummary features,
        SplitSizes sizes,
        Map<String, String> conventions,
        List<String> headline,
        List<Integer> bits,
        List<Long> seeds,
        List<MethodSummary> methods,
        List<SearchSummary> searches) {
    public ProtocolSummary {
        Results.requireHash("hash", hash);
        bits.forEach(length -> Results.requirePositive("bits", length));
        conventions = Collections.unmodifiableMap(new LinkedHashMap<>(conventions));
        headline = List.copyOf(headline);
        bits = List.copyOf(bits);
        seeds = List.copyOf(seeds);
        methods = List.copyOf(methods);
        searches = List.copyOf(searches);
        for (MethodSummary method : methods) {
            if (method.replicates() != null
                    && methods.stream().anyMatch(other -> other.entry().equals(method.configuration()))) {
                throw new IllegalArgumentException("expected no row " + method.configuration() + " beside "
                        + method.entry() + ", which is one of its searches, found one");
            }
        }
    }

    /** The same protocol with other runs. Searches that gave none of the methods its options are left out. */
    public ProtocolSummary withRuns(List<Integer> otherBits, List<Long> otherSeeds, List<MethodSummary> otherMethods) {
        Set<String> entries = otherMethods.stream().map(MethodSummary::entry).collect(Collectors.toSet());
        List<SearchSummary> kept = searches.stream()
                .filter(search -> entries.contains(search.entry()))
                .toList();
        return with(sizes, otherBits, otherSeeds, otherMethods, kept);
    }

    /** The same protocol with other searches. */
    public ProtocolSummary withSearches(List<SearchSummary> others) {
        return with(sizes, bits, seeds, methods, others);
    }

    /** The same protocol with splits of another size. */
    public ProtocolSummary withSizes(SplitSizes otherSizes) {
        return with(otherSizes, bits, seeds, methods, searches);
    }

    private ProtocolSummary with(
            SplitSizes otherSizes,
            List<Integer> otherBits,
            List<Long> otherSeeds,
            List<MethodSummary> otherMethods,
            List<SearchSummary> otherSearches) {
        return new ProtocolSummary(
                name,
                title,
                hash,
                publishedTable,
                dataset,
                features,
                otherSizes,
                conventions,
                headline,
                otherBits,
                otherSeeds,
                otherMethods,
                otherSearches);
    }

    /** What keys call the methods and their rows, see {@link MethodSummary#entry}; in the order in which they are reported. */
    public List<String> methodNames() {
        return methods.stream().map(MethodSummary::entry).toList();
    }

    /**
     * The configurations that tables show, in the order of the methods: rows that stand alone, and for the searches of one configuration a row
     * of its name, with the options and the note of the first and the effort of all.
     */
    public List<MethodSummary> configurations() {
        Map<String, MethodSummary> configurations = new LinkedHashMap<>();
        for (MethodSummary method : methods) {
            MethodSummary one = method.replicates() == null
                    ? method
                    : method.inRow(method.replicates(), method.note(), method.optionsAt());
            configurations.merge(
                    one.entry(),
                    one,
                    (first, next) -> first.withEffort(
                            first.effort() == null || next.effort() == null
                                    ? null
                                    : first.effort().plus(next.effort())));
        }
        return List.copyOf(configurations.values());
    }

    /** The rows that are searches of a configuration; the row itself where it stands alone. */
    public List<MethodSummary> replicates(String configuration) {
        return methods.stream()
                .filter(method -> method.configuration().equals(configuration)
                        || method.entry().equals(configuration))
                .toList();
    }

    /** Whether a single search chose the options of a configuration: another one would have chosen others. */
    public boolean ofOneSearch(String configuration) {
        List<MethodSummary> rows = replicates(configuration);
        return rows.size() == 1
                && searches.stream()
                        .anyMatch(search -> search.entry().equals(rows.get(0).entry()));
    }

    /**
     * How the options of a configuration were chosen, in a few words: {@code 5 searches x 200, map}, or {@code defaults}, {@code set by the
     * protocol}, {@code not known}.
     */
    public String tuned(String configuration) {
        return tuned(replicates(configuration), searches);
    }

    /**
     * The same of rows that are not in results yet.
     *
     * @param rows a row that stands alone, or the searches of a configuration; at least one
     * @param searches of these and other rows
     */
    public static String tuned(List<MethodSummary> rows, List<SearchSummary> searches) {
        List<SearchSummary> found = searches.stream()
                .filter(search -> rows.stream().anyMatch(row -> row.entry().equals(search.entry())))
                .toList();
        if (found.isEmpty()) {
            boolean known = rows.stream().allMatch(row -> row.effort() != null && !row.madeElsewhere());
            boolean set = rows.stream()
                    .anyMatch(row -> row.origins().size() < row.options().size()
                            || row.origins().values().stream()
                                    .anyMatch(origin -> origin.source() == OptionOrigin.Source.PROTOCOL));
            return known ? set ? "set by the protocol" : "defaults" : "not known";
        }
        SearchSummary first = found.get(0);
        return rows.size()
                + (rows.size() == 1 ? " search" : " searches")
                + (first.trials() == null ? "" : " x " + first.trials())
                + (first.criteria() == null ? "" : ", " + String.join(", ", first.criteria()));
    }
}
