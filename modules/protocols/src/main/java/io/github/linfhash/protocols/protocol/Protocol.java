package io.github.linfhash.protocols.protocol;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.core.results.ProtocolName;
import io.github.linfhash.io.binding.StrictReader;
import io.github.linfhash.protocols.split.SplitRule;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One protocol file: what is compared with what, on which data, and how it is measured.
 *
 * @param schema {@value #SCHEMA}
 * @param name as in {@code --protocol NAME}; the file's name without its ending ({@link ProtocolFiles#read}), so that a
 *     file may leave it out
 * @param title for pages
 * @param description what the protocol is for, for people
 * @param published the printed table of the paper to show beside the results; may be left out
 * @param data where the rows come from
 * @param features how images become feature vectors; left out where the rows are vectors, which are taken as given
 * @param augment what is added to the labeled training images; may be left out
 * @param preprocessing what is done to the vectors before any method sees them
 * @param split which rows train, query and form the database
 * @param evaluation relevance and the conventions of the metrics
 * @param metrics keys of the metrics that summaries show, in their order; where they are left out, {@link
 *     StandardMetrics#headline}; those on request that are named are measured, too
 * @param neighbors what counts as near where codes are measured by the float neighbors that they keep; may be left out
 * @param bits the code lengths N
 * @param seeds one split and one training of each method for each
 * @param methods the methods and their options; a method may be there several times, in rows of different names; may be left out
 *     where there are quantizers
 * @param quantizers quantizers beside them, where {@code neighbors} is there; may be left out
 * @param variants methods with some options changed, for claims about these options; may be left out
 * @param quick what {@code --quick} takes instead; where it is left out, the first code length and the first seed
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
        @Nullable Neighbors neighbors,
        List<Integer> bits,
        List<Long> seeds,
        @Nullable List<MethodEntry> methods,
        @Nullable List<QuantizerEntry> quantizers,
        @Nullable List<Variant> variants,
        @Nullable Quick quick) {
    /** The schema that this version reads. */
    public static final String SCHEMA = "linfhash-protocol/1";

    /** The code lengths N of the paper's figure 6. */
    public static final List<Integer> FIGURE_LENGTHS = List.of(32, 48, 64, 96, 128, 192, 256);

    /** The row that figures and claims speak of where a method has several and none is named. */
    public static final String DEFAULT_ROW = "tuned";

    public Protocol {
        ProtocolChecks.require(schema.equals(SCHEMA), "expected schema " + SCHEMA + ", found '" + schema + "'");
        ProtocolChecks.require(
                name == null || ProtocolName.is(name),
                "name: expected " + ProtocolName.FORM + ", found '" + name + "'");
        ProtocolChecks.require(
                augment == null || features != null,
                "augment: expected the key 'features' beside it, as images can be mirrored and vectors cannot, found none");
        ProtocolChecks.require(
                augment == null || published == null,
                "published: expected none beside 'augment', as no table was printed for mirrored training images, found one");
        ProtocolChecks.requireAgreement(split, evaluation);
        methods = methods == null ? List.of() : methods;
        quantizers = quantizers == null ? null : List.copyOf(quantizers);
        ProtocolChecks.requireNeighbors(neighbors, metrics, quantizers, evaluation, data, methods);
        metrics = metrics == null ? null : ProtocolChecks.requireMetrics(metrics);
        ProtocolChecks.requireRuns(
                bits, seeds, quantizers == null ? ProtocolChecks.MOST_BITS : ProtocolChecks.MOST_QUANTIZED_BITS);
        ProtocolChecks.require(!methods.isEmpty() || quantizers != null, "expected at least one method, found none");
        ProtocolChecks.requireRows(methods);
        quick = quick == null ? new Quick(bits.subList(0, 1), seeds.subList(0, 1), null) : quick;
        ProtocolChecks.require(
                seeds.containsAll(quick.seeds()),
                "quick.seeds: expected some of the seeds " + seeds + ", found " + quick.seeds());
        ProtocolChecks.requireLengths(methods, bits, quick.bits());
        bits = List.copyOf(bits);
        seeds = List.copyOf(seeds);
        methods = grouped(methods);
        List<MethodEntry> own = entries(methods, false);
        variants = variants == null ? null : ProtocolChecks.requireVariants(variants, own);
        ProtocolChecks.requireQuick(quick, own);
    }

    /**
     * The printed table to show beside the results.
     *
     * @param table its key in the file of printed tables, such as T2
     * @param sameData whether the paper printed it for this data set; if not, it is shown for orientation only
     */
    public record Published(String table, boolean sameData) {}

    /** What is added to the labeled training images, for every method that learns from labels. */
    public enum Augmentation {
        /** Each of them mirrored left to right, with the same labels. */
        MIRROR
    }

    /**
     * What is done to feature vectors before any method sees them; the same for all methods.
     *
     * @param rows what is done to each row first; null leaves it as it is
     * @param center which mean is then subtracted
     * @param normalize how each row is scaled afterwards
     */
    public record Preprocessing(@Nullable Rows rows, Center center, Norm normalize) {
        /** What is done to each row first. */
        public enum Rows {
            /**
             * The square root of each value's share of the row's sum: then the Euclidean distance of two bags of words is
             * the Hellinger distance of their words' distributions. Values must not be negative; a row of zeros stays.
             */
            HELLINGER
        }

        /** Which mean is subtracted. */
        public enum Center {
            NONE,
            /** The mean of the labeled training images, without what {@code augment} adds to them. */
            TRAINING_MEAN
        }

        /** How each row is scaled. */
        public enum Norm {
            NONE,
            /** To Euclidean length 1; a row of zeros stays. */
            L2
        }
    }

    /**
     * A method of the comparison with some options changed. It is run beside the method, and no table shows it.
     *
     * @param name a name of its own
     * @param method the name of the method
     * @param row the row of the method; has to be there where the method has several
     * @param options the options that differ from those that the protocol gives the method
     */
    public record Variant(
            String name, String method, @Nullable String row, Map<String, Object> options) {
        public Variant {
            ProtocolChecks.require(
                    name.matches("[a-z0-9][a-z0-9-]*"),
                    "'" + name + "' is no name of a variant: lower case, digits, hyphens");
            options = Map.copyOf(options);
        }

        /** Whether it is a variant of a method's entry. */
        public boolean isOf(String otherMethod, String otherRow) {
            return method.equals(otherMethod) && (row == null || row.equals(otherRow));
        }
    }

    @Override
    public List<Variant> variants() {
        return variants == null ? List.of() : variants;
    }

    /**
     * What {@code --quick} takes instead: a run of under a minute, to see that everything works.
     *
     * @param bits code lengths
     * @param seeds seeds
     * @param options options that override those of the full run, by method, for all of its rows; may be left out
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

    /** The key of the printed table to show beside the results, or null if there is none. */
    public @Nullable String publishedTable() {
        return published == null ? null : published.table();
    }

    /** Whether no row has a label. */
    public boolean unlabeled() {
        return data instanceof DataSource.OfVectors vectors && vectors.labels() == null;
    }

    /** The methods that linfhash trains; those that commands of their own carry out are {@link #commands}. */
    @Override
    public List<MethodEntry> methods() {
        return entries(methods, false);
    }

    /** The methods whose codes a program makes that is no part of linfhash. */
    public List<MethodEntry> commands() {
        return entries(methods, true);
    }

    private static List<MethodEntry> entries(@Nullable List<MethodEntry> methods, boolean commands) {
        return Stream.ofNullable(methods)
                .flatMap(List::stream)
                .filter(entry -> (entry.command() != null) == commands)
                .toList();
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
     * The same protocol with files that cannot be read as images left out.
     *
     * @throws InputException if its data are no folder of images
     */
    public Protocol skippingUnreadable() {
        if (!(data instanceof DataSource.OfImageFolder folder)) {
            throw new InputException("--skip-unreadable: expected a protocol of a folder of images, found " + name()
                    + ", whose data are " + data.shown());
        }
        return with(name, new DataSource.OfImageFolder(folder.images(), folder.side(), true), split);
    }

    /** The same protocol under another name. */
    Protocol named(String other) {
        return with(other, data, split);
    }

    /**
     * The same protocol with other splits, which makes other rules.
     *
     * @throws InputException if its evaluation does not go with them
     */
    public Protocol with(SplitRule other) {
        return with(name, data, other);
    }

    private Protocol with(@Nullable String otherName, DataSource otherData, SplitRule otherSplit) {
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
                otherSplit,
                evaluation,
                metrics,
                neighbors,
                bits,
                seeds,
                methods,
                quantizers,
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
        return StrictReader.hash(new Rules(
                data.withoutPlaces(),
                features == null ? null : features.withoutPlaces(),
                augment,
                preprocessing,
                split,
                seeds.stream().sorted().toList(),
                evaluation,
                neighbors));
    }

    /** What {@link #hash} is of. */
    private record Rules(
            DataSource data,
            @Nullable ImageFeatures features,
            @Nullable Augmentation augment,
            Preprocessing preprocessing,
            SplitRule split,
            List<Long> seeds,
            Evaluation evaluation,
            @Nullable Neighbors neighbors) {}

    /**
     * Whether a method or quantizer, or its row {@code METHOD:ROW}, is run at a length with a seed; one that is not named here always
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

    /** The entries of a method, one for each of its rows; none where the protocol does not have it. */
    public List<MethodEntry> entries(String method) {
        return methods().stream().filter(entry -> entry.name().equals(method)).toList();
    }

    /**
     * What differs from the options of an entry at a code length: its options of that length. Of a length that the protocol
     * neither runs nor names, those of the nearest that it does, of two as near the shorter.
     */
    public Map<String, Object> optionsAt(MethodEntry entry, int length) {
        return nearest(entry.optionsAt(), length);
    }

    private Map<String, Object> nearest(Map<Integer, Map<String, Object>> byLength, int length) {
        Set<Integer> known = new TreeSet<>(bits);
        known.addAll(quick().bits());
        known.addAll(byLength.keySet());
        int nearest = known.stream()
                .min(Comparator.comparingInt(n -> Math.abs(n - length)))
                .orElseThrow();
        return byLength.getOrDefault(nearest, Map.of());
    }

    /** The same entries with those of one method side by side, each where the first of them is. */
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
}
