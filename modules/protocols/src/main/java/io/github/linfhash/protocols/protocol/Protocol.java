package io.github.linfhash.protocols.protocol;

import static io.github.linfhash.io.binding.StrictReader.require;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.core.method.Range;
import io.github.linfhash.core.method.Ranges;
import io.github.linfhash.core.results.ProtocolName;
import io.github.linfhash.io.binding.StrictReader;
import io.github.linfhash.protocols.split.SplitRule;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A protocol file: methods, data and evaluation of a comparison.
 *
 * @param schema {@value #SCHEMA}
 * @param name name for {@code --protocol NAME}; must equal the file's name without its ending (default: that name)
 * @param title title of reports
 * @param description purpose of the protocol, for readers
 * @param published published table to show next to the results
 * @param data data of the protocol
 * @param features features to compute from images; left out for vectors
 * @param augment augmentation of the labeled training images
 * @param preprocessing preprocessing of the vectors, the same for all methods
 * @param split rule that selects queries, database and training set
 * @param evaluation definition of relevance, and conventions of the metrics
 * @param metrics keys of the metrics in summaries, in this order (default: {@link StandardMetrics#headline});
 *     optional metrics named here are measured, too
 * @param shown variants that reports and rankings open with and compare, where a method has several: all configurations of these
 *     names; the others are listed on request (default: the first configuration of each method)
 * @param neighbors definition of nearest neighbors, for recall of full-precision neighbors
 * @param bits code lengths N
 * @param seeds seeds; each has its own split and one training per method
 * @param methods methods and their options; several configurations of a method need different names; may be left
 *     out if there are quantizers
 * @param quantizersOf name of a protocol beside this one whose quantizers are compared, before those of {@code quantizers}
 * @param quantizers quantizers to compare; requires {@code neighbors}
 * @param variants methods with some options changed, to test claims about these options
 * @param quick short version for {@code --quick} (default: first code length and first seed)
 */
public record Protocol(
        String schema,
        @Nullable String name,
        String title,
        String description,
        @Nullable Published published,
        DataSource data,
        @Nullable ImageFeatures features,
        @Nullable Augmentation augment,
        Preprocessing preprocessing,
        SplitRule split,
        Evaluation evaluation,
        @Nullable List<String> metrics,
        @Nullable List<String> shown,
        @Nullable Neighbors neighbors,
        List<Integer> bits,
        List<Long> seeds,
        @Nullable List<MethodEntry> methods,
        @Nullable String quantizersOf,
        @Nullable List<QuantizerEntry> quantizers,
        @Nullable List<Variant> variants,
        @Nullable Quick quick) {
    /** The schema that this version reads. */
    public static final String SCHEMA = "linfhash-protocol/1";

    /** The code lengths N of the paper's figure 6. */
    public static final List<Integer> FIGURE_LENGTHS = List.of(32, 48, 64, 96, 128, 192, 256);

    /** The variant that figures and claims speak of where a method has several and none is named. */
    public static final String DEFAULT_VARIANT = "tuned";

    public Protocol {
        require(schema.equals(SCHEMA), "expected schema " + SCHEMA + ", found '" + schema + "'");
        require(
                name == null || ProtocolName.is(name),
                "name: expected " + ProtocolName.FORM + ", found '" + name + "'");
        require(
                augment == null || features != null,
                "augment: expected the key 'features' beside it, as images can be mirrored and vectors cannot, found none");
        require(
                augment == null || published == null,
                "published: expected none beside 'augment', as no table was published for mirrored training images, found one");
        ProtocolChecks.requireAgreement(split, evaluation);
        ProtocolChecks.requireOtherQueries(data, split, evaluation);
        methods = methods == null ? List.of() : methods;
        require(
                quantizersOf == null || ProtocolName.is(quantizersOf),
                "quantizersOf: expected " + ProtocolName.FORM + ", found '" + quantizersOf + "'");
        quantizers = quantizers == null ? null : List.copyOf(quantizers);
        boolean quantized = quantizers != null || quantizersOf != null;
        ProtocolChecks.requireNeighbors(neighbors, metrics, quantizers, evaluation, data, methods);
        metrics = metrics == null ? null : ProtocolChecks.requireMetrics(metrics);
        ProtocolChecks.requireRuns(
                bits, seeds, quantized ? ProtocolChecks.MOST_QUANTIZED_BITS : ProtocolChecks.MOST_BITS);
        require(!methods.isEmpty() || quantized, "expected at least one method, found none");
        ProtocolChecks.requireDistinct(methods);
        shown = shown == null || quantizersOf != null ? shown : ProtocolChecks.requireShown(shown, methods, quantizers);
        quick = quick == null ? new Quick(bits.subList(0, 1), seeds.subList(0, 1), null) : quick;
        require(
                seeds.containsAll(quick.seeds()),
                "quick.seeds: expected some of the seeds " + seeds + ", found " + quick.seeds());
        ProtocolChecks.requireLengths(methods, bits, quick.bits());
        bits = List.copyOf(bits);
        seeds = List.copyOf(seeds);
        methods = grouped(methods);
        variants = variants == null ? null : ProtocolChecks.requireVariants(variants, methods);
        ProtocolChecks.requireQuick(quick, methods);
    }

    /**
     * A published table to show next to the results.
     *
     * @param table key in the file of published tables, such as T2
     * @param sameData whether the table is about this data set; if not, it is shown for orientation only
     */
    public record Published(String table, boolean sameData) {}

    /** Images added to the labeled training images, for every supervised method. */
    public enum Augmentation {
        /** Each of them mirrored left to right, with the same labels. */
        MIRROR
    }

    /**
     * The preprocessing of feature vectors, the same for all methods.
     *
     * @param rows transformation of each vector before centering (default: none)
     * @param center mean to subtract
     * @param normalize scaling of each vector after centering
     */
    public record Preprocessing(@Nullable Rows rows, Center center, Norm normalize) {
        /** The transformation of each vector before centering. */
        public enum Rows {
            /**
             * The square root of each value's share of the row's sum: then the Euclidean distance of two bags of words is
             * the Hellinger distance of their words' distributions. Values must not be negative; a row of zeros stays.
             */
            HELLINGER
        }

        /** The mean to subtract. */
        public enum Center {
            NONE,
            /** The mean of the labeled training images, without what {@code augment} adds to them. */
            TRAINING_MEAN
        }

        /** The scaling of each vector. */
        public enum Norm {
            NONE,
            /** To Euclidean length 1; a row of zeros stays. */
            L2
        }
    }

    /**
     * A method of the comparison with some options changed. It is run, but not shown in tables.
     *
     * @param name unique name
     * @param method name of the method
     * @param variant configuration of the method; required if there are several
     * @param options options that differ from those of the method in the protocol
     */
    public record Variant(
            String name, String method, @Nullable String variant, Map<String, Object> options) {
        public Variant {
            require(
                    name.matches("[a-z0-9][a-z0-9-]*"),
                    "'" + name + "' is no name of a variant: lower case, digits, hyphens");
            options = Map.copyOf(options);
        }

        /** Whether it is a variant of a method's entry. */
        public boolean isOf(String otherMethod, String otherVariant) {
            return method.equals(otherMethod) && (variant == null || variant.equals(otherVariant));
        }
    }

    @Override
    public List<Variant> variants() {
        return variants == null ? List.of() : variants;
    }

    /**
     * The short version of a protocol for {@code --quick}: a smoke test of under a minute.
     *
     * @param bits code lengths
     * @param seeds seeds
     * @param options options that override those of the full run, by method, in all its configurations
     */
    public record Quick(
            List<Integer> bits, List<Long> seeds, @Nullable Map<String, Map<String, Object>> options) {
        public Quick {
            ProtocolChecks.requireRuns(bits, seeds, ProtocolChecks.MOST_QUANTIZED_BITS);
            bits = List.copyOf(bits);
            seeds = List.copyOf(seeds);
        }

        /** The overriding options of a method; empty where it has none. */
        public Map<String, Object> optionsOf(String method) {
            return options == null ? Map.of() : options.getOrDefault(method, Map.of());
        }
    }

    @Override
    public Quick quick() {
        return Objects.requireNonNull(quick, "set by the constructor");
    }

    /** The key of the published table to show beside the results, or null if there is none. */
    public @Nullable String publishedTable() {
        return published == null ? null : published.table();
    }

    /** Whether no row has a label. */
    public boolean unlabeled() {
        return data instanceof DataSource.OfVectors vectors && vectors.labels() == null;
    }

    @Override
    public List<MethodEntry> methods() {
        return methods == null ? List.of() : methods;
    }

    @Override
    public List<QuantizerEntry> quantizers() {
        return quantizers == null ? List.of() : quantizers;
    }

    /** Whether the paper printed its numbers for this data set. */
    public boolean reproducesPaper() {
        return published != null && published.sameData();
    }

    /**
     * Returns this protocol with files left out that cannot be read as images.
     *
     * @throws InputException if its data are no folder of images
     */
    public Protocol skippingUnreadable() {
        if (!(data instanceof DataSource.OfImageFolder folder)) {
            throw new InputException("--skip-unreadable: expected a protocol of a folder of images, found " + name()
                    + ", whose data are " + data.shown());
        }
        return with(
                name,
                new DataSource.OfImageFolder(folder.images(), folder.side(), true),
                quantizersOf,
                quantizers,
                shown);
    }

    /** Returns this protocol under another name. */
    Protocol named(String other) {
        return with(other, data, quantizersOf, quantizers, shown);
    }

    /** Returns this protocol with the quantizers of another one before its own, and what that one shows of them. */
    Protocol withQuantizersOf(Protocol other) {
        return with(
                name,
                data,
                null,
                Stream.concat(other.quantizers().stream(), quantizers().stream())
                        .toList(),
                Stream.of(other, this)
                        .flatMap(one -> Stream.ofNullable(one.shown()))
                        .flatMap(List::stream)
                        .distinct()
                        .collect(Collectors.collectingAndThen(Collectors.toList(), all -> all.isEmpty() ? null : all)));
    }

    private Protocol with(
            @Nullable String otherName,
            DataSource otherData,
            @Nullable String otherQuantizersOf,
            @Nullable List<QuantizerEntry> otherQuantizers,
            @Nullable List<String> otherShown) {
        return new Protocol(
                schema,
                otherName,
                title,
                description,
                published,
                otherData,
                features,
                augment,
                preprocessing,
                split,
                evaluation,
                metrics,
                otherShown,
                neighbors,
                bits,
                seeds,
                methods,
                otherQuantizersOf,
                otherQuantizers,
                variants,
                quick);
    }

    /** The name; empty only as long as nobody gave one. */
    @Override
    public String name() {
        return name == null ? "" : name;
    }

    /**
     * SHA-256 over everything that decides whether two results may be compared: all but the methods and their runs. The seeds are
     * among it, as the queries of all of them decide which rows may train.
     */
    public String hash() {
        return StrictReader.hash(rules());
    }

    /**
     * Returns everything but seeds that {@link #hash} covers, by key, as results and reports show it: {@code evaluation.ties}, with the
     * value that a protocol file has.
     */
    public Map<String, String> conventions() {
        Map<String, String> conventions = StrictReader.flat(rules());
        conventions.remove("seeds");
        return conventions;
    }

    private Rules rules() {
        return new Rules(
                data.withoutPlaces(),
                features == null ? null : features.withoutPlaces(),
                augment,
                preprocessing,
                split,
                seeds.stream().sorted().toList(),
                evaluation,
                neighbors == null
                        ? null
                        : new NeighborRules(neighbors.count(), neighbors.similarity(), NeighborRules.TIES));
    }

    /** The parts of a protocol that {@link #hash} covers. */
    private record Rules(
            DataSource data,
            @Nullable ImageFeatures features,
            @Nullable Augmentation augment,
            Preprocessing preprocessing,
            SplitRule split,
            List<Long> seeds,
            Evaluation evaluation,
            @Nullable NeighborRules neighbors) {}

    /**
     * The rules of neighbors.
     *
     * @param ties the rule of vectors that are as near as the last neighbor, which older results did not have
     */
    private record NeighborRules(int count, Similarity similarity, String ties) {
        private static final String TIES = "count-like-last";
    }

    /**
     * Whether a method or quantizer, or its variant {@code METHOD:VARIANT}, is run at a length with a seed; one that is not named here always
     * is.
     */
    public boolean runs(String entry, int length, long seed) {
        return Stream.ofNullable(methods)
                        .flatMap(List::stream)
                        .filter(method -> method.entry().equals(entry))
                        .allMatch(method -> method.runs(length, seed))
                && quantizers().stream()
                        .filter(quantizer -> quantizer.entry().equals(entry))
                        .allMatch(quantizer -> quantizer.runsAt(length) && quantizer.runsWith(seed));
    }

    /** The entries of a method, one for each of its variants; none where the protocol does not have it. */
    public List<MethodEntry> entries(String method) {
        return methods().stream().filter(entry -> entry.name().equals(method)).toList();
    }

    /** Returns the entries with those of one method side by side, each where the first of them is. */
    public static List<MethodEntry> grouped(List<MethodEntry> entries) {
        return entries.stream()
                .map(MethodEntry::name)
                .distinct()
                .flatMap(name -> entries.stream().filter(entry -> entry.name().equals(name)))
                .toList();
    }

    /** The keys of the metrics that summaries show. */
    public List<String> headline() {
        return metrics == null ? StandardMetrics.headline() : metrics;
    }

    /**
     * The nearest neighbors that codes are expected to preserve.
     *
     * @param count k, the number of nearest database vectors that are the neighbors of a query
     * @param similarity the measure by which vectors are near each other
     */
    public record Neighbors(
            @Range(least = 1, most = Neighbors.MOST) int count, Similarity similarity) {
        /** The most neighbors. */
        public static final int MOST = 1000;

        public Neighbors {
            Ranges.check(Neighbors.class, count, similarity);
        }
    }
}
