package io.github.linfhash.results.schema;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.linfhash.results.schema.Configuration.SearchSummary;
import io.github.linfhash.results.schema.OptionValue.OptionOrigin;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The methods that were compared, the data, and the conventions.
 *
 * @param name the protocol's name
 * @param title its name for people
 * @param hash SHA-256 of the protocol as it was run
 * @param publishedTable short name of the published table that is shown beside the results, such as {@code T2}, or null
 *     if there is none
 * @param dataset the images
 * @param features what was computed from them
 * @param sizes the sizes of the parts of each split
 * @param conventions the protocol's rules by key, such as {@code evaluation.ties}, with the values of its file
 * @param headline the keys of the metrics that summaries show, in their order
 * @param shown the variants that pages open with, see {@link Results#opened}; null where only the first of each method is
 * @param bits the code lengths N, in the order in which they are reported
 * @param seeds the seeds, in the order in which they are reported
 * @param methods the methods, in the order in which they are reported
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

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<String> shown,

        List<Integer> bits,
        List<Long> seeds,
        List<Configuration> methods) {
    public ProtocolSummary {
        Results.requireHash("hash", hash);
        bits.forEach(length -> Results.requirePositive("bits", length));
        conventions = Collections.unmodifiableMap(new LinkedHashMap<>(conventions));
        headline = List.copyOf(headline);
        shown = shown == null ? null : List.copyOf(shown);
        bits = List.copyOf(bits);
        seeds = List.copyOf(seeds);
        methods = List.copyOf(methods);
        for (Configuration method : methods) {
            if (method.replicates() != null
                    && methods.stream().anyMatch(other -> other.entry().equals(method.configuration()))) {
                throw new IllegalArgumentException("expected no variant " + method.configuration() + " beside "
                        + method.entry() + ", which is one of its tuning runs, found one");
            }
        }
    }

    /** Returns this protocol with other runs. */
    public ProtocolSummary withRuns(List<Integer> otherBits, List<Long> otherSeeds, List<Configuration> otherMethods) {
        return with(title, shown, sizes, otherBits, otherSeeds, otherMethods);
    }

    /** Returns this protocol with splits of another size. */
    public ProtocolSummary withSizes(SplitSizes otherSizes) {
        return with(title, shown, otherSizes, bits, seeds, methods);
    }

    /**
     * How a protocol is presented to people.
     *
     * @param title its name for people
     * @param shown the variants that pages open with, or null
     */
    public record Presentation(String title, @Nullable List<String> shown) {}

    /** Returns this protocol presented in another way. */
    ProtocolSummary with(Presentation other) {
        return with(other.title(), other.shown(), sizes, bits, seeds, methods);
    }

    private ProtocolSummary with(
            String otherTitle,
            @Nullable List<String> otherShown,
            SplitSizes otherSizes,
            List<Integer> otherBits,
            List<Long> otherSeeds,
            List<Configuration> otherMethods) {
        return new ProtocolSummary(
                name,
                otherTitle,
                hash,
                publishedTable,
                dataset,
                features,
                otherSizes,
                conventions,
                headline,
                otherShown,
                otherBits,
                otherSeeds,
                otherMethods);
    }

    /** Returns the keys of the methods and their variants, see {@link Configuration#entry}, in the order in which they are reported. */
    public List<String> methodNames() {
        return methods.stream().map(Configuration::entry).toList();
    }

    /**
     * The configurations that tables show, in the order of the methods: variants that stand alone, and for the searches of one configuration a variant
     * of its name, with the options and the note of the first and the effort of all.
     */
    public List<Configuration> configurations() {
        Map<String, Configuration> configurations = new LinkedHashMap<>();
        for (Configuration method : methods) {
            Configuration one = method.replicates() == null
                    ? method
                    : method.asVariant(method.replicates(), method.note(), method.optionsAt());
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

    /** The variants that are searches of a configuration; the variant itself where it stands alone. */
    public List<Configuration> replicates(String configuration) {
        return methods.stream()
                .filter(method -> method.configuration().equals(configuration)
                        || method.entry().equals(configuration))
                .toList();
    }

    /** Whether a single search chose the options of a configuration: another one would have chosen others. */
    public boolean ofOneSearch(String configuration) {
        List<Configuration> rows = replicates(configuration);
        return rows.size() == 1 && rows.get(0).search() != null;
    }

    /**
     * How the options of a configuration were chosen, in a few words: {@code 5 searches x 200, map}, or {@code defaults}, {@code set by the
     * protocol}, {@code not known}.
     */
    public String tuned(String configuration) {
        return tuned(replicates(configuration));
    }

    /**
     * Returns how the options of variants that are not in results yet were chosen, in the words of {@link #tuned(String)}.
     *
     * @param rows a variant that stands alone, or the searches of a configuration; at least one
     */
    public static String tuned(List<Configuration> rows) {
        List<SearchSummary> found =
                rows.stream().flatMap(row -> Stream.ofNullable(row.search())).toList();
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
                + (rows.size() == 1 ? " tuning run" : " tuning runs")
                + (first.trials() == null ? "" : " x " + first.trials())
                + (first.criteria() == null ? "" : ", " + String.join(", ", first.criteria()));
    }

    /**
     * How many images each part of a split has.
     *
     * @param training labeled training images
     * @param queries query images
     * @param database database images, training images included where the protocol says so
     * @param unlabeled how many images methods learn from that need no labels, where these are others than the database; else null
     */
    public record SplitSizes(
            int training,
            int queries,
            int database,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer unlabeled) {
        public SplitSizes {
            Results.requirePositive("training", training);
            Results.requirePositive("queries", queries);
            Results.requirePositive("database", database);
            if (unlabeled != null) {
                Results.requirePositive("unlabeled", unlabeled);
            }
        }

        /** Sizes where methods that need no labels learn from the database. */
        public SplitSizes(int training, int queries, int database) {
            this(training, queries, database, null);
        }
    }

    /**
     * The data set of a comparison.
     *
     * @param name its name in the program
     * @param title its name for people
     * @param hash SHA-256 that identifies the images and labels that were read
     * @param images how many images, or rows of features, were read
     * @param reproducesPaper whether the paper measured on these data, so that its numbers may be compared with ours
     * @param synthetic whether the features were generated instead of measured; then everything that shows a number says so
     * @param facts what was counted in the data and, where it is known beforehand, that it agrees; sentences for people
     */
    public record DatasetSummary(
            String name,
            String title,
            String hash,
            int images,
            boolean reproducesPaper,
            boolean synthetic,
            List<String> facts) {
        /** How a fact ends that a reader must know before reading any number. */
        public static final String TOO_GOOD = "so that the numbers are too good";

        /** How a fact ends that forbids comparing these numbers with those of other rules. */
        public static final String INCOMPARABLE = "do not compare these numbers with those of other protocols";

        public DatasetSummary {
            Results.requireHash("hash", hash);
            Results.requirePositive("images", images);
            facts = List.copyOf(facts);
        }

        /** The facts that make numbers better than they should be. */
        public List<String> leaks() {
            return facts.stream().filter(fact -> fact.endsWith(TOO_GOOD)).toList();
        }

        /** Returns this data set with one more fact. */
        public DatasetSummary withFact(String fact) {
            List<String> all = new ArrayList<>(facts);
            all.add(fact);
            return new DatasetSummary(name, title, hash, images, reproducesPaper, synthetic, all);
        }
    }

    /**
     * The features that the images were turned into.
     *
     * @param name their name in the program
     * @param hash SHA-256 of all raw features that a run sees, see {@code FeatureMatrix.sha256}; altered copies of images count
     * @param dimension the dimension d
     */
    public record FeatureSummary(String name, String hash, int dimension) {
        public FeatureSummary {
            Results.requireHash("hash", hash);
            Results.requirePositive("dimension", dimension);
        }

        /** The name of features that were not made of images. */
        public static final String AS_GIVEN = "as given";

        /** The beginning of the name of vectors of texts; the model follows. */
        public static final String EMBEDDING = "embedding ";

        /** The beginning of the name of features of images by a network; the network follows. */
        public static final String NETWORK = "network ";

        /** Returns the noun for what one feature vector stands for: an image or text that it was made of, or a vector that was given. */
        public String item() {
            if (name.startsWith(EMBEDDING)) {
                return "text";
            }
            return name.equals(AS_GIVEN) ? "vector" : "image";
        }
    }
}
